import type { Session } from '../../context.ts';
import type { PlannedStack } from '../../release/plan.ts';
import { readStanding } from '../stacks/read-standing.ts';
import { emptyBuckets } from './make-deletable.ts';
import { removeStack } from './remove-stack.ts';

/**
 * Deletes a stack that a plan has no use for. What it holds was agreed to by its name; a database's protection is not
 * ours to lift in a deployment, and stopped it before.
 */
export async function removePlanned(
  session: Pick<Session, 'aws' | 'clock' | 'environment' | 'target'>,
  { id, live, stackName, region, account }: PlannedStack,
  say: (detail: string) => void,
): Promise<void> {
  if (!live) return;
  const stack = { ...live, id, stackName, region, account };
  await emptyBuckets(session.aws, await readStanding(session.aws, new Map([[id, stack]])), id, say);
  await removeStack(session, stack, say);
}
