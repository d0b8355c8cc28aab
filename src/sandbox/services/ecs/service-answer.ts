import type { Deployment, Service } from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope.ts';
import { tasksOfService } from './lookups.ts';
import { clusterArn, serviceArn } from './names.ts';
import { isOver } from './scheduler/service-deployment.ts';
import { type DeploymentRow, type ServiceRow, serviceDeployments, type TaskRow } from './state.ts';

const PENDING = ['PROVISIONING', 'PENDING', 'ACTIVATING'];

/** Running and pending tasks as ECS counts them: those being stopped are neither. */
export function counts(tasks: readonly TaskRow[]): { runningCount: number; pendingCount: number } {
  const live = tasks.filter(({ task }) => task.desiredStatus === 'RUNNING');
  return {
    runningCount: live.filter(({ task }) => task.lastStatus === 'RUNNING').length,
    pendingCount: live.filter(({ task }) => PENDING.includes(task.lastStatus)).length,
  };
}

/** A service as Create, Update, Delete and Describe show it; tags only where they were asked for. */
export function serviceAnswer(scope: Scope, row: ServiceRow, { tags = false } = {}): Service {
  const { cluster, serviceName, settings } = row;
  const own = tasksOfService(scope, cluster, serviceName);
  const primary = row.deployments.find(({ status }) => status === 'PRIMARY');
  const ongoing =
    primary && !isOver(serviceDeployments.in(scope).get(primary.serviceDeploymentArn)?.deployment.status)
      ? primary.serviceDeploymentArn
      : undefined;
  return {
    serviceArn: serviceArn(scope, cluster, serviceName),
    serviceName,
    clusterArn: clusterArn(scope, cluster),
    loadBalancers: primary?.revision.loadBalancers ?? [],
    serviceRegistries: settings.serviceRegistries ?? [],
    status: row.status,
    desiredCount: row.desiredCount,
    ...counts(own),
    ...settings,
    ...(primary ? { ...shared(primary), platformVersion: primary.revision.platformVersion } : {}),
    deployments: row.deployments.map((deployment) => deploymentAnswer(row, deployment, own)),
    ...(ongoing ? { currentServiceDeployment: ongoing } : {}),
    currentServiceRevisions: row.deployments.map(({ id, revision }) => {
      const running = counts(own.filter(({ service }) => service!.deploymentId === id));
      return {
        arn: revision.arn,
        requestedTaskCount: id === primary?.id ? row.desiredCount : running.runningCount,
        runningTaskCount: running.runningCount,
        pendingTaskCount: running.pendingCount,
      };
    }),
    roleArn: row.roleArn,
    events: row.events.map((event) => ({ ...event, createdAt: new Date(event.createdAt) })),
    createdAt: new Date(row.createdAt),
    createdBy: row.createdBy,
    placementConstraints: [],
    placementStrategy: [],
    ...(tags ? { tags: row.tags } : {}),
  };
}

function deploymentAnswer(service: ServiceRow, row: DeploymentRow, own: readonly TaskRow[]): Deployment {
  const running = counts(own.filter((task) => task.service!.deploymentId === row.id));
  return {
    id: row.id,
    status: row.status,
    desiredCount: row.status === 'PRIMARY' ? service.desiredCount : running.runningCount + running.pendingCount,
    ...running,
    failedTasks: row.failedTasks,
    createdAt: new Date(row.createdAt),
    updatedAt: new Date(row.updatedAt),
    ...shared(row),
    platformVersion: resolved(row.revision.platformVersion),
    rolloutState: row.rolloutState,
    rolloutStateReason: row.rolloutStateReason,
  };
}

/** What a service and its deployments both show of a revision. */
const shared = ({ revision }: DeploymentRow) => ({
  taskDefinition: revision.taskDefinition,
  ...(revision.launchType ? { launchType: revision.launchType } : {}),
  ...(revision.capacityProviderStrategy?.length ? { capacityProviderStrategy: revision.capacityProviderStrategy } : {}),
  ...(revision.networkConfiguration ? { networkConfiguration: revision.networkConfiguration } : {}),
  platformFamily: 'Linux',
});

/** What LATEST means on Fargate. */
const resolved = (version: string): string => (version === 'LATEST' ? '1.4.0' : version);
