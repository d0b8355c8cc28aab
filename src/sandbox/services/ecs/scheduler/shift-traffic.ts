import type { ServiceDeploymentLifecycleStage } from '@aws-sdk/client-ecs';
import type { Scope } from '../../../kernel/scope.ts';
import { tasksOfService } from '../lookups.ts';
import { type DeploymentRow, type ServiceRow, serviceDeployments, services, type TaskRow } from '../state.ts';
import { stopTask } from '../tasks/end-task.ts';
import { conclude } from './conclude.ts';
import { keyOfTask, liveTasks, primaryOf } from './current.ts';
import { shareOut } from './production-rule.ts';
import { say } from './said.ts';
import { bakeTimeMs, type ShiftStep, shiftSteps } from './shift-plan.ts';
import { startMissing } from './start-missing.ts';

type Stage = ServiceDeploymentLifecycleStage;

/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/blue-green-deployment-how-it-works.html, in this order. */
const AFTER: Readonly<Partial<Record<Stage, Stage>>> = {
  RECONCILE_SERVICE: 'PRE_SCALE_UP',
  PRE_SCALE_UP: 'SCALE_UP',
  SCALE_UP: 'POST_SCALE_UP',
  POST_SCALE_UP: 'TEST_TRAFFIC_SHIFT',
  TEST_TRAFFIC_SHIFT: 'POST_TEST_TRAFFIC_SHIFT',
  POST_TEST_TRAFFIC_SHIFT: 'PRODUCTION_TRAFFIC_SHIFT',
  PRODUCTION_TRAFFIC_SHIFT: 'POST_PRODUCTION_TRAFFIC_SHIFT',
  POST_PRODUCTION_TRAFFIC_SHIFT: 'BAKE_TIME',
  BAKE_TIME: 'CLEAN_UP',
};

/** Until the older tasks go, everything can be taken back at once. */
export const canGoBack = ({ shift }: DeploymentRow): boolean => shift?.stage !== 'CLEAN_UP';

/** One look at a deployment that moves requests to a second set of tasks: it passes every stage that has nothing to wait for. */
export async function shiftTraffic(scope: Scope, key: string, healthy: ReadonlySet<string>): Promise<void> {
  for (;;) {
    const service = services.in(scope).get(key)!;
    const primary = primaryOf(service);
    const { stage } = primary.shift!;
    if (stage !== 'RECONCILE_SERVICE' && stage !== 'PRE_SCALE_UP') await keepTasks(scope, key, service);
    if (!(await isPassed(scope, key, { service, primary, healthy }))) return;
    const next = AFTER[stage];
    if (next === undefined) {
      conclude(scope, key, healthy);
      return;
    }
    enter(scope, key, { stage: next });
  }
}

interface Look {
  service: ServiceRow;
  primary: DeploymentRow;
  healthy: ReadonlySet<string>;
}

/** Whether what the stage is for has happened. */
async function isPassed(scope: Scope, key: string, { service, primary, healthy }: Look): Promise<boolean> {
  const { stage, since } = primary.shift!;
  switch (stage) {
    case 'RECONCILE_SERVICE':
      return consolidated(scope, key, service);
    case 'SCALE_UP':
      return allHealthy(scope, key, { service, primary, healthy });
    case 'PRODUCTION_TRAFFIC_SHIFT':
      return shifted(scope, key, { service, primary });
    case 'BAKE_TIME':
      return (
        isFirst(service) || scope.world.clock.now() - since >= bakeTimeMs(service.settings.deploymentConfiguration)
      );
    case 'CLEAN_UP':
      return cleanedUp(scope, key, primary);
    default:
      return true;
  }
}

/** Nothing ran before it: there is nobody to share requests with, and nothing to go back to. */
const isFirst = ({ lastCompleted }: ServiceRow): boolean => lastCompleted === undefined;

/** A deployment was begun while another went on: requests go back to the last that completed, and the tasks of others go. */
async function consolidated(scope: Scope, key: string, { lastCompleted, deployments }: ServiceRow): Promise<boolean> {
  const kept = [deployments.find(({ status }) => status === 'PRIMARY')!.id, lastCompleted?.id];
  if (lastCompleted) shareOut(scope, lastCompleted.revision, 100);
  return endTasks(scope, key, (row) => !kept.includes(row.service!.deploymentId));
}

function allHealthy(scope: Scope, key: string, { service, primary, healthy }: Look): boolean {
  const current = liveTasks(scope, key).filter((row) => row.service!.deploymentId === primary.id);
  return current.length === service.desiredCount && current.every((row) => healthy.has(keyOfTask(row)));
}

function shifted(scope: Scope, key: string, { service, primary }: Pick<Look, 'service' | 'primary'>): boolean {
  const { percent, since } = primary.shift!;
  const steps: ShiftStep[] = isFirst(service)
    ? [{ percent: 100, waitMs: 0 }]
    : shiftSteps(service.settings.deploymentConfiguration ?? {});
  const done = steps.findIndex((step) => step.percent === percent);
  if (percent === 100) return true;
  if (done >= 0 && scope.world.clock.now() - since < steps[done]!.waitMs) return false;
  const next = steps[done + 1]!;
  shareOut(scope, primary.revision, next.percent);
  enter(scope, key, { stage: 'PRODUCTION_TRAFFIC_SHIFT', percent: next.percent });
  return next.percent === 100;
}

async function cleanedUp(scope: Scope, key: string, { id }: DeploymentRow): Promise<boolean> {
  return endTasks(scope, key, (row) => row.service!.deploymentId !== id);
}

/** Ends these tasks; true when none of them is left. */
async function endTasks(scope: Scope, key: string, isMeant: (row: TaskRow) => boolean): Promise<boolean> {
  const { cluster, serviceName, ...service } = services.in(scope).get(key)!;
  const reason = `Scaling activity initiated by (deployment ${primaryOf({ cluster, serviceName, ...service }).id})`;
  const meant = liveTasks(scope, key).filter(isMeant);
  for (const row of meant) await stopTask(scope, keyOfTask(row), { code: 'ServiceSchedulerInitiated', reason });
  if (meant.length > 0)
    say(
      scope,
      key,
      `has stopped ${meant.length} running tasks: ${meant.map(({ taskId }) => `(task ${taskId})`).join(' ')}.`,
    );
  const left = tasksOfService(scope, cluster, serviceName)
    .filter(isMeant)
    .filter(({ task }) => !['STOPPED', 'DEPROVISIONING'].includes(task.lastStatus));
  if (left.length > 0) return false;
  const ids = new Set(liveTasks(scope, key).map((row) => row.service!.deploymentId));
  services.in(scope).update(key, (draft) => {
    draft.deployments = draft.deployments.filter(({ status, id }) => status === 'PRIMARY' || ids.has(id));
  });
  return true;
}

/** As many tasks of the new revision as are wished, beside all that runs. */
async function keepTasks(scope: Scope, key: string, service: ServiceRow): Promise<void> {
  const { id } = primaryOf(service);
  const current = liveTasks(scope, key).filter((row) => row.service!.deploymentId === id);
  const surplus = current.slice(0, Math.max(0, current.length - service.desiredCount));
  for (const row of surplus)
    await stopTask(scope, keyOfTask(row), {
      code: 'ServiceSchedulerInitiated',
      reason: `Scaling activity initiated by (deployment ${id})`,
    });
  startMissing(scope, key, service, { most: Number.POSITIVE_INFINITY });
}

/** Notes where the deployment of a service stands, for those who ask for the service and for its deployments. */
export function enter(scope: Scope, key: string, { stage, percent }: { stage: Stage; percent?: number }): void {
  const { serviceDeploymentArn } = primaryOf(services.in(scope).get(key)!);
  services.in(scope).update(key, (draft) => {
    const { shift } = primaryOf(draft);
    Object.assign(shift!, { stage, since: scope.world.clock.now(), ...(percent === undefined ? {} : { percent }) });
  });
  if (serviceDeployments.in(scope).has(serviceDeploymentArn))
    serviceDeployments.in(scope).update(serviceDeploymentArn, ({ deployment }) => {
      deployment.lifecycleStage = stage;
      deployment.updatedAt = scope.world.clock.stamp();
    });
}
