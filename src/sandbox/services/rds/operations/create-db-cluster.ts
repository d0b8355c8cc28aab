import type { CreateDBClusterCommandInput, CreateDBClusterCommandOutput } from '@aws-sdk/client-rds';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { ensureServiceLinkedRole } from '../../iam/operations/service-linked-roles.ts';
import { clusterAnswer } from '../cluster-answer.ts';
import { clusterFrom } from '../cluster-input.ts';
import { DURATION } from '../durations.ts';
import { change } from '../lifecycle.ts';
import { withServer } from '../real-server.ts';
import { clusters } from '../state.ts';

export async function createDBCluster(
  input: CreateDBClusterCommandInput,
  call: Call,
): Promise<Answer<CreateDBClusterCommandOutput>> {
  const { MasterUserPassword: password } = input;
  const row = await withServer(call, clusterFrom(input, call), { kind: 'cluster', password });
  ensureServiceLinkedRole('rds.amazonaws.com', call);
  clusters.in(call).put(row.id, row);
  change(call, 'cluster', row.id, {
    from: 'creating',
    to: 'available',
    afterMs: DURATION.createCluster,
    message: 'DB cluster created',
    categories: ['creation'],
  });
  return { DBCluster: clusterAnswer(clusters.in(call).get(row.id)!, call) };
}
