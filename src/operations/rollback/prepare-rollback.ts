import { join } from 'node:path';
import type { Session } from '../../context.ts';
import { handlingOf } from '../../domain/stack-status.ts';
import { offlineSettings } from '../../release/offline-settings.ts';
import { type Plan, planRelease } from '../../release/plan.ts';
import type { ReleaseRecord } from '../../release/release-record.ts';
import { type StoredInput, storedService, storedStacks } from '../../release/stored-stacks.ts';
import { withTakeovers } from '../deploy/find-leftovers.ts';
import { findMovingPolicies } from '../deploy/find-moving-policies.ts';
import type { PreparedRelease } from '../deploy/prepare-release.ts';
import { settleTakeovers } from '../deploy/settle-takeovers.ts';
import { environmentStacks } from '../stacks/environment-stacks.ts';
import type { RollbackChoice } from './choose-rollback.ts';

export interface PreparedRollback extends PreparedRelease {
  /** What the new record takes over from the newest one: stacks that a rollback of one service does not look at. */
  others: ReleaseRecord['stacks'];
}

/** Everything that going back would do, found out without changing anything. */
export async function prepareRollback(
  session: Pick<Session, 'aws' | 'environment' | 'target' | 'workDirectory'>,
  { access, to, running }: RollbackChoice,
  service: string | undefined,
): Promise<PreparedRollback> {
  const { aws, environment, target } = session;
  const { state } = access;
  const [all, secrets] = await Promise.all([environmentStacks(session, state), findReferents(aws, to, service)]);
  const isConcerned = (id: string, status: string) =>
    service === undefined || id === `service-${service}` || handlingOf(status).action === 'update';
  const live = new Map([...all].filter(([id, { status }]) => isConcerned(id, status)));
  const priorities = Object.entries(state.rulePriorities).map(([name, value]) => [
    `rule-priority/${name}`,
    String(value),
  ]);
  const input: StoredInput = {
    target: to,
    account: target.account,
    live,
    now: {
      secretArns: secrets.arns,
      shared: secrets.shared,
      state: { ...state.parameters, ...Object.fromEntries(priorities) },
    },
  };
  const wanted = service === undefined ? storedStacks(input) : storedService(input, service);
  const compared = await planRelease(wanted, live);
  // All else that an earlier life left belongs to no release that can be gone back to.
  const leftovers = await settleTakeovers(compared, [], await findMovingPolicies(aws, compared));
  const plan = withTakeovers(compared, leftovers);
  const wiring = wiringOf(to, running, service);
  return {
    access,
    // Only images that are still to be made would need it, and a rollback makes none.
    settings: offlineSettings(environment),
    decisions: { availabilityZones: state.availabilityZones, engineVersions: state.engineVersions, notices: [] },
    chosen: {},
    synthesis: {
      directory: join(session.workDirectory, 'cdk.out', `${environment.name}-rollback`),
      stacks: synthesized(plan, wiring),
    },
    plan,
    images: {
      images: service === undefined ? to.images : { ...running?.images, ...only(to.images, service) },
      placeholders: [],
      missing: [],
      builds: [],
      retags: [],
      findings: [],
      warnings: [],
    },
    secrets,
    leftovers,
    others:
      service === undefined
        ? []
        : (running?.stacks ?? []).filter(({ id }) => !plan.stacks.some((stack) => stack.id === id)),
  };
}

const only = (images: Readonly<Record<string, string>>, name: string): Record<string, string> =>
  images[name] === undefined ? {} : { [name]: images[name] };

type Wiring = (stack: string) => PreparedRelease['synthesis']['stacks'][number]['parameters'];

/** Where the values of parameters come from: as the release says, and for what a service's rollback leaves alone as today's. */
function wiringOf(to: ReleaseRecord, running: ReleaseRecord | undefined, service: string | undefined): Wiring {
  const of = (record: ReleaseRecord | undefined, id: string) =>
    record?.stacks.find((stack) => stack.id === id)?.wiring ?? {};
  return (id) =>
    service === undefined || id === `service-${service}`
      ? of(to, id)
      : { ...(id === 'tasks' ? of(to, id) : {}), ...of(running, id) };
}

/** What the assembly and the record of a rollback want of each stack. */
function synthesized({ stacks }: Plan, wiring: Wiring): PreparedRelease['synthesis']['stacks'] {
  return stacks
    .filter(({ action }) => action !== 'delete')
    .map(({ id, stackName, account, region, after, template, tags, terminationProtection }) => ({
      id: id as 'tasks',
      stackName,
      account,
      region,
      after: [...after] as 'tasks'[],
      stateful: false,
      constructs: {},
      parameters: wiring(id),
      outputs: Object.keys(template.Outputs ?? {}),
      templateFile: `${id}.template.json`,
      template,
      tags,
      terminationProtection,
    }));
}

/** The secrets and shared values that the release was given, as they are now. */
async function findReferents(
  aws: Session['aws'],
  { stacks }: ReleaseRecord,
  service: string | undefined,
): Promise<PreparedRelease['secrets']> {
  const concerned = stacks.filter(({ id }) => service === undefined || id === 'tasks' || id === `service-${service}`);
  const sources = concerned.flatMap(({ wiring = {} }) => Object.values(wiring));
  const names = new Set(sources.flatMap((source) => (source.from === 'secret' ? [source.secretName] : [])));
  const parameters = new Set(sources.flatMap((source) => (source.from === 'shared' ? [source.parameter] : [])));
  const found: PreparedRelease['secrets'] = {
    arns: {},
    absent: [],
    toMake: {},
    toExtend: {},
    // Their keys are looked at with the task definitions that take them.
    broken: [],
    shared: {},
    notShared: [],
  };
  await Promise.all([
    ...[...names].map(async (name) => {
      const secret = await aws.secrets.describe(name);
      if (secret && !secret.DeletedDate) found.arns[name] = secret.ARN!;
      else found.absent.push({ name, deleted: secret !== undefined });
    }),
    ...[...parameters].map(async (name) => {
      const value = await aws.ssm.parameter(name);
      if (value === undefined) found.notShared.push(name);
      else found.shared[name] = value;
    }),
  ]);
  return found;
}
