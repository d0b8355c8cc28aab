import type {
  Cluster,
  DeleteClusterCommandInput,
  DeleteClusterCommandOutput,
  DescribeClustersCommandInput,
  DescribeClustersCommandOutput,
  Failure,
  ListClustersCommandInput,
  ListClustersCommandOutput,
} from '@aws-sdk/client-ecs';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { clusterAnswer } from '../cluster-answer.ts';
import { invalid } from '../faults.ts';
import { listPage } from '../list-page.ts';
import { clusterOf } from '../lookups.ts';
import { clusterArn, clusterNameOf } from '../names.ts';
import { clusters, services, tasks } from '../state.ts';

/** Clusters that are not there are named in `failures`, not refused. */
export const describeClusters: Operation<DescribeClustersCommandInput, Answer<DescribeClustersCommandOutput>> = (
  { clusters: references = ['default'], include },
  call,
) => {
  const found: Cluster[] = [];
  const failures: Failure[] = [];
  for (const reference of references) {
    const row = clusters.in(call).get(clusterNameOf(reference));
    if (row) found.push(clusterAnswer(call, row, include));
    else failures.push({ arn: clusterArn(call, clusterNameOf(reference)), reason: 'MISSING' });
  }
  return { clusters: found, failures };
};

export const listClusters: Operation<ListClustersCommandInput, Answer<ListClustersCommandOutput>> = (
  { maxResults, nextToken },
  call,
) => {
  const active = clusters
    .in(call)
    .values()
    .filter(({ status }) => status === 'ACTIVE');
  const { items, ...rest } = listPage(active, { maxResults, nextToken });
  return { clusterArns: items.map(({ clusterName }) => clusterArn(call, clusterName)), ...rest };
};

/** F-140: services first, then tasks. A deleted cluster stays visible as INACTIVE. */
export const deleteCluster: Operation<DeleteClusterCommandInput, Answer<DeleteClusterCommandOutput>> = (
  { cluster },
  call,
) => {
  // Unlike elsewhere, the default cluster is not meant when none is named.
  if (!cluster) throw invalid('Cluster cannot be blank.');
  const { clusterName } = clusterOf(call, cluster);
  const alive = services
    .in(call)
    .values()
    .some((service) => service.cluster === clusterName && service.status !== 'INACTIVE');
  if (alive)
    throw new AwsFault('ClusterContainsServicesException', 'The Cluster cannot be deleted while Services are active.');
  const busy = tasks
    .in(call)
    .values()
    .some((row) => row.cluster === clusterName && row.task.lastStatus !== 'STOPPED');
  if (busy)
    throw new AwsFault('ClusterContainsTasksException', 'The Cluster cannot be deleted while Tasks are active.');

  const row = clusters.in(call).update(clusterName, (draft) => {
    draft.status = 'INACTIVE';
  });
  return { cluster: clusterAnswer(call, row) };
};
