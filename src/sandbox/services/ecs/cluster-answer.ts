import type { Cluster, ClusterField } from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope.ts';
import { clusterArn } from './names.ts';
import { type ClusterRow, services, tasks } from './state.ts';
import { shown } from './stored.ts';

/** A cluster as Describe shows it: counts always, the rest only when asked for. */
export function clusterAnswer(scope: Scope, row: ClusterRow, include: readonly ClusterField[] = []): Cluster {
  const running = tasks
    .in(scope)
    .values()
    .filter(({ cluster }) => cluster === row.clusterName)
    .map(({ task }) => task.lastStatus);
  const active = services
    .in(scope)
    .values()
    .filter(({ cluster, status }) => cluster === row.clusterName && status !== 'INACTIVE');
  return {
    clusterArn: clusterArn(scope, row.clusterName),
    clusterName: row.clusterName,
    status: row.status,
    registeredContainerInstancesCount: 0,
    runningTasksCount: running.filter((status) => status === 'RUNNING').length,
    pendingTasksCount: running.filter((status) => ['PROVISIONING', 'PENDING', 'ACTIVATING'].includes(status)).length,
    activeServicesCount: active.length,
    statistics: include.includes('STATISTICS') ? statistics(running, active.length) : [],
    tags: include.includes('TAGS') ? (row.tags ?? []) : [],
    settings: include.includes('SETTINGS') ? (row.settings ?? []) : [],
    capacityProviders: row.capacityProviders,
    defaultCapacityProviderStrategy: row.defaultCapacityProviderStrategy,
    ...(include.includes('CONFIGURATIONS') && row.configuration ? { configuration: shown(row.configuration) } : {}),
    ...(row.serviceConnectDefaults ? { serviceConnectDefaults: row.serviceConnectDefaults } : {}),
  };
}

const statistics = (statuses: readonly string[], activeServices: number) =>
  Object.entries({
    runningEC2TasksCount: 0,
    runningFargateTasksCount: statuses.filter((status) => status === 'RUNNING').length,
    pendingEC2TasksCount: 0,
    pendingFargateTasksCount: statuses.filter((status) => status === 'PENDING').length,
    activeEC2ServiceCount: 0,
    activeFargateServiceCount: activeServices,
    drainingEC2ServiceCount: 0,
    drainingFargateServiceCount: 0,
  }).map(([name, value]) => ({ name, value: String(value) }));
