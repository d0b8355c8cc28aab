import type { TaskStopCode } from '@aws-sdk/client-ecs';
import type { Scope } from '../../../kernel/scope.ts';
import type { TimerHandler } from '../../../kernel/service-definition.ts';
import { deleteNetworkInterfaceOf } from '../../ec2/network-interfaces.ts';
import type { ContainerEnds } from '../runtime/container-runtime.ts';
import { runtimeOf } from '../runtime/runtime.ts';
import { taskFailed } from '../scheduler/task-failed.ts';
import { wake } from '../scheduler/wake.ts';
import type { Refusal } from '../start-checks/refusal.ts';
import { type TaskRow, tasks } from '../state.ts';
import { deregistrationDelayMs } from '../target-groups.ts';
import { deregisterTargets } from './deregister-targets.ts';
import { STOPPED_KEPT_MS, TASK_MS } from './durations.ts';
import { change, next } from './step.ts';
import { tellStopped } from './tell-stopped.ts';

interface End {
  code: TaskStopCode;
  reason: string;
}

/** The task never ran: its containers could not be started. */
export async function failToStart(scope: Scope, key: string, { reason, container }: Refusal): Promise<void> {
  const row = markStopping(scope, key, { code: 'TaskFailedToStart', reason });
  change(scope, key, ({ task }) => {
    for (const shown of task.containers) {
      shown.lastStatus = 'STOPPED';
      if (shown.name === container) shown.reason = reason;
    }
  });
  taskFailed(scope, row, reason);
  next(scope, key, 'deprovisioning', 0);
}

/** The engine refused what ECS would have started; somebody may have wished the task's end meanwhile. */
export const startRefused: TimerHandler = async ({ key, ...refusal }: Refusal & { key: string }, scope) => {
  if (tasks.in(scope).get(key)?.task.desiredStatus === 'RUNNING') await failToStart(scope, key, refusal);
};

/** Ends a task that somebody no longer wants: it leaves its target groups, drains, gets SIGTERM, and is gone. */
export async function stopTask(scope: Scope, key: string, end: End): Promise<void> {
  const before = tasks.in(scope).get(key);
  if (!before || before.task.desiredStatus === 'STOPPED') return;
  const row = markStopping(scope, key, end);
  if (!['RUNNING', 'ACTIVATING'].includes(before.task.lastStatus)) {
    next(scope, key, 'deprovisioning', 1_000);
    return;
  }
  let drainMs = 0;
  for (const { targetGroupArn, registered } of row.targets) {
    if (registered) drainMs = Math.max(drainMs, await deregistrationDelayMs(scope, targetGroupArn));
  }
  await deregisterTargets(scope, key, row);
  change(scope, key, ({ task }) => {
    task.lastStatus = 'DEACTIVATING';
  });
  next(scope, key, 'stopping', drainMs);
}

/** A container that the task cannot do without has ended, so the others are ended too. */
export async function essentialExited(scope: Scope, key: string): Promise<void> {
  const row = markStopping(scope, key, {
    code: 'EssentialContainerExited',
    reason: 'Essential container in task exited',
  });
  await deregisterTargets(scope, key, row);
  next(scope, key, 'stopping', 0);
}

/** DEACTIVATING is over: containers are asked to end. */
export async function stopContainers(scope: Scope, key: string, row: TaskRow): Promise<void> {
  const running = row.task.containers.filter(({ lastStatus }) => lastStatus !== 'STOPPED');
  change(scope, key, ({ task }) => {
    task.lastStatus = 'STOPPING';
  });
  const ends = await runtimeOf(row).stop(
    scope,
    row,
    running.map(({ name }) => name!),
  );
  if (ends) containersEnded({ key, ...ends }, scope);
}

/** Those who were asked to end have ended, or will have after so much virtual time. */
export function containersEnded({ key, exitCodes, afterMs }: ContainerEnds & { key: string }, scope: Scope): void {
  if (tasks.in(scope).get(key)?.task.lastStatus !== 'STOPPING') return;
  change(scope, key, ({ task }) => {
    for (const shown of task.containers) {
      const exitCode = exitCodes[shown.name!];
      if (exitCode === undefined) continue;
      shown.lastStatus = 'STOPPED';
      shown.exitCode = exitCode;
    }
  });
  next(scope, key, 'deprovisioning', afterMs);
}

export async function deprovision(scope: Scope, key: string, row: TaskRow): Promise<void> {
  await runtimeOf(row).remove(scope, row);
  if (row.networkInterfaceId) deleteNetworkInterfaceOf(scope, row.networkInterfaceId);
  change(scope, key, ({ task }) => {
    task.lastStatus = 'DEPROVISIONING';
    task.executionStoppedAt = scope.world.clock.stamp();
    for (const container of task.containers) container.lastStatus = 'STOPPED';
  });
  if (row.service) wake(scope, `${row.cluster}/${row.service.name}`);
  next(scope, key, 'stopped', TASK_MS.deprovisioning);
}

export async function finish(scope: Scope, key: string, row: TaskRow): Promise<void> {
  const ended = change(scope, key, ({ task }) => {
    task.lastStatus = 'STOPPED';
    task.stoppedAt = scope.world.clock.stamp();
    task.connectivity = 'DISCONNECTED';
    for (const attachment of task.attachments ?? []) attachment.status = 'DELETED';
  });
  tellStopped(scope, ended);
  scope.world.schedule(scope, {
    afterMs: STOPPED_KEPT_MS,
    kind: 'ecs.forget-task',
    payload: { key },
    background: true,
  });
  if (row.service) wake(scope, `${row.cluster}/${row.service.name}`);
}

function markStopping(scope: Scope, key: string, { code, reason }: End): TaskRow {
  return change(scope, key, (draft) => {
    draft.wanted = 'stop';
    draft.task.desiredStatus = 'STOPPED';
    draft.task.stoppingAt = scope.world.clock.stamp();
    draft.task.stopCode = code;
    draft.task.stoppedReason = reason;
  });
}
