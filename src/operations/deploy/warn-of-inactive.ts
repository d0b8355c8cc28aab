import type { TaskDefinition } from '@aws-sdk/client-ecs';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import type { PlannedStack } from '../../release/plan.ts';
import { deployedServices } from '../services/deployed-services.ts';
import { stateOf } from '../state-of.ts';

type Powers = Pick<Session, 'aws' | 'environment' | 'reporter' | 'target'>;

/**
 * Says which services run on a revision that was deregistered (F-61). ECS goes on starting tasks of it for the service as
 * it is, but takes it for no update, so that a change that fails cannot be taken back; its stack is then stuck.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deregister-task-definition-v2.html
 */
export function warnOfInactive(
  { environment, reporter }: Pick<Powers, 'environment' | 'reporter'>,
  services: readonly { name: string; definition: TaskDefinition | undefined }[],
): void {
  for (const { name, definition } of services) {
    if (definition?.status !== 'INACTIVE') continue;
    const revision = `${definition.family}:${definition.revision}`;
    reporter.warn(
      `${name} runs on task definition ${revision}, which was deregistered: a change that fails cannot go back to it (F-61). platform recover service-${name} ${environmentFlags(environment)} registers it again`,
    );
  }
}

/** The same for the services that a plan changes: what they run on is their way back. */
export async function warnOfInactiveIn(session: Powers, stacks: readonly PlannedStack[]): Promise<void> {
  const names = stacks.flatMap(({ id, action }) =>
    id.startsWith('service-') && action === 'update' ? [id.slice('service-'.length)] : [],
  );
  if (names.length === 0) return;
  const deployed = await deployedServices(session, (await stateOf(session)).state);
  const looked = await Promise.all(
    deployed
      .filter(({ name }) => names.includes(name))
      .map(async ({ name, service }) => ({
        name,
        definition: await session.aws.ecs.taskDefinition(service.taskDefinition!),
      })),
  );
  warnOfInactive(session, looked);
}
