import type { Scope } from '../../../kernel/scope.ts';
import { providersFor } from '../capacity-providers.ts';
import { tasksOfService } from '../lookups.ts';
import { lastPart } from '../names.ts';
import { shortageFor } from '../shortages.ts';
import { assumable, cannotAssume } from '../start-checks/allowed.ts';
import { type DeploymentRow, type ServiceRow, services, taskDefinitions } from '../state.ts';
import { launchTask } from '../tasks/launch-task.ts';
import { isSpot, tasksWithinQuota, VCPU_LIMIT } from '../vcpu-quota.ts';
import { targetsOf } from './production-rule.ts';
import { say } from './said.ts';
import { serviceTaskTags } from './service-task-tags.ts';
import { countFailure } from './task-failed.ts';

/** Starts tasks of a deployment, spread over the subnets of its revision. */
export function launchServiceTasks(
  scope: Scope,
  key: string,
  { deployment, count: wanted }: { deployment: DeploymentRow; count: number },
): void {
  const service = services.in(scope).get(key)!;
  const definition = taskDefinitions.in(scope).get(lastPart(deployment.revision.taskDefinition))!;
  const roles = [definition.definition.executionRoleArn, definition.definition.taskRoleArn];
  const unusable = roles.find((role) => role !== undefined && !assumable(scope, role));
  if (unusable) {
    say(scope, key, `failed to launch a task with (error ${cannotAssume(unusable)}).`);
    countFailure(scope, key, deployment.id, { throttled: true });
    return;
  }
  const network = deployment.revision.networkConfiguration?.awsvpcConfiguration;
  const [noRoom] = shortageFor(scope, emptiestFirst(scope, service, network?.subnets ?? []), wanted) ?? [];
  if (noRoom) {
    sayUnplaced(scope, key, noRoom.reason ?? '');
    return;
  }
  const providers = withinQuota(scope, definition.definition.cpu, providersOf(scope, service, deployment, wanted));
  const count = providers.length;
  // Unlike a zone that is full it does not pass by itself, and counts as a start that failed.
  if (count < wanted) {
    sayUnplaced(scope, key, VCPU_LIMIT);
    countFailure(scope, key, deployment.id, { throttled: true });
  }
  if (count === 0) return;
  const { subnets = [], securityGroups = [], assignPublicIp } = network ?? {};
  const started = providers.map((provider) => {
    return launchTask(scope, {
      cluster: service.cluster,
      definition,
      network: {
        subnets: emptiestFirst(scope, service, subnets),
        securityGroups,
        assignPublicIp: assignPublicIp === 'ENABLED',
      },
      launchType: deployment.revision.launchType,
      capacityProvider: provider,
      group: `service:${service.serviceName}`,
      startedBy: deployment.id,
      enableExecuteCommand: service.settings.enableExecuteCommand,
      tags: serviceTaskTags(service, definition),
      service: { name: service.serviceName, deploymentId: deployment.id },
      targets: targetsOf(deployment.revision),
    }).taskId;
  });
  const replaced = Math.min(count, service.unhealthy ?? 0);
  services.in(scope).update(key, (draft) => {
    draft.unhealthy = (draft.unhealthy ?? 0) - replaced;
  });
  const why = replaced > 0 ? ` Amazon ECS replaced ${replaced} tasks due to an unhealthy status.` : '';
  say(scope, key, `has started ${count} tasks: ${started.map((taskId) => `(task ${taskId})`).join(' ')}.${why}`);
}

/** Where each of so many further tasks of a deployment is to run, beside those that it has. */
function providersOf(
  scope: Scope,
  { cluster, serviceName }: ServiceRow,
  { id, revision }: DeploymentRow,
  count: number,
) {
  const running = tasksOfService(scope, cluster, serviceName).filter(
    ({ wanted, task }) => wanted === 'run' && task.startedBy === id,
  );
  const names = running.flatMap(({ task }) => task.capacityProviderName ?? []);
  const taken = Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, all]) => [name, all.length]));
  return providersFor(revision.capacityProviderStrategy, taken, count);
}

/** Those that the account's quotas leave room for: Spot has one of its own. */
function withinQuota(scope: Scope, cpu: string | undefined, providers: readonly (string | undefined)[]) {
  const room = { spot: tasksWithinQuota(scope, cpu, true), onDemand: tasksWithinQuota(scope, cpu, false) };
  return providers.filter((provider) => room[isSpot(provider) ? 'spot' : 'onDemand']-- > 0);
}

function sayUnplaced(scope: Scope, key: string, reason: string): void {
  say(
    scope,
    key,
    `was unable to place a task. Reason: ${reason}. For more information, see the Troubleshooting section of the ` +
      'Amazon ECS Developer Guide.',
  );
}

function emptiestFirst(scope: Scope, { cluster, serviceName }: ServiceRow, subnets: readonly string[]): string[] {
  const used = tasksOfService(scope, cluster, serviceName)
    .filter(({ wanted }) => wanted === 'run')
    .map(({ network }) => network.subnets[0]);
  const load = (subnet: string) => used.filter((other) => other === subnet).length;
  return subnets.toSorted((one, other) => load(one) - load(other));
}
