import type { Scope } from '../../../kernel/scope.ts';
import { said, say } from '../scheduler/said.ts';
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
  if (row.service) {
    const { name, deploymentId } = row.service;
    say(scope, `${row.cluster}/${name}`, 'has begun draining connections on 1 tasks.', deploymentId);
  }
  change(scope, key, ({ targets }) => {
    for (const target of targets) target.registered = false;
  });
}
