import type { DescribeDBInstancesCommandInput, DescribeDBInstancesCommandOutput } from '@aws-sdk/client-rds';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { instanceAnswer } from '../instance-answer.ts';
import { filtered, listing } from '../listing.ts';
import { idOf, instanceOf } from '../lookups.ts';
import { type InstanceRow, instances } from '../state.ts';

export function describeDBInstances(
  input: DescribeDBInstancesCommandInput,
  call: Call,
): Answer<DescribeDBInstancesCommandOutput> {
  const rows =
    input.DBInstanceIdentifier === undefined
      ? instances.in(call).values()
      : [instanceOf(call, input.DBInstanceIdentifier)];
  const wanted = input.Filters?.map((filter) =>
    filter.Name === 'db-cluster-id' || filter.Name === 'db-instance-id'
      ? { ...filter, Values: filter.Values?.map(idOf) }
      : filter,
  );
  const { items, end } = listing(
    filtered<InstanceRow>(rows, wanted, {
      'db-cluster-id': ({ clusterId }) => (clusterId === undefined ? [] : [clusterId]),
      'db-instance-id': ({ id }) => [id],
      'dbi-resource-id': ({ resourceId }) => [resourceId],
      engine: ({ engine }) => [engine],
    }),
    input,
  );
  return { DBInstances: items.map((row) => instanceAnswer(row, call)), ...end };
}
