import type {
  DescribeServiceDeploymentsCommandInput,
  DescribeServiceDeploymentsCommandOutput,
  DescribeServiceRevisionsCommandInput,
  DescribeServiceRevisionsCommandOutput,
  Failure,
  ListServiceDeploymentsCommandInput,
  ListServiceDeploymentsCommandOutput,
  ServiceDeployment,
  ServiceRevision,
  ServiceRevisionSummary,
} from '@aws-sdk/client-ecs';
import type { Call, Operation } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { invalid } from '../faults.ts';
import { listPage } from '../list-page.ts';
import { serviceOf, tasksOfService } from '../lookups.ts';
import { clusterNameOf } from '../names.ts';
import { counts } from '../service-answer.ts';
import { type DeploymentRow, type ServiceRow, serviceDeployments, serviceRevisions, services } from '../state.ts';
import { type Stored, shown } from '../stored.ts';

/** Newest first. */
export const listServiceDeployments: Operation<
  ListServiceDeploymentsCommandInput,
  Answer<ListServiceDeploymentsCommandOutput>
> = ({ service, cluster, status, createdAt, maxResults, nextToken }, call) => {
  const row = serviceOf(call, cluster ?? clusterInArn(service), service);
  const key = `${row.cluster}/${row.serviceName}`;
  const found = serviceDeployments
    .in(call)
    .values()
    .filter((candidate) => candidate.service === key)
    .map(({ deployment }) => deployment)
    .filter((deployment) => !status?.length || status.includes(deployment.status!))
    .filter((deployment) => !createdAt?.after || deployment.createdAt! > createdAt.after.getTime())
    .filter((deployment) => !createdAt?.before || deployment.createdAt! < createdAt.before.getTime())
    .reverse();
  const { items, ...rest } = listPage(found, { maxResults, nextToken });
  const briefs = items.map(
    ({ serviceDeploymentArn, serviceArn, clusterArn, startedAt, createdAt: made, finishedAt, ...deployment }) => ({
      serviceDeploymentArn,
      serviceArn,
      clusterArn,
      startedAt,
      createdAt: made,
      ...(finishedAt === undefined ? {} : { finishedAt }),
      targetServiceRevisionArn: deployment.targetServiceRevision?.arn,
      status: deployment.status,
      ...(deployment.statusReason ? { statusReason: deployment.statusReason } : {}),
    }),
  );
  return { serviceDeployments: shown(briefs), ...rest };
};

export const describeServiceDeployments: Operation<
  DescribeServiceDeploymentsCommandInput,
  Answer<DescribeServiceDeploymentsCommandOutput>
> = ({ serviceDeploymentArns }, call) => {
  if (!serviceDeploymentArns?.length || serviceDeploymentArns.length > 20)
    throw invalid('Between 1 and 20 service deployment ARNs can be described at once.');
  const found: ServiceDeployment[] = [];
  const failures: Failure[] = [];
  for (const arn of serviceDeploymentArns) {
    const row = serviceDeployments.in(call).get(arn);
    if (row) found.push(counted(call, row.service, row.deployment));
    else failures.push({ arn, reason: 'MISSING' });
  }
  return { serviceDeployments: found, failures };
};

export const describeServiceRevisions: Operation<
  DescribeServiceRevisionsCommandInput,
  Answer<DescribeServiceRevisionsCommandOutput>
> = ({ serviceRevisionArns }, call) => {
  if (!serviceRevisionArns?.length || serviceRevisionArns.length > 20)
    throw invalid('Between 1 and 20 service revision ARNs can be described at once.');
  const found: ServiceRevision[] = [];
  const failures: Failure[] = [];
  for (const arn of serviceRevisionArns) {
    const row = serviceRevisions.in(call).get(arn);
    if (row) found.push(shown(row));
    else failures.push({ arn, reason: 'MISSING' });
  }
  return { serviceRevisions: found, failures };
};

const clusterInArn = (service: string | undefined): string | undefined =>
  service?.startsWith('arn:') ? clusterNameOf(service.split('/')[1]) : undefined;

/** Counts are of now, and belong to the revisions that still have tasks. */
function counted(call: Call, key: string, row: Stored<ServiceDeployment>): ServiceDeployment {
  const service = services.in(call).get(key);
  const tasks = service ? tasksOfService(call, service.cluster, service.serviceName) : [];
  const withCounts = ({ arn }: ServiceRevisionSummary): ServiceRevisionSummary => {
    const deployment = service?.deployments.find(({ revision }) => revision.arn === arn);
    const own = counts(tasks.filter((task) => task.service?.deploymentId === deployment?.id));
    return {
      arn,
      requestedTaskCount: deployment?.status === 'PRIMARY' ? service!.desiredCount : 0,
      runningTaskCount: deployment ? own.runningCount : 0,
      pendingTaskCount: deployment ? own.pendingCount : 0,
      ...(row.lifecycleStage && deployment ? { requestedProductionTrafficWeight: weightOf(service!, deployment) } : {}),
    };
  };
  const failing = service?.deployments.find(({ revision }) => revision.arn === row.targetServiceRevision?.arn);
  const breaker = row.deploymentCircuitBreaker;
  return shown({
    ...row,
    sourceServiceRevisions: row.sourceServiceRevisions?.map(withCounts),
    targetServiceRevision: withCounts(row.targetServiceRevision!),
    deploymentCircuitBreaker:
      breaker?.status === 'MONITORING' ? { ...breaker, failureCount: failing?.failedTasks ?? 0 } : breaker,
  });
}

/** Percent of the requests that ECS gives a revision while it shifts them. */
function weightOf({ deployments, lastCompleted }: ServiceRow, { id }: DeploymentRow): number {
  const primary = deployments.find(({ status }) => status === 'PRIMARY');
  const percent = primary?.shift?.percent ?? 100;
  if (id === primary?.id) return percent;
  return id === lastCompleted?.id ? 100 - percent : 0;
}
