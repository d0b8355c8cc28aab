import type { Session } from '../../context.ts';
import type { Tree } from '../../io/reporter.ts';
import { thingName } from '../../release/thing-name.ts';
import { keepSnapshot } from '../databases/keep-snapshot.ts';
import type { Unprotectable } from '../databases/take-lease.ts';
import { withUnprotected } from '../databases/with-unprotected.ts';
import type { Standing } from '../stacks/read-standing.ts';
import { emptyBuckets } from './make-deletable.ts';
import { removePatiently } from './remove-patiently.ts';
import { stopOwnTasks } from './stop-own-tasks.ts';

/**
 * Takes one stack down. What was agreed to by name happens right before it goes, so that nothing stays unprotected that
 * stays: databases are unprotected under a lease, buckets emptied, tasks of ours stopped.
 */
export async function destroyStack(
  session: Session,
  standing: Standing,
  stack: Standing['stacks'][number],
  tree: Tree,
): Promise<void> {
  const say = (detail: string) => tree.row(stack.id, { title: stack.id, state: 'running', detail });
  tree.row(stack.id, { title: stack.id, state: 'running' });
  const own = standing.protectedDatabases.filter((one) => one.stack === stack.id);
  const databases: Unprotectable[] = own.map(({ type, physicalId, logicalId, region }) => ({
    thing: thingName(stack.id, stack.template, logicalId),
    type: type === 'AWS::RDS::DBCluster' ? type : 'AWS::RDS::DBInstance',
    id: physicalId,
    region,
  }));
  // CloudFormation takes one itself where the template says so.
  for (const [index, database] of databases.entries())
    if (own[index]!.fate === 'deleted') await keepSnapshot(session, database, 'final');
  if (stack.id === 'runtime') await stopOwnTasks(session, standing, say);
  const reason = `${session.environment.name} is destroyed`;
  await withUnprotected(session, databases, { reason, command: 'destroy' }, async () => {
    await emptyBuckets(session.aws, standing, stack.id, say);
    await removePatiently(session, stack, say);
  });
  tree.row(stack.id, { title: stack.id, state: 'done' });
}
