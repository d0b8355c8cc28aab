import type { Scope } from '../../kernel/scope.ts';
import { putMetricData } from '../monitoring/operations/put-metric-data.ts';
import type { Planned } from './run-function.ts';

/**
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics.html: by function, and by what was asked for and the
 * version that answered.
 */
function put(name: string, arn: string, version: string, values: Record<string, [number, string]>, scope: Scope): void {
  const qualifier = arn.split(':')[7];
  const byFunction = [{ Name: 'FunctionName', Value: name }];
  const byResource = [
    ...byFunction,
    { Name: 'Resource', Value: qualifier === undefined ? name : `${name}:${qualifier}` },
  ];
  const sets = [byFunction, byResource];
  if (qualifier !== undefined && !/^(\d+|\$LATEST)$/.test(qualifier))
    sets.push([...byResource, { Name: 'ExecutedVersion', Value: version }]);
  void putMetricData(
    {
      Namespace: 'AWS/Lambda',
      MetricData: Object.entries(values).flatMap(([MetricName, [Value, Unit]]) =>
        sets.map((Dimensions) => ({ MetricName, Value, Unit: Unit as 'Count', Dimensions })),
      ),
    },
    { ...scope, requestId: 'lambda', endpoint: scope.world.endpoint, principal: 'lambda.amazonaws.com' },
  );
}

export const recordCall = (
  { row, arn, scope }: Planned,
  { failed, durationMs }: { failed: boolean; durationMs: number },
): void =>
  put(
    row.function,
    arn,
    row.version,
    {
      Invocations: [1, 'Count'],
      Errors: [failed ? 1 : 0, 'Count'],
      Duration: [durationMs, 'Milliseconds'],
    },
    scope,
  );

export const recordThrottle = (name: string, arn: string, version: string, scope: Scope): void =>
  put(name, arn, version, { Throttles: [1, 'Count'] }, scope);

/** Calls that nobody made, by function alone. */
export const recordCalls = (name: string, { calls, failed }: { calls: number; failed: number }, scope: Scope): void =>
  void putMetricData(
    {
      Namespace: 'AWS/Lambda',
      MetricData: Object.entries({ Invocations: calls, Errors: failed }).map(([MetricName, Value]) => ({
        MetricName,
        Value,
        Unit: 'Count' as const,
        Dimensions: [{ Name: 'FunctionName', Value: name }],
      })),
    },
    { ...scope, requestId: 'lambda', endpoint: scope.world.endpoint, principal: 'lambda.amazonaws.com' },
  );
