import { randomUUID } from 'node:crypto';
import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { TimerHandler } from '../../kernel/service-definition.ts';
import { aliases } from '../lambda/state.ts';
import { alarms } from '../monitoring/state.ts';
import { routingOf } from './routing.ts';
import { applications, type DeploymentRow, deploymentId, deployments, type GroupRow, groups } from './state.ts';

const LOOK = 'codedeploy.look';
/** How often alarms are looked at, in virtual time. */
const LOOK_MS = 10_000;
const MINUTE_MS = 60_000;

export interface Shift {
  application: string;
  group: string;
  function: string;
  alias: string;
  /** `CurrentVersion` of the AppSpec: where the stack believes the alias to be. */
  from: string;
  to: string;
}

/** As posts quote it: https://github.com/aws/serverless-application-model/issues/291 */
const ELSEWHERE = {
  code: 'INVALID_LAMBDA_CONFIGURATION',
  message:
    'The deployment failed because the AppSpec file that specifies the AWS Lambda deployment configuration is missing or has an invalid configuration. The Lambda function alias version does not match the current version in AppSpec file.',
};

/** Begins to move the traffic of an alias to another version, in the steps of its group. */
export function startShift(shift: Shift, scope: Scope): DeploymentRow {
  if (!applications.in(scope).has(shift.application))
    throw new AwsFault('ApplicationDoesNotExistException', `No application found for name: ${shift.application}`);
  const group = groups.in(scope).get(`${shift.application}/${shift.group}`);
  if (!group)
    throw new AwsFault('DeploymentGroupDoesNotExistException', `No Deployment Group found for name: ${shift.group}`);
  const config = group.declared.DeploymentConfigName ?? 'CodeDeployDefault.LambdaAllAtOnce';
  routingOf(config, scope);
  const id = deploymentId();
  const row = deployments.in(scope).put(id, {
    id,
    application: shift.application,
    group: shift.group,
    config,
    function: shift.function,
    alias: shift.alias,
    from: shift.from,
    to: shift.to,
    percent: 0,
    status: 'InProgress',
    created: scope.world.clock.stamp(),
    nextStep: scope.world.clock.now(),
  });
  lookLater(id, 0, scope);
  return row;
}

const lookLater = (id: string, afterMs: number, scope: Scope): void => {
  scope.world.schedule(scope, { afterMs, kind: LOOK, payload: { id } });
};

export const shiftTimers: Readonly<Record<string, TimerHandler>> = {
  [LOOK]: ({ id }: { id: string }, scope) => {
    const row = deployments.in(scope).get(id);
    if (row?.status !== 'InProgress') return;
    if (!aliases.in(scope).has(`${row.function}:${row.alias}`)) {
      end(id, 'Failed', { code: 'ALIAS_MISSING', message: `The alias ${row.alias} is gone` }, scope);
      return;
    }
    if (row.percent === 0 && aliases.in(scope).get(`${row.function}:${row.alias}`)!.version !== row.from) {
      end(id, 'Failed', ELSEWHERE, scope);
      return;
    }
    const ringing = ringingAlarms(groups.in(scope).get(`${row.application}/${row.group}`), scope);
    if (ringing.length > 0) stopShift(id, alarmsActive(ringing), scope);
    else takeStep(row, scope);
  },
};

const alarmsActive = (names: readonly string[]) => ({
  code: 'ALARM_ACTIVE',
  message: `One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected deployments have been stopped. Activated alarms: ${names.join(', ')}`,
});

function ringingAlarms(group: GroupRow | undefined, scope: Scope): string[] {
  const { Enabled = false, Alarms = [] } = group?.declared.AlarmConfiguration ?? {};
  if (String(Enabled) !== 'true') return [];
  return (Alarms as { Name: string }[])
    .map(({ Name }) => Name)
    .filter((name) => alarms.in(scope).get(name)?.StateValue === 'ALARM');
}

function takeStep(row: DeploymentRow, scope: Scope): void {
  const now = scope.world.clock.now();
  if (now >= row.nextStep) {
    const { type, percent, minutes } = routingOf(row.config, scope);
    const next = type === 'TimeBasedLinear' ? row.percent + percent : row.percent === 0 ? percent : 100;
    const reached = Math.min(100, next);
    deployments.in(scope).update(row.id, (draft) => {
      draft.percent = reached;
      draft.nextStep = now + minutes * MINUTE_MS;
    });
    setWeight(row, reached, scope);
    if (reached === 100) {
      end(row.id, 'Succeeded', undefined, scope);
      return;
    }
  }
  lookLater(row.id, LOOK_MS, scope);
}

function setWeight({ function: name, alias, from, to }: DeploymentRow, percent: number, scope: Scope): void {
  aliases.in(scope).update(`${name}:${alias}`, (draft) => {
    draft.version = percent === 100 ? to : from;
    draft.weights = percent === 0 || percent === 100 ? {} : { [to]: percent / 100 };
    draft.revisionId = randomUUID();
  });
}

/** Ends a deployment before its time; the alias goes back to where it was when the group says so. */
export function stopShift(
  id: string,
  error: { code: string; message: string },
  scope: Scope,
  rollBack = rollsBack(id, error.code, scope),
): void {
  const row = deployments.in(scope).get(id);
  if (row?.status !== 'InProgress') return;
  if (rollBack) setWeight(row, 0, scope);
  deployments.in(scope).update(id, (draft) => {
    draft.rolledBack = rollBack;
    if (rollBack) draft.percent = 0;
  });
  end(id, 'Stopped', error, scope);
}

/** `AutoRollbackConfiguration` with the event at hand. */
function rollsBack(id: string, code: string, scope: Scope): boolean {
  const row = deployments.in(scope).get(id)!;
  const { Enabled = false, Events = [] } =
    groups.in(scope).get(`${row.application}/${row.group}`)?.declared.AutoRollbackConfiguration ?? {};
  const event = code === 'ALARM_ACTIVE' ? 'DEPLOYMENT_STOP_ON_ALARM' : 'DEPLOYMENT_STOP_ON_REQUEST';
  return String(Enabled) === 'true' && Events.includes(event);
}

function end(id: string, status: DeploymentRow['status'], error: DeploymentRow['error'], scope: Scope): void {
  deployments.in(scope).update(id, (draft) => {
    draft.status = status;
    draft.completed = scope.world.clock.stamp();
    if (error) draft.error = error;
  });
}
