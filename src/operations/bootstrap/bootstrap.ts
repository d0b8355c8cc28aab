import type { Session } from '../../context.ts';
import { bootstrapVersionParameter } from '../../domain/bootstrap-names.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { handlingOf } from '../../domain/stack-status.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { type BootstrapState, bootstrapState, SAFE_VERSION } from './bootstrap-state.ts';
import { bringBootstrap } from './bring-bootstrap.ts';

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
    const actions = wanted.includes(state) ? await bring(session, state) : [];
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
): Promise<string[]> {
  const action = version === undefined ? 'created' : 'updated';
  if (flags.dryRun) {
    reporter.note(`${stackName} in ${region} would be ${action}`);
    return [action];
  }
  const changed = await bringBootstrap({ aws, cdk, environment, reporter, target }, { region, stackName });
  const removed = status !== undefined && handlingOf(status).action !== 'update' ? ['deleted-remains'] : [];
  return [...removed, ...(changed ? [action] : [])];
}

async function refuseWhatIsBroken({ aws, environment }: Powers, state: BootstrapState): Promise<void> {
  const repair = `platform bootstrap repair ${environmentFlags(environment)}`;
  switch (state.condition) {
    case 'busy':
      throw busy(state);
    case 'stuck':
      throw stuck(state, repair);
    case 'bucket-lost':
      throw bucketLost(state, repair);
    case 'bucket-orphaned':
      throw bucketOrphaned(state, (await aws.in(state.region).s3.contents(state.bucket))?.versions ?? 0, repair);
  }
}

const busy = ({ stackName, region, status }: BootstrapState) =>
  new PlatformError({
    id: 'bootstrap-busy',
    kind: 'pending',
    message: `${stackName} in ${region} is ${status}: somebody is bootstrapping`,
    remedy: 'run this again when it has ended',
  });

const stuck = ({ stackName, region, status = '' }: BootstrapState, repair: string) =>
  new PlatformError({
    id: 'bootstrap-stuck',
    kind: 'failed',
    message: `${stackName} in ${region} is ${status}: it cannot be updated`,
    remedy: `${repair} shows the way out, and takes it`,
  });

const bucketLost = ({ stackName, region, bucket }: BootstrapState, repair: string) =>
  new PlatformError({
    id: 'bootstrap-bucket-lost',
    kind: 'failed',
    message: `${stackName} in ${region} is there, but its bucket ${bucket} is gone; bootstrapping alone never makes it again`,
    remedy: `${repair} makes it again`,
  });

const bucketOrphaned = ({ bucket }: BootstrapState, versions: number, repair: string) =>
  new PlatformError({
    id: 'bootstrap-bucket-orphaned',
    kind: 'failed',
    message: `The bucket ${bucket} of an earlier bootstrap is still there with ${versions} object versions, and would stop a new one`,
    remedy: `${repair} takes it over with all it holds`,
  });
