import type { Scope } from '../../../kernel/scope.ts';
import { said } from '../scheduler/said.ts';
import type { TaskRow } from '../state.ts';
import { deregisterTarget } from '../target-groups.ts';
import { change } from './step.ts';

/** Takes a task out of its target groups, which begin to drain its connections. */
export async function deregisterTargets(scope: Scope, key: string, row: TaskRow): Promise<void> {
  const registered = row.targets.filter((target) => target.registered);
  if (registered.length === 0) return;
  for (const { targetGroupArn, port } of registered) {
    await deregisterTarget(scope, { targetGroupArn, address: row.address!, port });
    said(scope, row, `deregistered 1 targets in (target-group ${targetGroupArn})`);
  }
  said(scope, row, 'has begun draining connections on 1 tasks.');
  change(scope, key, ({ targets }) => {
    for (const target of targets) target.registered = false;
  });
}
