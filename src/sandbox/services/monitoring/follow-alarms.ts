import type { Scope } from '../../kernel/scope.ts';
import { setAlarmState } from './alarm-state.ts';
import { COMPARISONS, crossed } from './evaluate-alarm.ts';
import { metricKey, pointsOf } from './metric-math.ts';
import { type Observed, observedMetrics } from './observe.ts';
import { alarms, follows, type MetricAlarmRow } from './state.ts';

export const LOOK = 'monitoring.look';
const MINUTE_MS = 60_000;
/** When everything is as it was, a look every five minutes is enough. */
const CALM_MS = 5 * MINUTE_MS;

/**
 * Has the alarms of an account and region looked at after a minute of virtual time, and from then on as long as there
 * are any. A new alarm on a metric of AWS makes that first minute pass, so that it does not stand without a state.
 */
export function followAlarms(scope: Scope, { isNew }: { isNew?: MetricAlarmRow } = {}): void {
  const row = follows.in(scope).get('next');
  const waits = isNew !== undefined && watchesAws(isNew);
  if (row && !(waits && row.background)) return;
  if (row) scope.world.cancel(row.timer);
  arm(scope, { afterMs: MINUTE_MS, background: !waits });
}

/** Application Auto Scaling's own alarms decide nothing here: its policies have no effect. */
const watchesAws = ({ AlarmName, Namespace, Metrics }: MetricAlarmRow): boolean =>
  !AlarmName.startsWith('TargetTracking-') && (Namespace?.startsWith('AWS/') ?? Metrics !== undefined);

function arm(scope: Scope, { afterMs, background }: { afterMs: number; background: boolean }): void {
  const timer = scope.world.schedule(scope, { afterMs, kind: LOOK, payload: {}, background });
  follows.in(scope).put('next', { timer, background });
}

/** The timer's work. */
export function lookAtAlarms(_payload: unknown, scope: Scope): void {
  follows.in(scope).delete('next');
  const rows = alarms.in(scope).values();
  if (rows.length === 0) return;
  const observed = new Map(
    observedMetrics(scope).map((metric) => [metricKey(metric.namespace, metric.name, metric.dimensions), metric]),
  );
  let moves = false;
  for (const row of rows) if (row.kind === 'metric' && look(scope, row, observed)) moves = true;
  arm(scope, { afterMs: moves ? MINUTE_MS : CALM_MS, background: true });
}

/** Answers whether it is on its way to another state. */
function look(scope: Scope, row: MetricAlarmRow, observed: ReadonlyMap<string, Observed>): boolean {
  const periodMs = (row.Period ?? MINUTE_MS / 1000) * 1000;
  const wanted = row.EvaluationPeriods ?? 1;
  const now = Date.now();
  const put = pointsOf(scope, row, { from: now - (wanted + 1) * periodMs, to: now + periodMs, observes: false });
  // What a client put was looked at when it came.
  if (put.length > 0) return false;
  const metric = observed.get(metricKey(row.Namespace ?? '', row.MetricName ?? '', row.Dimensions));
  const comparison = COMPARISONS[row.ComparisonOperator ?? ''];
  if (!metric || !comparison) return missing(scope, row, wanted * periodMs);
  const isBreaching = comparison.breaches(metric.value, row.Threshold ?? 0);
  return settle(scope, row, {
    value: isBreaching ? 'ALARM' : 'OK',
    afterMs: isBreaching ? (row.DatapointsToAlarm ?? wanted) * periodMs : 0,
    reason: crossed(row, { isAlarm: isBreaching, shown: [{ start: now, value: metric.value }] }),
  });
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html */
function missing(scope: Scope, row: MetricAlarmRow, afterMs: number): boolean {
  const wanted = row.EvaluationPeriods ?? 1;
  const periods = `${wanted} period${wanted > 1 ? 's' : ''}`;
  const points = `${wanted} missing datapoint${wanted > 1 ? 's were' : ' was'}`;
  const treated = (as: string) =>
    `Threshold Crossed: no datapoints were received for ${periods} and ${points} treated as [${as}].`;
  switch (row.TreatMissingData) {
    case 'ignore':
      return false;
    case 'notBreaching':
      return settle(scope, row, { value: 'OK', afterMs: 0, reason: treated('NonBreaching') });
    case 'breaching':
      return settle(scope, row, { value: 'ALARM', afterMs, reason: treated('Breaching') });
    default:
      return settle(scope, row, {
        value: 'INSUFFICIENT_DATA',
        afterMs,
        reason: `Insufficient Data: ${wanted} datapoint${wanted > 1 ? 's were' : ' was'} unknown.`,
      });
  }
}

/** Moves an alarm once what speaks for the state has gone on long enough. */
function settle(
  scope: Scope,
  row: MetricAlarmRow,
  { value, afterMs, reason }: { value: MetricAlarmRow['StateValue']; afterMs: number; reason: string },
): boolean {
  const table = follows.in(scope);
  const key = `alarm/${row.AlarmName}`;
  if (row.StateValue === value) {
    table.delete(key);
    return false;
  }
  const now = scope.world.clock.now();
  const before = table.get(key);
  const since = before?.towards === value ? before.since! : now - MINUTE_MS;
  if (now - since >= afterMs) {
    table.delete(key);
    setAlarmState(scope, row.AlarmName, { value, reason });
    return false;
  }
  if (before?.towards !== value) table.put(key, { timer: '', background: true, towards: value, since });
  return true;
}
