import type { CreateDBInstanceCommandInput, CreateDBInstanceCommandOutput } from '@aws-sdk/client-rds';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { ensureServiceLinkedRole } from '../../iam/operations/service-linked-roles.ts';
import { DURATION } from '../durations.ts';
import { instanceAnswer } from '../instance-answer.ts';
import { giveAddress, instanceFrom } from '../instance-input.ts';
import { change } from '../lifecycle.ts';
import { withServer } from '../real-server.ts';
import { type InstanceRow, instances } from '../state.ts';

export async function createDBInstance(
  input: CreateDBInstanceCommandInput,
  call: Call,
): Promise<Answer<CreateDBInstanceCommandOutput>> {
  const row = instanceFrom(input, call);
  return { DBInstance: instanceAnswer(await startInstance(row, call, input.MasterUserPassword), call) };
}

/** Puts a new instance into the world; it is `available` after the time it takes. */
export async function startInstance(asked: InstanceRow, call: Call, password?: string): Promise<InstanceRow> {
  const row = asked.clusterId === undefined ? await withServer(call, asked, { kind: 'instance', password }) : asked;
  ensureServiceLinkedRole('rds.amazonaws.com', call);
  instances.in(call).put(row.id, giveAddress(row, call));
  change(call, 'instance', row.id, {
    from: 'creating',
    to: 'available',
    afterMs:
      (row.clusterId === undefined ? DURATION.createInstance : DURATION.createMember) +
      (row.multiAz ? DURATION.createStandby : 0),
    message: 'DB instance created',
    categories: ['creation'],
  });
  return instances.in(call).get(row.id)!;
}
