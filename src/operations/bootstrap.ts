import type { BootstrapInput as CdkBootstrapInput } from '../cdk/cdk.ts';
import type { Session } from '../context.ts';
import { bootstrapVersionParameter } from '../domain/bootstrap-names.ts';
import { rootFailure } from '../domain/root-failure.ts';
import { handlingOf } from '../domain/stack-status.ts';
import { PlatformError } from '../errors/platform-error.ts';
import { type BootstrapState, bootstrapState, SAFE_VERSION } from './bootstrap-state.ts';

export interface BootstrapOutcome {
  regions: { region: string; version: number | null; actions: string[] }[];
  /** Then the actions are what would be done. */
  dryRun: boolean;
}

type Powers = Pick<Session, 'aws' | 'cdk' | 'environment' | 'flags' | 'prompter' | 'reporter' | 'target'>;

/**
 * Brings the CDK bootstrap of the regions up to date; what is healthy is left alone unless `force`. Asks before it
 * creates or changes, and wants the name typed where the remains of a failed creation have to go.
 */
export async function bootstrap(
  session: Powers,
  { regions, force }: { regions: readonly string[]; force: boolean },
): Promise<BootstrapOutcome> {
  const { aws, environment } = session;
  const { qualifier } = environment.blocks.bootstrap;
  const states = await Promise.all(regions.map((region) => bootstrapState(aws.in(region), qualifier)));
  for (const state of states) await refuseWhatIsBroken(session, state);

  const wanted = states.filter(({ condition }) => force || condition !== 'healthy');
  await agree(session, wanted);
  const outcome: BootstrapOutcome = { regions: [], dryRun: session.flags.dryRun };
  for (const state of states) {
    const actions = wanted.includes(state) ? await bring(session, state, qualifier) : [];
    const version = await aws.in(state.region).ssm.parameter(bootstrapVersionParameter(qualifier));
    outcome.regions.push({ region: state.region, version: version === undefined ? null : Number(version), actions });
  }
  return outcome;
}

async function agree({ environment, prompter, reporter, target }: Powers, wanted: BootstrapState[]): Promise<void> {
  for (const { region, stackName, status, version } of wanted) {
    if (version !== undefined && version < SAFE_VERSION)
      reporter.warn(
        `the bootstrap of ${region} has version ${version}: below ${SAFE_VERSION} it would use a bucket of the expected name whoever owns it`,
      );
    if (status !== undefined && handlingOf(status).action !== 'update')
      await prompter.askTyped({
        text: `${stackName} in ${region} is ${status}: what a failed creation left. It is deleted and made again.`,
        name: `${environment.name}/bootstrap.${region}`,
      });
  }
  if (wanted.length === 0) return;
  const what = wanted.map(({ region, version }) => `${region}${version === undefined ? '' : ` (version ${version})`}`);
  await prompter.ask({
    text: `Bootstrap ${what.join(', ')} of account ${target.account}? It makes a bucket, an image repository, five roles and a parameter`,
  });
}

async function bring(
  { aws, cdk, environment, flags, reporter, target }: Powers,
  { region, stackName, status, version }: BootstrapState,
  qualifier: string,
): Promise<string[]> {
  const action = version === undefined ? 'created' : 'updated';
  if (flags.dryRun) {
    reporter.note(`${stackName} in ${region} would be ${action}`);
    return [action];
  }
  const { permissionsBoundary } = environment.blocks.bootstrap;
  const answer = await reporter.step(`Bootstrapping ${region}`, (update) => {
    const input: CdkBootstrapInput = {
      account: target.account,
      region,
      stackName,
      qualifier,
      ...(permissionsBoundary ? { permissionsBoundary: policyName(permissionsBoundary) } : {}),
      onProgress: ({ logicalId, status: now }) => update(`${logicalId} ${now}`),
    };
    return cdk.bootstrap(input);
  });
  if (!answer.ok) throw await bootstrapFailed(aws.in(region), stackName, answer.error);
  const removed = status !== undefined && handlingOf(status).action !== 'update' ? ['deleted-remains'] : [];
  return [...removed, ...(answer.changed ? [action] : [])];
}

async function refuseWhatIsBroken({ aws }: Powers, state: BootstrapState): Promise<void> {
  switch (state.condition) {
    case 'busy':
      throw busy(state);
    case 'stuck':
      throw stuck(state);
    case 'bucket-lost':
      throw bucketLost(state);
    case 'bucket-orphaned':
      throw bucketOrphaned(state, (await aws.in(state.region).s3.contents(state.bucket))?.versions ?? 0);
  }
}

/** The bootstrap template takes a policy's name where our configuration takes its ARN too. */
const policyName = (nameOrArn: string): string => nameOrArn.replace(/^arn:[^:]*:iam::[^:]*:policy\//, '');

async function bootstrapFailed(
  { cloudFormation, region }: Session['aws'],
  stackName: string,
  cause: Error,
): Promise<PlatformError> {
  const root = rootFailure(await cloudFormation.events(stackName, { limit: 200 }).catch(() => []));
  return new PlatformError({
    id: 'bootstrap-failed',
    kind: 'failed',
    message: `${stackName} in ${region} was not brought up: ${root ? `${root.LogicalResourceId}: ${root.ResourceStatusReason}` : cause.message}`,
    remedy: `mend the cause and run platform bootstrap again; aws cloudformation describe-stack-events --region ${region} --stack-name ${stackName} shows all of it`,
    cause,
  });
}

const busy = ({ stackName, region, status }: BootstrapState) =>
  new PlatformError({
    id: 'bootstrap-busy',
    kind: 'pending',
    message: `${stackName} in ${region} is ${status}: somebody is bootstrapping`,
    remedy: 'run this again when it has ended',
  });

const stuck = ({ stackName, region, status = '' }: BootstrapState) =>
  new PlatformError({
    id: 'bootstrap-stuck',
    kind: 'failed',
    message: `${stackName} in ${region} is ${status}, and only a person can decide what becomes of it`,
    remedy: `aws cloudformation describe-stack-events --region ${region} --stack-name ${stackName} says why`,
  });

const bucketLost = ({ stackName, region, bucket }: BootstrapState) =>
  new PlatformError({
    id: 'bootstrap-bucket-lost',
    kind: 'failed',
    message: `${stackName} in ${region} is there, but its bucket ${bucket} is gone; bootstrapping alone never makes it again`,
    remedy: `aws cloudformation delete-stack --region ${region} --stack-name ${stackName}; then platform bootstrap`,
  });

const bucketOrphaned = ({ region, bucket }: BootstrapState, versions: number) =>
  new PlatformError({
    id: 'bootstrap-bucket-orphaned',
    kind: 'failed',
    message: `The bucket ${bucket} of an earlier bootstrap is still there with ${versions} object versions, and would stop a new one`,
    remedy: `delete every version and the bucket (aws s3api delete-objects, aws s3 rb --region ${region} s3://${bucket}); then platform bootstrap`,
  });
