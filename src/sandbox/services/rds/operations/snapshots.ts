import type {
  CreateDBClusterSnapshotCommandInput,
  CreateDBSnapshotCommandInput,
  DeleteDBClusterSnapshotCommandInput,
  DeleteDBSnapshotCommandInput,
  DescribeDBClusterSnapshotsCommandInput,
  DescribeDBSnapshotsCommandInput,
} from '@aws-sdk/client-rds';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { listing } from '../listing.ts';
import { clusterOf, idOf, instanceOf } from '../lookups.ts';
import { clusterState, instanceState } from '../refusals.ts';
import { clusterSnapshotAnswer, instanceSnapshotAnswer } from '../snapshot-answer.ts';
import { type SnapshotRow, snapshots } from '../state.ts';
import { snapshotKey, takeSnapshot } from '../take-snapshot.ts';

export function snapshotOf(call: Call, kind: SnapshotRow['kind'], id: string | undefined): SnapshotRow {
  const row = snapshots.in(call).get(snapshotKey(kind, idOf(id ?? '')));
  if (!row)
    throw kind === 'cluster'
      ? new AwsFault('DBClusterSnapshotNotFoundFault', `DBClusterSnapshot ${id} not found.`, { status: 404 })
      : new AwsFault('DBSnapshotNotFound', `DBSnapshot ${id} not found.`, { status: 404 });
  return row;
}

export function createDBClusterSnapshot(input: CreateDBClusterSnapshotCommandInput, call: Call) {
  const of = clusterOf(call, input.DBClusterIdentifier);
  if (of.status !== 'available' && of.status !== 'stopped')
    throw clusterState(`DBCluster ${of.id} is not in available state.`);
  const id = input.DBClusterSnapshotIdentifier ?? '';
  const row = takeSnapshot(call, { kind: 'cluster', id, of, ...(input.Tags && { tags: input.Tags }) });
  return { DBClusterSnapshot: clusterSnapshotAnswer(row) };
}

export function createDBSnapshot(input: CreateDBSnapshotCommandInput, call: Call) {
  const of = instanceOf(call, input.DBInstanceIdentifier);
  if (of.clusterId !== undefined)
    throw instanceState(
      `The specified instance is a member of a cluster and a snapshot cannot be created directly. Please use the CreateDBClusterSnapshot API instead.`,
    );
  if (of.status !== 'available' && of.status !== 'stopped')
    throw instanceState(`Instance ${of.id} is not in available state.`);
  const id = input.DBSnapshotIdentifier ?? '';
  const row = takeSnapshot(call, { kind: 'instance', id, of, ...(input.Tags && { tags: input.Tags }) });
  return { DBSnapshot: instanceSnapshotAnswer(row) };
}

interface Wanted {
  snapshot: string | undefined;
  source: string | undefined;
  type: string | undefined;
}

/** Asked for a database that is gone, the list is of its snapshots all the same. */
function select(call: Call, kind: SnapshotRow['kind'], { snapshot, source, type }: Wanted): SnapshotRow[] {
  if (snapshot !== undefined) return [snapshotOf(call, kind, snapshot)];
  return snapshots
    .in(call)
    .values()
    .filter(
      (row) =>
        row.kind === kind &&
        (source === undefined || row.sourceId === idOf(source)) &&
        (type === undefined || row.type === type),
    );
}

export function describeDBClusterSnapshots(input: DescribeDBClusterSnapshotsCommandInput, call: Call) {
  const rows = select(call, 'cluster', {
    snapshot: input.DBClusterSnapshotIdentifier,
    source: input.DBClusterIdentifier,
    type: input.SnapshotType,
  });
  const { items, end } = listing(rows, input);
  return { DBClusterSnapshots: items.map(clusterSnapshotAnswer), ...end };
}

export function describeDBSnapshots(input: DescribeDBSnapshotsCommandInput, call: Call) {
  const rows = select(call, 'instance', {
    snapshot: input.DBSnapshotIdentifier,
    source: input.DBInstanceIdentifier,
    type: input.SnapshotType,
  });
  const { items, end } = listing(rows, input);
  return { DBSnapshots: items.map(instanceSnapshotAnswer), ...end };
}

export function deleteDBClusterSnapshot(input: DeleteDBClusterSnapshotCommandInput, call: Call) {
  const row = snapshotOf(call, 'cluster', input.DBClusterSnapshotIdentifier);
  if (row.status !== 'available')
    throw new AwsFault('InvalidDBClusterSnapshotStateFault', `The snapshot ${row.id} is in ${row.status} state.`);
  snapshots.in(call).delete(snapshotKey('cluster', row.id));
  return { DBClusterSnapshot: { ...clusterSnapshotAnswer(row), Status: 'deleted' } };
}

export function deleteDBSnapshot(input: DeleteDBSnapshotCommandInput, call: Call) {
  const row = snapshotOf(call, 'instance', input.DBSnapshotIdentifier);
  if (row.status !== 'available')
    throw new AwsFault('InvalidDBSnapshotState', `The snapshot ${row.id} is in ${row.status} state.`);
  snapshots.in(call).delete(snapshotKey('instance', row.id));
  return { DBSnapshot: { ...instanceSnapshotAnswer(row), Status: 'deleted' } };
}
