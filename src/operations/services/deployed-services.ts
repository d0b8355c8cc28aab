import type { Service } from '@aws-sdk/client-ecs';
import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { EnvironmentState } from '../../release/environment-state.ts';
import { type FoundStack, findStacks } from '../stacks/named-stacks.ts';
import { stackOutputs } from '../stacks/stack-outputs.ts';
import { type ScheduledTask, scheduledTasks } from './scheduled-tasks.ts';
import { serviceUnknown } from './service-unknown.ts';

/** A service of the environment that ECS has. */
export interface DeployedService {
  /** As platform.yaml calls it. */
  name: string;
  cluster: string;
  /** As ECS calls it. */
  serviceName: string;
  /** Absent for a worker. */
  targetGroupArn?: string;
  /** Name of its stack. */
  stackName: string;
  scheduled: ScheduledTask[];
  service: Service;
}

/** The services that run, found by the outputs of their stacks; no templates are read. */
export async function deployedServices(
  session: Pick<Session, 'aws' | 'environment' | 'target'>,
  state: EnvironmentState,
  found?: readonly FoundStack[],
): Promise<DeployedService[]> {
  const stacks = found ?? (await findStacks(session, state));
  const told = new Map(stacks.map(({ id, stack }) => [id, stackOutputs(stack)]));
  const cluster = told.get('runtime')?.[outputs.runtime.clusterName];
  if (cluster === undefined) return [];
  const { services } = session.environment.blocks;
  const places = [...told].flatMap(([id, own]) => {
    const serviceName = own[outputs.service.serviceName];
    const targetGroupArn = own[outputs.service.targetGroupArn];
    if (!id.startsWith('service-') || serviceName === undefined) return [];
    const name = id.slice('service-'.length);
    const scheduled = scheduledTasks(own, Object.keys(services[name]?.scheduledTasks ?? {}));
    const stackName = stacks.find((stack) => stack.id === id)!.stack.StackName!;
    return [{ name, cluster, serviceName, stackName, scheduled, ...(targetGroupArn ? { targetGroupArn } : {}) }];
  });
  const names = places.map(({ serviceName }) => serviceName);
  const running = await session.aws.ecs.services(cluster, names);
  return places.flatMap((place) => {
    const service = running.find(({ serviceName }) => serviceName === place.serviceName);
    return service ? [{ ...place, service }] : [];
  });
}

/**
 * Those of the deployed services that were asked for; all without names. Throws `service-unknown` (exit 2) for a name
 * that nobody configured, `service-not-deployed` for one that is only configured.
 */
export function chosenServices(
  { environment }: Pick<Session, 'environment'>,
  deployed: readonly DeployedService[],
  names: readonly string[] | undefined,
): DeployedService[] {
  if (names === undefined) return [...deployed];
  return [...new Set(names)].map((name) => {
    const found = deployed.find((one) => one.name === name);
    if (found) return found;
    const configured = Object.keys(environment.blocks.services);
    throw configured.includes(name)
      ? notDeployed(name, environment.name)
      : serviceUnknown(name, [...new Set([...configured, ...deployed.map((one) => one.name)])], environment.name);
  });
}

const notDeployed = (name: string, environment: string) =>
  new PlatformError({
    id: 'service-not-deployed',
    kind: 'failed',
    message: `Service ${name} is configured and does not run in ${environment} yet`,
    remedy: `platform deploy --env ${environment}`,
  });
