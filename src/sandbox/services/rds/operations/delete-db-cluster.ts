import type { DeleteDBClusterCommandInput, DeleteDBClusterCommandOutput } from '@aws-sdk/client-rds';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { clusterAnswer } from '../cluster-answer.ts';
import { dropMasterSecret } from '../credentials.ts';
import { DURATION } from '../durations.ts';
import { change } from '../lifecycle.ts';
import { clusterOf, membersOf } from '../lookups.ts';
import { clusterState, invalidCombination } from '../refusals.ts';
import { clusters } from '../state.ts';
import { takeSnapshot } from '../take-snapshot.ts';

export function deleteDBCluster(input: DeleteDBClusterCommandInput, call: Call): Answer<DeleteDBClusterCommandOutput> {
  const row = clusterOf(call, input.DBClusterIdentifier);
  checkFinalSnapshot(input.SkipFinalSnapshot, input.FinalDBSnapshotIdentifier);
  // F-05, F-85: the sentence that ends many a `cdk destroy`.
  if (row.isProtected)
    throw invalidCombination('Cannot delete protected Cluster, please disable deletion protection and try again.');
  if (row.status === 'deleting') throw clusterState(`Cluster ${row.id} is already being deleted.`);
  if (membersOf(call, row.id).some(({ status }) => status !== 'deleting'))
    throw clusterState('Cluster cannot be deleted, it still contains DB instances in non-deleting state.');

  const snapshot = input.FinalDBSnapshotIdentifier;
  if (snapshot !== undefined) takeSnapshot(call, { kind: 'cluster', id: snapshot, of: row });
  dropMasterSecret(row.masterSecretArn, call);
  // Its members go first, however long they take.
  const members = membersOf(call, row.id).length > 0 ? DURATION.deleteMember : 0;
  change(call, 'cluster', row.id, {
    from: 'deleting',
    afterMs: members + (snapshot === undefined ? 0 : DURATION.snapshot) + DURATION.deleteCluster,
    message: 'DB cluster deleted',
    categories: ['deletion'],
  });
  return { DBCluster: clusterAnswer(clusters.in(call).get(row.id)!, call) };
}

/** A last look is either wanted, by name, or declined: API reference, DeleteDBCluster and DeleteDBInstance. */
export function checkFinalSnapshot(isSkipped = false, name?: string): void {
  if (!isSkipped && name === undefined)
    throw invalidCombination('FinalDBSnapshotIdentifier is required unless SkipFinalSnapshot is specified.');
  if (isSkipped && name !== undefined)
    throw invalidCombination('FinalDBSnapshotIdentifier can not be specified when SkipFinalSnapshot is true.');
}
