import type { Session } from '../../context.ts';
import type { Blocked } from '../../domain/recovery/recovery-plan.ts';
import { keepSnapshot } from '../databases/keep-snapshot.ts';
import { protectionOf } from '../databases/protection.ts';
import type { Unprotectable } from '../databases/take-lease.ts';
import { withUnprotected } from '../databases/with-unprotected.ts';

/**
 * Takes a snapshot of each database, and does the work while their protection is lifted under a lease: it is put back on
 * those that are still there, however the work ends (F-05, F-85). The caller asked for each by its name.
 */
export async function whileUnprotected<T>(
  session: Session,
  { databases, region, stackName }: { databases: readonly Blocked[]; region: string; stackName: string },
  work: () => Promise<T>,
): Promise<T> {
  const found: Unprotectable[] = databases.map(({ thing, type, physicalId }) => ({
    thing,
    type: type === 'AWS::RDS::DBCluster' ? type : 'AWS::RDS::DBInstance',
    id: physicalId,
    region,
  }));
  for (const database of found)
    if ((await protectionOf(session.aws, database)) !== undefined) await keepSnapshot(session, database, 'recover');
  const terms = { reason: `${stackName} is stuck because of its protection`, command: `recover ${stackName}` };
  return withUnprotected(session, found, terms, work);
}
