import type { TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Scope } from '../../kernel/scope.ts';
import type { TimerHandler } from '../../kernel/service-definition.ts';
import { hasLoadBalancer, loadBalancersOf } from './in-use.ts';
import { addressOf, probe, type Verdict } from './probe.ts';
import { loadBalancers, type TargetGroupRow, type TargetRow, targetGroups, targets } from './state.ts';
import { isStarting } from './target-behaviour.ts';

/** Registration takes seconds before checks begin; AWS gives no figure. */
const REGISTRATION_MS = 5_000;
const CHECK = 'elasticloadbalancing.health-check';

export const targetKey = (targetGroupArn: string, id: string, port: number): string =>
  `${targetGroupArn}|${id}|${port}`;

/** Brings the targets of a group into line with whether traffic can reach it: checks begin or end. */
export function followTargets(scope: Scope, targetGroupArn: string): void {
  for (const row of targetsOf(scope, targetGroupArn)) {
    if (row.state === 'draining') continue;
    if (!isChecked(scope, targetGroupArn)) rest(scope, row);
    else if (row.state === 'unused') begin(scope, row);
  }
}

/** Has the next check of a target come soon although nothing was expected to change. */
export function lookAgainAt(scope: Scope, address: string): void {
  for (const row of targets.in(scope).values()) {
    if (addressOf(scope, row) === address) lookAgain(scope, row);
  }
}

/** Has every target checked again: settings of a group or rules of a network have changed. */
export function lookAgainAtAll(scope: Scope, targetGroupArn?: string): void {
  for (const row of targets.in(scope).values()) {
    if (targetGroupArn === undefined || row.targetGroupArn === targetGroupArn) lookAgain(scope, row);
  }
}

export const targetsOf = (scope: Scope, targetGroupArn: string): TargetRow[] =>
  targets
    .in(scope)
    .values()
    .filter((row) => row.targetGroupArn === targetGroupArn);

/** Health as DescribeTargetHealth tells it. */
export function shownHealth(scope: Scope, row: TargetRow, group: TargetGroupRow): TargetHealthDescription {
  const { state, reason, description } = row;
  const zone = row.availabilityZone;
  return {
    Target: { Id: row.id, Port: row.port, ...(zone ? { AvailabilityZone: zone } : {}) },
    HealthCheckPort: group.HealthCheckPort === 'traffic-port' ? String(row.port) : group.HealthCheckPort,
    TargetHealth: {
      State: state,
      ...(reason ? { Reason: reason as 'Target.Timeout' } : {}),
      ...(description ? { Description: description } : {}),
    },
    ...(state === 'unused' || !hasLoadBalancer(scope, row.targetGroupArn)
      ? {}
      : {
          AdministrativeOverride: {
            State: 'no_override' as const,
            Reason: 'AdministrativeOverride.NoOverride' as const,
            Description: 'No override is currently active on target',
          },
        }),
  };
}

export const healthTimers: Readonly<Record<string, TimerHandler>> = {
  'elasticloadbalancing.checks-begin': ({ key }: { key: string }, scope) => {
    if (targets.in(scope).get(key)?.state !== 'initial') return;
    const row = targets.in(scope).update(key, (draft) => {
      draft.reason = 'Elb.InitialHealthChecking';
      draft.description = 'Initial health checks in progress';
      delete draft.timer;
    });
    schedule(scope, row, REGISTRATION_MS);
  },
  [CHECK]: ({ key }: { key: string }, scope) => {
    const row = targets.in(scope).get(key);
    const group = row && targetGroups.in(scope).get(row.targetGroupArn);
    if (!row || !group || row.state === 'draining' || row.state === 'unused') return;
    const after = targets.in(scope).update(key, (draft) => {
      delete draft.timer;
      judge(draft, group, probe(scope, group, row));
    });
    if (!isSettled(scope, after, group)) schedule(scope, after, group.HealthCheckIntervalSeconds! * 1000);
  },
};

/** One passed check makes a new target healthy; afterwards the thresholds decide. */
function judge(row: TargetRow, group: TargetGroupRow, { ok, reason, description }: Verdict): void {
  row.passed = ok ? row.passed + 1 : 0;
  row.failed = ok ? 0 : row.failed + 1;
  if (ok && (row.state === 'initial' || row.passed >= group.HealthyThresholdCount!)) {
    row.state = 'healthy';
    delete row.reason;
    delete row.description;
  }
  if (!ok && row.failed >= group.UnhealthyThresholdCount!) {
    row.state = 'unhealthy';
    row.reason = reason!;
    row.description = description!;
  }
}

/** Whether more checks of the same answer would change nothing: then time need not run for them. */
function isSettled(scope: Scope, row: TargetRow, group: TargetGroupRow): boolean {
  if (row.state === 'healthy') return row.passed > 0;
  const starting = isStarting(scope, addressOf(scope, row) ?? '', row.port);
  return row.state === 'unhealthy' && row.failed >= group.UnhealthyThresholdCount! && !starting;
}

function begin(scope: Scope, { targetGroupArn, id, port }: TargetRow): void {
  const key = targetKey(targetGroupArn, id, port);
  const timer = scope.world.schedule(scope, {
    afterMs: REGISTRATION_MS,
    kind: 'elasticloadbalancing.checks-begin',
    payload: { key },
  });
  targets.in(scope).update(key, (draft) => {
    Object.assign(draft, { state: 'initial', passed: 0, failed: 0, timer });
    draft.reason = 'Elb.RegistrationInProgress';
    draft.description = 'Target registration is in progress';
  });
}

function rest(scope: Scope, { targetGroupArn, id, port, timer }: TargetRow): void {
  if (timer) scope.world.cancel(timer);
  targets.in(scope).update(targetKey(targetGroupArn, id, port), (draft) => {
    draft.state = 'unused';
    draft.reason = 'Target.NotInUse';
    draft.description = 'Target group is not configured to receive traffic from the load balancer';
    delete draft.timer;
  });
}

function lookAgain(scope: Scope, row: TargetRow): void {
  if (row.timer || (row.state !== 'healthy' && row.state !== 'unhealthy')) return;
  const group = targetGroups.in(scope).get(row.targetGroupArn);
  if (group) schedule(scope, row, group.HealthCheckIntervalSeconds! * 1000);
}

function schedule(scope: Scope, { targetGroupArn, id, port }: TargetRow, afterMs: number): void {
  const key = targetKey(targetGroupArn, id, port);
  const timer = scope.world.schedule(scope, { afterMs, kind: CHECK, payload: { key } });
  targets.in(scope).update(key, (draft) => {
    draft.timer = timer;
  });
}

/** Checks run once a listener leads to the group and its load balancer is up. */
function isChecked(scope: Scope, targetGroupArn: string): boolean {
  const group = targetGroups.in(scope).get(targetGroupArn);
  return (
    group?.HealthCheckEnabled !== false &&
    loadBalancersOf(scope, targetGroupArn).some((arn) => loadBalancers.in(scope).get(arn)?.state === 'active')
  );
}
