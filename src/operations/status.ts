import type { Service } from '@aws-sdk/client-ecs';
import { outputs } from '../../infra/outputs.ts';
import type { Blocks } from '../config/blocks.ts';
import type { Session } from '../context.ts';
import { digestsOf, isSimulated } from '../domain/task-images.ts';
import type { EnvironmentState } from '../release/environment-state.ts';
import { findAccessStack } from './access/access-stack.ts';
import { type DeployedFunction, deployedFunctions } from './functions/deployed-functions.ts';
import { onSchedule, scheduledTasks } from './services/scheduled-tasks.ts';
import { type FoundStack, findStacks } from './stacks/named-stacks.ts';
import { stackOutputs } from './stacks/stack-outputs.ts';
import { stateOf } from './state-of.ts';
import { pairOf, servingGroups } from './traffic/read-traffic.ts';

/** The contract of `status --json`. */
export interface StatusOutcome {
  environment: string;
  account: string;
  region: string;
  sandbox: boolean;
  /** False before the first deployment. */
  deployed: boolean;
  /** The newest release that was proven. */
  release: string | null;
  stacks: StackStanding[];
  services: ServiceStanding[];
  functions: FunctionStanding[];
  /** Queues that no function is to read until they are resumed. */
  pausedQueues: { name: string; since: string; by: string }[];
  sites: SiteStanding[];
  /** Roles that people take on in it, by `platform access apply`. */
  accessRoles: string[];
}

export interface SiteStanding {
  name: string;
  url: string;
  distribution: string;
  /** As CloudFront says it: `Deployed`, `InProgress`; null for one that is gone. */
  status: string | null;
  enabled: boolean;
}

export interface StackStanding {
  id: string;
  name: string;
  region: string;
  status: string;
  reason: string | null;
  /** ISO 8601. */
  changedAt: string | null;
}

export interface ServiceStanding {
  name: string;
  desired: number;
  running: number;
  /** Targets that the load balancer calls healthy; null for a worker. */
  healthy: number | null;
  /** Of every running task when they agree; else null, and `digests` has them all. */
  digest: string | null;
  digests: string[];
  release: string | null;
  /** By `platform pause`: no task is to run. */
  paused: boolean;
  /** Of the newest rollout, as ECS says: COMPLETED, IN_PROGRESS, FAILED. */
  rollout: string | null;
  /** No container ran: the sandbox had no engine. */
  simulated: boolean;
  /** What runs by the clock, and whether EventBridge starts it. */
  scheduledTasks: { name: string; enabled: boolean }[];
}

export interface FunctionStanding {
  name: string;
  /** That the alias `live` points to; null when it is gone. */
  version: string | null;
  /** That the newest deployment made. */
  deployedVersion: string;
  /** As Lambda says: Active, Pending, Inactive, Failed. */
  state: string | null;
  /** Whether its queue or rule starts it; null where nothing does. */
  trigger: boolean | null;
  paused: boolean;
}

/** How an environment stands, read from AWS and the recorded state; nothing is changed, nothing synthesized. */
export async function status(session: Pick<Session, 'aws' | 'environment' | 'target'>): Promise<StatusOutcome> {
  const { aws, environment, target } = session;
  const { state } = await stateOf(session);
  const stacks = await findStacks(session, state);
  const release = state.release ?? null;
  const services = await Promise.all(
    Object.entries(environment.blocks.services).map(([name, configured]) =>
      serviceStanding(aws, stacks, { name, configured }, state),
    ),
  );
  const people = Object.keys(environment.blocks.access).length > 0 ? await findAccessStack(session) : undefined;
  const roles = people ? await aws.cloudFormation.resources(people.stackName) : [];
  const outputsOf = (id: string) => valuesOf(stacks, id);
  const functions = await Promise.all(
    deployedFunctions(outputsOf, Object.keys(environment.blocks.functions)).map((fn) =>
      functionStanding(aws, fn, state.pausedFunctions[fn.name] !== undefined),
    ),
  );
  const sites = await Promise.all(Object.keys(environment.blocks.sites).map((name) => siteStanding(aws, stacks, name)));
  return {
    environment: environment.name,
    account: target.account,
    region: target.region,
    sandbox: target.sandbox,
    deployed: stacks.length > 0,
    release,
    stacks: stacks.map(({ id, stackName, region, stack }) => ({
      id,
      name: stackName,
      region,
      status: stack.StackStatus!,
      reason: stack.StackStatusReason ?? null,
      changedAt: (stack.LastUpdatedTime ?? stack.CreationTime)?.toISOString() ?? null,
    })),
    services: services.filter((service) => service !== undefined),
    functions,
    pausedQueues: Object.entries(state.pausedQueues).map(([name, { at, principal }]) => ({
      name,
      since: new Date(at).toISOString(),
      by: principal,
    })),
    sites: sites.filter((site) => site !== undefined),
    accessRoles: roles.flatMap(({ PhysicalResourceId: id }) => (id === undefined ? [] : [id])),
  };
}

/** Undefined for a service that is configured and not deployed. */
async function serviceStanding(
  aws: Session['aws'],
  stacks: readonly FoundStack[],
  { name, configured }: { name: string; configured: Blocks['services'][string] },
  { release, paused }: Pick<EnvironmentState, 'release' | 'paused'>,
): Promise<ServiceStanding | undefined> {
  const own = valuesOf(stacks, `service-${name}`);
  const cluster = valuesOf(stacks, 'runtime')[outputs.runtime.clusterName];
  const serviceName = own[outputs.service.serviceName];
  if (cluster === undefined || serviceName === undefined) return undefined;

  const targetGroup = own[outputs.service.targetGroupArn];
  const { ecs, elb } = aws;
  const scheduled = scheduledTasks(own, Object.keys(configured.scheduledTasks));
  const [service, tasks, health, started] = await Promise.all([
    ecs.service(cluster, serviceName),
    ecs.tasks(cluster, { service: serviceName, desiredStatus: 'RUNNING' }),
    targetGroup === undefined ? undefined : elb.targetHealth(targetGroup),
    onSchedule({ aws }, scheduled),
  ]);
  if (!service) return undefined;
  const pair = pairOf(service.loadBalancers);
  const targets = pair
    ? (await Promise.all((await servingGroups(aws, pair)).map((arn) => elb.targetHealth(arn)))).flat()
    : health;
  const digests = [...new Set(tasks.flatMap((task) => digestsOf(task, configured.container)))];
  return {
    name,
    desired: service.desiredCount ?? 0,
    running: service.runningCount ?? 0,
    healthy: targets?.filter(({ TargetHealth }) => TargetHealth?.State === 'healthy').length ?? null,
    digest: digests.length === 1 ? digests[0]! : null,
    digests,
    release: release ?? null,
    paused: paused[name] !== undefined,
    rollout: rolloutOf(service),
    simulated: tasks.some(isSimulated),
    scheduledTasks: scheduled.map((one) => ({ name: one.name, enabled: started.includes(one) })),
  };
}

async function functionStanding(
  { lambda, events }: Session['aws'],
  { name, functionName, version, queueReader, rule }: DeployedFunction,
  paused: boolean,
): Promise<FunctionStanding> {
  const [alias, live, mapping, isRuleOn] = await Promise.all([
    lambda.alias(functionName, 'live'),
    lambda.configuration(functionName, 'live'),
    queueReader === undefined ? undefined : lambda.mapping(queueReader),
    rule === undefined ? undefined : events.isRuleOn(rule),
  ]);
  return {
    name,
    version: alias?.FunctionVersion ?? null,
    deployedVersion: version,
    state: live?.State ?? null,
    trigger: queueReader === undefined ? (isRuleOn ?? null) : mapping?.State === 'Enabled',
    paused,
  };
}

/** Undefined for a site that is configured and not deployed. */
async function siteStanding(
  { cloudFront }: Session['aws'],
  stacks: readonly FoundStack[],
  name: string,
): Promise<SiteStanding | undefined> {
  const own = valuesOf(stacks, 'sites');
  const [id, url] = [own[outputs.sites.distributionId(name)], own[outputs.sites.url(name)]];
  if (id === undefined || url === undefined) return undefined;
  const found = await cloudFront.distribution(id);
  return {
    name,
    url,
    distribution: id,
    status: found?.Status ?? null,
    enabled: found?.DistributionConfig?.Enabled ?? false,
  };
}

const valuesOf = (stacks: readonly FoundStack[], id: string): Record<string, string> => {
  const found = stacks.find((one) => one.id === id);
  return found ? stackOutputs(found.stack) : {};
};

const rolloutOf = ({ deployments = [] }: Service): string | null =>
  deployments.find(({ status: of }) => of === 'PRIMARY')?.rolloutState ?? null;
