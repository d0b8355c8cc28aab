import type { Task } from '@aws-sdk/client-ecs';
import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { findStacks } from '../stacks/named-stacks.ts';
import { stackOutputs } from '../stacks/stack-outputs.ts';
import { stateOf } from '../state-of.ts';

/** A running task that sessions can go through. */
export interface TunnelTask {
  component: string;
  task: string;
  securityGroup: string;
  /** `ecs:<cluster>_<task id>_<runtime id>`, as Session Manager names a container. */
  target: string;
}

/**
 * A task of a service that uses the database, with ECS Exec on and its agent running: what Session Manager needs to go
 * through it. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-exec.html
 */
export async function tunnelTask(
  session: Pick<Session, 'aws' | 'environment' | 'target'>,
  database: string,
  wanted?: string,
): Promise<TunnelTask> {
  const { aws, environment } = session;
  const { services } = environment.blocks;
  const users = Object.keys(services).filter((name) => services[name]!.uses.some((use) => use === `db.${database}`));
  if (wanted !== undefined && !users.includes(wanted)) throw notAUser(wanted, database, users);
  const candidates = wanted === undefined ? users : [wanted];
  const { state } = await stateOf(session);
  const stacks = await findStacks(session, state);
  const told = (id: string) => {
    const found = stacks.find((one) => one.id === id);
    return found ? stackOutputs(found.stack) : {};
  };
  const runtime = told('runtime');
  const cluster = runtime[outputs.runtime.clusterName];
  const why: string[] = [];
  for (const component of candidates) {
    const service = told(`service-${component}`)[outputs.service.serviceName];
    const securityGroup = runtime[outputs.runtime.taskSecurityGroup(component)];
    if (!cluster || !service || !securityGroup) {
      why.push(`${component} is not deployed`);
      continue;
    }
    const running = await aws.ecs.tasks(cluster, { service, desiredStatus: 'RUNNING' });
    const open = running.find(canBeEntered);
    if (open) return { component, task: idOf(open), securityGroup, target: targetOf(cluster, open) };
    why.push(
      running.length === 0
        ? `${component} has no running task`
        : running.some((task) => task.enableExecuteCommand)
          ? `the agent of ECS Exec does not run in ${component}: its task role may not talk to ssmmessages, or has no way there (F-59)`
          : `${component} runs without ECS Exec: set services.${component}.exec to true and deploy`,
    );
  }
  throw noWay(database, why, environment);
}

const agentOf = (task: Task) =>
  task.containers?.find(({ managedAgents }) =>
    managedAgents?.some(({ name, lastStatus }) => name === 'ExecuteCommandAgent' && lastStatus === 'RUNNING'),
  );

const canBeEntered = (task: Task): boolean =>
  task.lastStatus === 'RUNNING' && task.enableExecuteCommand === true && agentOf(task) !== undefined;

const idOf = ({ taskArn }: Task): string => taskArn!.slice(taskArn!.lastIndexOf('/') + 1);

const targetOf = (cluster: string, task: Task): string =>
  `ecs:${cluster.slice(cluster.lastIndexOf('/') + 1)}_${idOf(task)}_${agentOf(task)!.runtimeId}`;

const notAUser = (component: string, database: string, users: readonly string[]) =>
  new PlatformError({
    id: 'tunnel-component-unknown',
    kind: 'usage',
    message: `${component} is no service that uses databases.${database}`,
    remedy: users.length > 0 ? `one of ${users.join(', ')}` : `give a service uses: [db.${database}]`,
  });

const noWay = (database: string, why: readonly string[], environment: Session['environment']) =>
  new PlatformError({
    id: 'tunnel-without-task',
    kind: 'failed',
    message: `No running task leads to databases.${database}: ${why.join('; ') || 'no service uses it'}`,
    remedy: `a service with uses: [db.${database}] and exec: true, then platform deploy ${environmentFlags(environment)}`,
  });
