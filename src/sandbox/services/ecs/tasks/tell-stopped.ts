import { randomUUID } from 'node:crypto';
import type { Scope } from '../../../kernel/scope.ts';
import { deliver } from '../../events/deliver.ts';
import type { TaskRow } from '../state.ts';

/**
 * What EventBridge gets when a task has stopped. AWS tells every change of a task; here only the last.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs_task_events.html
 */
export function tellStopped(scope: Scope, { task }: TaskRow): void {
  const time = new Date(scope.world.clock.stamp()).toISOString();
  const instant = (ms: unknown) => (typeof ms === 'number' ? new Date(ms).toISOString() : undefined);
  deliver(
    'default',
    {
      version: '0',
      id: randomUUID(),
      'detail-type': 'ECS Task State Change',
      source: 'aws.ecs',
      account: scope.account,
      time: time.replace(/\.\d{3}Z$/, 'Z'),
      region: scope.region,
      resources: [task.taskArn],
      detail: JSON.parse(
        JSON.stringify({
          clusterArn: task.clusterArn,
          containers: task.containers.map(({ containerArn, exitCode, lastStatus, name, image, reason }) => ({
            containerArn,
            exitCode,
            lastStatus,
            name,
            image,
            reason,
            taskArn: task.taskArn,
          })),
          cpu: task.cpu,
          memory: task.memory,
          desiredStatus: task.desiredStatus,
          group: task.group,
          launchType: task.launchType,
          lastStatus: task.lastStatus,
          startedBy: task.startedBy,
          stopCode: task.stopCode,
          stoppedReason: task.stoppedReason,
          stoppedAt: instant(task.stoppedAt),
          taskArn: task.taskArn,
          taskDefinitionArn: task.taskDefinitionArn,
          version: task.version,
        }),
      ),
    },
    scope,
  );
}
