import type {
  FailoverDBClusterCommandInput,
  StartDBClusterCommandInput,
  StopDBClusterCommandInput,
} from '@aws-sdk/client-rds';
import type { Call } from '../../../kernel/scope.ts';
import { clusterAnswer } from '../cluster-answer.ts';
import { DURATION } from '../durations.ts';
import { change, record } from '../lifecycle.ts';
import { clusterOf, idOf, membersOf } from '../lookups.ts';
import { clusterState } from '../refusals.ts';
import { type ClusterRow, clusters, instances } from '../state.ts';

function move(row: ClusterRow, call: Call, step: { from: string; to: string; afterMs: number; message: string }) {
  const categories = ['notification'];
  for (const { id } of membersOf(call, row.id))
    change(call, 'instance', id, { from: step.from, to: step.to, afterMs: step.afterMs });
  change(call, 'cluster', row.id, { ...step, categories });
  return { DBCluster: clusterAnswer(clusters.in(call).get(row.id)!, call) };
}

/** AWS starts a stopped cluster by itself after seven days; the sandbox leaves it. */
export function stopDBCluster({ DBClusterIdentifier }: StopDBClusterCommandInput, call: Call) {
  const row = clusterOf(call, DBClusterIdentifier);
  if (row.status !== 'available') throw clusterState(`DbCluster ${row.id} is not in available state.`);
  return move(row, call, {
    from: 'stopping',
    to: 'stopped',
    afterMs: DURATION.stop,
    message: 'DB cluster stopped',
  });
}

export function startDBCluster({ DBClusterIdentifier }: StartDBClusterCommandInput, call: Call) {
  const row = clusterOf(call, DBClusterIdentifier);
  if (row.status !== 'stopped') throw clusterState(`DbCluster ${row.id} is not in stopped state.`);
  return move(row, call, {
    from: 'starting',
    to: 'available',
    afterMs: DURATION.start,
    message: 'DB cluster started',
  });
}

export function failoverDBCluster(input: FailoverDBClusterCommandInput, call: Call) {
  const row = clusterOf(call, input.DBClusterIdentifier);
  if (row.status !== 'available') throw clusterState(`DbCluster ${row.id} is not in available state.`);
  const members = membersOf(call, row.id);
  const readers = members.filter(({ isWriter, status }) => !isWriter && status === 'available');
  const target = input.TargetDBInstanceIdentifier === undefined ? undefined : idOf(input.TargetDBInstanceIdentifier);
  const next = readers.find(({ id }) => target === undefined || id === target);
  if (!next) throw clusterState('Cannot failover cluster: there is no reader that could take over.');
  for (const { id } of members)
    instances.in(call).update(id, (draft) => {
      draft.isWriter = id === next.id;
    });
  record(call, { source: 'db-cluster', id: row.id }, row.arn, `Started failover to DB instance: ${next.id}`, [
    'failover',
  ]);
  change(call, 'cluster', row.id, {
    from: 'failing-over',
    to: 'available',
    afterMs: DURATION.failover,
    message: `Completed failover to DB instance: ${next.id}`,
    categories: ['failover'],
  });
  return { DBCluster: clusterAnswer(clusters.in(call).get(row.id)!, call) };
}
