import type { Scope } from '../../../kernel/scope.ts';
import { type TaskRow, type TaskStep, tasks } from '../state.ts';

/** Has the task's next step come after so much virtual time. */
export function next(scope: Scope, key: string, step: TaskStep, afterMs: number): void {
  scope.world.schedule(scope, { afterMs, kind: 'ecs.task', payload: { key, step } });
}

/** Changes what DescribeTasks shows; its version rises with every change, as AWS's does. */
export function change(scope: Scope, key: string, edit: (draft: TaskRow) => void): TaskRow {
  return tasks.in(scope).update(key, (draft) => {
    edit(draft);
    draft.task.version = (draft.task.version ?? 0) + 1;
  });
}
