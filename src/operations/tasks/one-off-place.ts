import type { ContainerDefinition, TaskDefinition } from '@aws-sdk/client-ecs';
import { outputs } from '../../../infra/outputs.ts';
import type { AppSettings } from '../../../infra/settings.ts';
import type { Session } from '../../context.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { appSettings } from '../../release/settings.ts';
import { type OutputsOf, type TaskNetwork, taskNetwork } from '../../release/task-network.ts';
import { type FoundStack, findStacks } from '../stacks/named-stacks.ts';
import { stackOutputs } from '../stacks/stack-outputs.ts';
import { stateOf } from '../state-of.ts';

/** Everything that a one-off task of a component is started with, from the environment's own stacks. */
export interface OneOffPlace extends TaskNetwork {
  component: string;
  cluster: string;
  /** ARN with revision. */
  taskDefinition: string;
  securityGroup: string;
  container: string;
  /** `<repository>@sha256:…`. */
  image: string;
  /** Where its one container writes: the stream is `<prefix>/<container>/<task id>`. */
  log: { group: string; prefix: string };
  /** CPU units and MiB of the definition, which a run may override. */
  size: { cpu: number; memoryMiB: number };
}

type Powers = Pick<Session, 'aws' | 'environment' | 'target'>;

/** An environment as it is deployed: its settings and what its stacks tell. */
export interface Deployed {
  settings: AppSettings;
  outputsOf: OutputsOf;
  stacks: FoundStack[];
}

/** Only reads. Names of zones and versions of engines are those that were chosen when it was deployed. */
export async function deployed(session: Powers): Promise<Deployed> {
  const { environment, target } = session;
  const { state } = await stateOf(session);
  const stacks = await findStacks(session, state);
  const settings = appSettings({
    project: environment.project,
    environment: { ...environment, region: target.region },
    account: target.account,
    frozen: { availabilityZones: state.availabilityZones, databaseVersions: state.engineVersions },
  });
  const told = new Map(stacks.map(({ id, stack }) => [id, stackOutputs(stack)]));
  return { settings, outputsOf: (stack) => told.get(stack) ?? {}, stacks };
}

/** The place of a component's one-off task as it is deployed. Only reads. */
export async function oneOffPlace(session: Powers, component: string): Promise<OneOffPlace> {
  return placeIn(session, { component, ...(await deployed(session)) });
}

/** The same from outputs that are known already, as in the middle of a deployment. */
export async function placeIn(
  { aws, environment }: Pick<Session, 'aws' | 'environment'>,
  { component, settings, outputsOf }: { component: string } & Pick<Deployed, 'settings' | 'outputsOf'>,
): Promise<OneOffPlace> {
  const cluster = outputsOf('runtime')[outputs.runtime.clusterName];
  const securityGroup = outputsOf('runtime')[outputs.runtime.taskSecurityGroup(component)];
  const arn = outputsOf('tasks')[outputs.tasks.oneOffTaskDefinition(component)];
  const { sharing } = settings;
  const shared =
    sharing.mode === 'consume' ? await aws.ssm.parameter(`${sharing.prefix}/network/private-subnet-ids`) : undefined;
  const network = taskNetwork(settings.network, outputsOf, shared);
  if (!cluster || !securityGroup || !arn || network.subnets.length === 0)
    throw notDeployed(component, environment.name);
  const definition = await aws.ecs.taskDefinition(arn);
  const [container] = definition?.containerDefinitions ?? [];
  if (!definition || !container) throw notDeployed(component, environment.name);
  return {
    ...network,
    component,
    cluster,
    taskDefinition: arn,
    securityGroup,
    container: container.name!,
    image: container.image!,
    log: logOf(container, component),
    size: sizeOf(definition),
  };
}

function logOf({ logConfiguration }: ContainerDefinition, component: string): OneOffPlace['log'] {
  const options = logConfiguration?.options ?? {};
  return { group: options['awslogs-group'] ?? '', prefix: options['awslogs-stream-prefix'] ?? component };
}

const sizeOf = ({ cpu, memory }: TaskDefinition) => ({ cpu: Number(cpu), memoryMiB: Number(memory) });

const notDeployed = (component: string, environment: string) =>
  new PlatformError({
    id: 'component-not-deployed',
    kind: 'failed',
    message: `${component} is not deployed in ${environment} yet, so no task of it can be started`,
    remedy: `platform deploy --env ${environment} brings it up`,
  });
