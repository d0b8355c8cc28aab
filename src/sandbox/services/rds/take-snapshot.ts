import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { DURATION } from './durations.ts';
import { change, record } from './lifecycle.ts';
import { subnetGroupOf } from './lookups.ts';
import { arnOf, requireIdentifier } from './naming.ts';
import { type ClusterRow, type InstanceRow, type SnapshotRow, snapshots } from './state.ts';
import { type GivenTag, mergeTags } from './tags.ts';

/** Manual snapshots of each kind per region: https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html */
const MANUAL_SNAPSHOTS = 100;

export const snapshotKey = (kind: 'cluster' | 'instance', id: string): string => `${kind}/${id.toLowerCase()}`;

/** A manual snapshot, a final one too: a copy of what is known about the database. Tags come along when it is set so. */
export function takeSnapshot(
  scope: Scope,
  {
    kind,
    id,
    of,
    tags = [],
  }: { kind: 'cluster' | 'instance'; id: string; of: ClusterRow | InstanceRow; tags?: readonly GivenTag[] },
): SnapshotRow {
  const name = requireIdentifier(kind === 'cluster' ? 'DBClusterSnapshotIdentifier' : 'DBSnapshotIdentifier', id, 255);
  const table = snapshots.in(scope);
  if (table.has(snapshotKey(kind, name)))
    throw new AwsFault(
      kind === 'cluster' ? 'DBClusterSnapshotAlreadyExistsFault' : 'DBSnapshotAlreadyExists',
      `Cannot create the snapshot because a snapshot with the identifier ${name} already exists.`,
    );
  if (table.values().filter((row) => row.kind === kind && row.type === 'manual').length >= MANUAL_SNAPSHOTS)
    throw new AwsFault('SnapshotQuotaExceeded', `Cannot create more than ${MANUAL_SNAPSHOTS} manual snapshots`);

  const arn = arnOf(scope, kind === 'cluster' ? 'cluster-snapshot' : 'snapshot', name);
  table.put(snapshotKey(kind, name), {
    id: name,
    arn,
    kind,
    type: 'manual',
    status: 'creating',
    created: scope.world.clock.stamp(),
    sourceId: of.id,
    sourceCreated: of.created,
    vpcId: subnetGroupOf(scope, of.subnetGroup).vpcId,
    of,
    tags: mergeTags(of.copiesTags ? of.tags : [], tags),
  });
  const source = kind === 'cluster' ? ('db-cluster-snapshot' as const) : ('db-snapshot' as const);
  record(scope, { source, id: name }, arn, `Creating manual ${kind === 'cluster' ? 'cluster ' : ''}snapshot`, [
    'backup',
  ]);
  change(scope, 'snapshot', snapshotKey(kind, name), {
    from: 'creating',
    to: 'available',
    afterMs: DURATION.snapshot,
    message: `Manual ${kind === 'cluster' ? 'cluster ' : ''}snapshot created`,
    categories: ['backup'],
  });
  return table.get(snapshotKey(kind, name))!;
}
