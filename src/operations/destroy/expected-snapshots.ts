import type { Session } from '../../context.ts';
import type { Retained } from '../../release/destroy-plan.ts';
import { snapshotName } from '../databases/keep-snapshot.ts';
import type { Standing } from '../stacks/read-standing.ts';
import { DATABASES } from './what-stays.ts';

/** Snapshots that a destruction would leave behind and that are not there yet, for a dry run to list. */
export function expectedSnapshots(
  { clock }: Pick<Session, 'clock'>,
  { stacks, resources, protectedDatabases }: Standing,
): Retained[] {
  const since = new Date(clock.now()).toISOString();
  const stackName = (id: string) => stacks.find((stack) => stack.id === id)!.stackName;
  return resources.flatMap((one) => {
    const { type, physicalId, logicalId, stack, region, fate } = one;
    if (!DATABASES.has(type) || fate === 'retained') return [];
    const isOurs = fate === 'deleted' && protectedDatabases.some((each) => each.physicalId === physicalId);
    if (fate === 'deleted' && !isOurs) return [];
    return {
      type: type === 'AWS::RDS::DBCluster' ? 'AWS::RDS::DBClusterSnapshot' : 'AWS::RDS::DBSnapshot',
      // CloudFormation ends the name with characters of chance, and we with the hour.
      id: isOurs
        ? snapshotName(physicalId, 'final', clock.now())
        : `${stackName(stack)}-snapshot-${logicalId}-*`.toLowerCase(),
      reason: `of ${physicalId}, to be taken ${isOurs ? 'before its stack is deleted' : 'by CloudFormation when its stack is deleted'}`,
      monthlyCost: null,
      region,
      since,
      remove: null,
    };
  });
}
