import type { StopTaskCommandInput, StopTaskCommandOutput } from '@aws-sdk/client-ecs';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { taskNotFound } from '../faults.ts';
import { clusterOf } from '../lookups.ts';
import { lastPart } from '../names.ts';
import { wake } from '../scheduler/wake.ts';
import { tasks } from '../state.ts';
import { shown } from '../stored.ts';
import { stopTask as endTask } from '../tasks/end-task.ts';

export const stopTask: Operation<StopTaskCommandInput, Promise<Answer<StopTaskCommandOutput>>> = async (
  { cluster, task, reason },
  call,
) => {
  const key = `${clusterOf(call, cluster).clusterName}/${lastPart(task ?? '')}`;
  const row = tasks.in(call).get(key);
  if (!row) throw taskNotFound();
  await endTask(call, key, { code: 'UserInitiated', reason: reason ?? 'Task stopped by user' });
  if (row.service) wake(call, `${row.cluster}/${row.service.name}`);
  return { task: shown(tasks.in(call).get(key)!.task) };
};
