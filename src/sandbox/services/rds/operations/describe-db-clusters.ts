import type { DescribeDBClustersCommandInput, DescribeDBClustersCommandOutput } from '@aws-sdk/client-rds';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { clusterAnswer } from '../cluster-answer.ts';
import { filtered, listing } from '../listing.ts';
import { clusterOf, idOf } from '../lookups.ts';
import { type ClusterRow, clusters } from '../state.ts';

export function describeDBClusters(
  input: DescribeDBClustersCommandInput,
  call: Call,
): Answer<DescribeDBClustersCommandOutput> {
  const rows =
    input.DBClusterIdentifier === undefined ? clusters.in(call).values() : [clusterOf(call, input.DBClusterIdentifier)];
  const wanted = input.Filters?.map((filter) =>
    filter.Name === 'db-cluster-id' ? { ...filter, Values: filter.Values?.map(idOf) } : filter,
  );
  const { items, end } = listing(
    filtered<ClusterRow>(rows, wanted, {
      'db-cluster-id': ({ id }) => [id],
      'db-cluster-resource-id': ({ resourceId }) => [resourceId],
      engine: ({ engine }) => [engine],
    }),
    input,
  );
  return { DBClusters: items.map((row) => clusterAnswer(row, call)), ...end };
}
