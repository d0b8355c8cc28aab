import type { Task } from '@aws-sdk/client-ecs';
import { taskIdOf } from '../tasks/run-one-off.ts';
import type { Role, Sighting } from './run-record.ts';

/** What ECS writes on tasks that it no longer wants: it says nothing of why a rollout does not come up. */
const UNWANTED = /^Scaling activity initiated by/;

/** Ended by people, by scaling or by the end of spot capacity: no evidence against what was rolled out. */
export const wasUnwanted = ({ stopCode, stoppedReason = '' }: Task): boolean =>
  UNWANTED.test(stoppedReason) || ['UserInitiated', 'SpotInterruption', 'TerminationNotice'].includes(stopCode ?? '');

/** Whether it can be said already why it stops: exit codes come with the end of its containers. */
export const hasTold = ({ stopCode, stoppedReason, lastStatus, containers = [] }: Task): boolean =>
  lastStatus === 'STOPPED' ||
  (stoppedReason !== undefined &&
    (stopCode !== 'EssentialContainerExited' || containers.some(({ exitCode }) => exitCode !== undefined)));

/** Its program was started, so that it may have said something. */
export const hasRun = ({ containers = [] }: Task): boolean =>
  containers.some(({ exitCode, runtimeId }) => exitCode !== undefined || runtimeId !== undefined);

export const taskSighting = (service: string, role: Role, task: Task): Extract<Sighting, { kind: 'task' }> => ({
  kind: 'task',
  service,
  task: taskIdOf(task),
  deployment: task.startedBy ?? '',
  role,
  ...(task.stopCode ? { stopCode: task.stopCode } : {}),
  reason: task.stoppedReason ?? 'ECS gives no reason',
  containers: (task.containers ?? []).map(({ name = '', exitCode, reason }) => ({
    name,
    exitCode: exitCode ?? null,
    ...(reason ? { reason } : {}),
  })),
});

/** `worker exited with 3`; for a row of a terminal. */
export function taskReason({ reason, containers }: Extract<Sighting, { kind: 'task' }>): string {
  const ended = containers.flatMap(({ name, exitCode, reason: own }) =>
    own && own !== reason ? [`${name}: ${own}`] : exitCode ? [`${name} exited with ${exitCode}`] : [],
  );
  return ended.length > 0 && /^Essential container in task exited/.test(reason)
    ? ended.join(', ')
    : [reason, ...ended].join(', ');
}
