import type {
  RebootDBInstanceCommandInput,
  StartDBInstanceCommandInput,
  StopDBInstanceCommandInput,
} from '@aws-sdk/client-rds';
import type { Call } from '../../../kernel/scope.ts';
import { DURATION } from '../durations.ts';
import { instanceAnswer } from '../instance-answer.ts';
import { change } from '../lifecycle.ts';
import { instanceOf } from '../lookups.ts';
import { instanceState } from '../refusals.ts';
import { type InstanceRow, instances } from '../state.ts';
import { takeSnapshot } from '../take-snapshot.ts';

const answer = ({ id }: InstanceRow, call: Call) => ({
  DBInstance: instanceAnswer(instances.in(call).get(id)!, call),
});

function requireOwn(row: InstanceRow, verb: string): void {
  if (row.clusterId !== undefined)
    throw instanceState(`${verb} is not supported for DB instances of a DB cluster: ${row.id}`);
}

export function stopDBInstance(input: StopDBInstanceCommandInput, call: Call) {
  const row = instanceOf(call, input.DBInstanceIdentifier);
  requireOwn(row, 'StopDBInstance');
  if (row.status !== 'available') throw instanceState(`Instance ${row.id} is not in available state.`);
  if (input.DBSnapshotIdentifier !== undefined)
    takeSnapshot(call, { kind: 'instance', id: input.DBSnapshotIdentifier, of: row });
  change(call, 'instance', row.id, {
    from: 'stopping',
    to: 'stopped',
    afterMs: DURATION.stop,
    message: 'DB instance stopped',
    categories: ['notification'],
  });
  return answer(row, call);
}

export function startDBInstance({ DBInstanceIdentifier }: StartDBInstanceCommandInput, call: Call) {
  const row = instanceOf(call, DBInstanceIdentifier);
  requireOwn(row, 'StartDBInstance');
  if (row.status !== 'stopped') throw instanceState(`Instance ${row.id} is not in stopped state.`);
  change(call, 'instance', row.id, {
    from: 'starting',
    to: 'available',
    afterMs: DURATION.start,
    message: 'DB instance started',
    categories: ['notification'],
  });
  return answer(row, call);
}

export function rebootDBInstance({ DBInstanceIdentifier }: RebootDBInstanceCommandInput, call: Call) {
  const row = instanceOf(call, DBInstanceIdentifier);
  if (row.status !== 'available') throw instanceState(`Instance ${row.id} is not in available state.`);
  change(call, 'instance', row.id, {
    from: 'rebooting',
    to: 'available',
    afterMs: DURATION.reboot,
    message: 'DB instance restarted',
    categories: ['availability'],
  });
  return answer(row, call);
}
