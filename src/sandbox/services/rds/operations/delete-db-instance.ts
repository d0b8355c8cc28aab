import type { DeleteDBInstanceCommandInput, DeleteDBInstanceCommandOutput } from '@aws-sdk/client-rds';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { dropMasterSecret } from '../credentials.ts';
import { DURATION } from '../durations.ts';
import { instanceAnswer } from '../instance-answer.ts';
import { change } from '../lifecycle.ts';
import { instanceOf } from '../lookups.ts';
import { instanceState, invalidCombination } from '../refusals.ts';
import { instances } from '../state.ts';
import { takeSnapshot } from '../take-snapshot.ts';
import { checkFinalSnapshot } from './delete-db-cluster.ts';

export function deleteDBInstance(
  input: DeleteDBInstanceCommandInput,
  call: Call,
): Answer<DeleteDBInstanceCommandOutput> {
  const row = instanceOf(call, input.DBInstanceIdentifier);
  const snapshot = input.FinalDBSnapshotIdentifier;
  if (row.clusterId !== undefined && snapshot !== undefined)
    throw invalidCombination('FinalDBSnapshotIdentifier can not be specified when deleting a cluster instance');
  // Members and replicas hold no data of their own.
  if (row.clusterId === undefined && row.sourceId === undefined) checkFinalSnapshot(input.SkipFinalSnapshot, snapshot);
  // F-85
  if (row.isProtected)
    throw invalidCombination('Cannot delete protected DB Instance, please disable deletion protection and try again.');
  if (row.status === 'deleting') throw instanceState(`Instance ${row.id} is already being deleted.`);

  if (snapshot !== undefined) takeSnapshot(call, { kind: 'instance', id: snapshot, of: row });
  for (const replica of instances.in(call).values())
    if (replica.sourceId === row.id)
      instances.in(call).update(replica.id, (draft) => {
        delete draft.sourceId;
      });
  dropMasterSecret(row.masterSecretArn, call);
  change(call, 'instance', row.id, {
    from: 'deleting',
    afterMs:
      (row.clusterId === undefined ? DURATION.deleteInstance : DURATION.deleteMember) +
      (snapshot === undefined ? 0 : DURATION.snapshot),
    message: 'DB instance deleted',
    categories: ['deletion'],
  });
  return { DBInstance: instanceAnswer(instances.in(call).get(row.id)!, call) };
}
