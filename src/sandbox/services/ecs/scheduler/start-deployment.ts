import type { Scope } from '../../../kernel/scope.ts';
import {
  clusterArn,
  freshDeploymentId,
  freshNumber,
  serviceArn,
  serviceDeploymentArn,
  serviceRevisionArn,
} from '../names.ts';
import { type Revision, type ServiceRow, serviceDeployments, serviceRevisions, services } from '../state.ts';
import { kept } from '../stored.ts';
import { failureThreshold } from './circuit-breaker.ts';
import { ringing } from './deployment-alarms.ts';
import { groupFor, targetsOf } from './production-rule.ts';
import { serviceDeploymentChanged } from './service-deployment.ts';
import { isShifting } from './shift-plan.ts';
import { canGoBack } from './shift-traffic.ts';
import { wake } from './wake.ts';

/** Why a service deployment ends when another is started before it is over. AWS's own sentence is not public. */
export const SUPERSEDED = 'The service deployment was stopped because a newer one was started.';

/** Makes a new revision of the service the PRIMARY deployment; what ran before becomes ACTIVE and is replaced. */
export function startDeployment(scope: Scope, key: string, wanted: Omit<Revision, 'arn' | 'group'>): void {
  const service = settledBefore(scope, key);
  const now = scope.world.clock.stamp();
  const { cluster, serviceName } = service;
  const shifts = isShifting(service.settings.deploymentConfiguration);
  const group = groupFor(service, wanted.loadBalancers, shifts);
  const revision: Revision = {
    ...wanted,
    arn: serviceRevisionArn(scope, cluster, serviceName, freshNumber()),
    ...(group ? { group } : {}),
  };
  serviceRevisions.in(scope).put(revision.arn, {
    serviceRevisionArn: revision.arn,
    serviceArn: serviceArn(scope, cluster, serviceName),
    clusterArn: clusterArn(scope, cluster),
    taskDefinition: revision.taskDefinition,
    ...(revision.launchType ? { launchType: revision.launchType } : {}),
    ...(revision.capacityProviderStrategy ? { capacityProviderStrategy: revision.capacityProviderStrategy } : {}),
    platformVersion: '1.4.0',
    platformFamily: 'Linux',
    loadBalancers: revision.loadBalancers,
    ...(group ? { resolvedConfiguration: { loadBalancers: resolved(revision) } } : {}),
    ...(revision.networkConfiguration ? { networkConfiguration: revision.networkConfiguration } : {}),
    guardDutyEnabled: false,
    createdAt: now,
  });

  const superseded = service.deployments.find(({ status }) => status === 'PRIMARY');
  if (superseded?.rolloutState === 'IN_PROGRESS')
    serviceDeploymentChanged(scope, superseded.serviceDeploymentArn, {
      status: 'STOPPED',
      statusReason: SUPERSEDED,
    });
  const id = `ecs-svc/${freshNumber()}`;
  // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-how-it-works.html: only where more
  // than one revision is active.
  const stage = service.deployments.length > 1 ? 'RECONCILE_SERVICE' : 'PRE_SCALE_UP';
  const deploymentArn = recordServiceDeployment(scope, key, service, revision);
  if (shifts)
    serviceDeployments.in(scope).update(deploymentArn, ({ deployment }) => {
      deployment.lifecycleStage = stage;
    });
  const deaf = ringing(scope, service).length > 0;
  services.in(scope).update(key, (draft) => {
    for (const deployment of draft.deployments) deployment.status = 'ACTIVE';
    draft.steady = false;
    draft.deployments.unshift({
      id,
      status: 'PRIMARY',
      createdAt: now,
      updatedAt: now,
      rolloutState: 'IN_PROGRESS',
      rolloutStateReason: `ECS deployment ${id} in progress.`,
      failedTasks: 0,
      streak: 0,
      notBefore: 0,
      revision,
      serviceDeploymentArn: deploymentArn,
      ...(shifts ? { shift: { stage, since: scope.world.clock.now(), percent: 0 } } : {}),
      ...(deaf ? { deafToAlarms: true } : {}),
    });
  });
  wake(scope, key);
}

/** A deployment whose requests have moved and whose older tasks are going counts as done when another is begun. */
function settledBefore(scope: Scope, key: string): ServiceRow {
  const service = services.in(scope).get(key)!;
  const primary = service.deployments.find(({ status }) => status === 'PRIMARY');
  if (!primary || canGoBack(primary) || primary.rolloutState !== 'IN_PROGRESS') return service;
  return services.in(scope).update(key, (draft) => {
    draft.lastCompleted = { id: primary.id, revision: primary.revision };
  });
}

const resolved = (revision: Revision) =>
  targetsOf(revision).map(({ targetGroupArn }, index) => ({
    targetGroupArn,
    productionListenerRule: revision.loadBalancers[index]?.advancedConfiguration?.productionListenerRule,
  }));

function recordServiceDeployment(scope: Scope, key: string, service: ServiceRow, revision: Revision): string {
  const { cluster, serviceName } = service;
  const arn = serviceDeploymentArn(scope, cluster, serviceName, freshDeploymentId());
  const now = scope.world.clock.stamp();
  const breaker = service.settings.deploymentConfiguration?.deploymentCircuitBreaker;
  serviceDeployments.in(scope).put(arn, {
    service: key,
    deployment: {
      serviceDeploymentArn: arn,
      serviceArn: serviceArn(scope, cluster, serviceName),
      clusterArn: clusterArn(scope, cluster),
      createdAt: now,
      startedAt: now,
      updatedAt: now,
      sourceServiceRevisions: service.deployments.map((deployment) => ({ arn: deployment.revision.arn })),
      targetServiceRevision: { arn: revision.arn },
      status: 'IN_PROGRESS',
      deploymentConfiguration: kept(service.settings.deploymentConfiguration ?? {}),
      deploymentCircuitBreaker: {
        status: breaker?.enable ? 'MONITORING' : 'DISABLED',
        failureCount: 0,
        threshold: failureThreshold(service),
      },
      alarms: alarmsOf(scope, service),
    },
  });
  return arn;
}

function alarmsOf(scope: Scope, service: ServiceRow) {
  const { alarms } = service.settings.deploymentConfiguration ?? {};
  if (!alarms?.enable) return { status: 'DISABLED' as const };
  const status = ringing(scope, service).length > 0 ? ('DISABLED' as const) : ('MONITORING' as const);
  return { status, alarmNames: [...(alarms.alarmNames ?? [])] };
}
