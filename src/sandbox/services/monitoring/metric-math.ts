import type { Dimension } from '@aws-sdk/client-cloudwatch';
import type { Scope } from '../../kernel/scope.ts';
import { observedMetrics } from './observe.ts';
import { type MetricPoint, metrics } from './state.ts';

const MINUTE_MS = 60_000;

export const metricKey = (namespace: string, name: string, dimensions: readonly Dimension[] = []): string =>
  JSON.stringify([namespace, name, dimensions.map(({ Name, Value }) => `${Name}=${Value}`).sort()]);

/**
 * Points of a metric in `[from, to)`, in milliseconds since 1970; with a unit only those of that unit. Of what a service
 * reports by itself there is one, of this minute, unless somebody put others.
 */
export function pointsOf(
  scope: Scope,
  metric: { Namespace?: string | undefined; MetricName?: string | undefined; Dimensions?: Dimension[] | undefined },
  { from, to, unit, observes = true }: { from: number; to: number; unit?: string | undefined; observes?: boolean },
): MetricPoint[] {
  const key = metricKey(metric.Namespace ?? '', metric.MetricName ?? '', metric.Dimensions);
  const points = metrics.in(scope).get(key)?.points ?? (observes ? observedPoint(scope, metric.Namespace, key) : []);
  return points.filter((point) => point.at >= from && point.at < to && (unit === undefined || point.unit === unit));
}

function observedPoint(scope: Scope, namespace: string | undefined, key: string): MetricPoint[] {
  const at = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS;
  return observedMetrics(scope, namespace ?? '')
    .filter((metric) => metricKey(metric.namespace, metric.name, metric.dimensions) === key)
    .map(({ value, unit }) => ({ at, unit, sum: value, count: 1, minimum: value, maximum: value }));
}

/** Points by the period they fall into: the start of each period, rising, and its points. */
export function byPeriod(points: readonly MetricPoint[], periodMs: number): [number, MetricPoint[]][] {
  const periods = new Map<number, MetricPoint[]>();
  for (const point of points) {
    const start = Math.floor(point.at / periodMs) * periodMs;
    periods.set(start, [...(periods.get(start) ?? []), point]);
  }
  return [...periods.entries()].sort(([a], [b]) => a - b);
}

/** A statistic over points; percentiles cannot be told from sums, so they are undefined. */
export function statistic(points: readonly MetricPoint[], name: string): number | undefined {
  const sum = points.reduce((total, point) => total + point.sum, 0);
  const count = points.reduce((total, point) => total + point.count, 0);
  switch (name) {
    case 'Sum':
      return sum;
    case 'SampleCount':
      return count;
    case 'Average':
      return sum / count;
    case 'Minimum':
      return Math.min(...points.map((point) => point.minimum));
    case 'Maximum':
      return Math.max(...points.map((point) => point.maximum));
    default:
      return undefined;
  }
}
