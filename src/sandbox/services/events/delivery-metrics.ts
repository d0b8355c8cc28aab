import type { Scope } from '../../kernel/scope.ts';
import { putMetricData } from '../monitoring/operations/put-metric-data.ts';
import { DEFAULT_BUS, type RuleRow } from './state.ts';

/**
 * By rule, and on a bus of one's own by bus and rule. What is lost for good counts as failed:
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 */
export function recordDelivery({ name, bus }: Pick<RuleRow, 'bus' | 'name'>, reached: boolean, scope: Scope): void {
  const Dimensions = [
    ...(bus === DEFAULT_BUS ? [] : [{ Name: 'EventBusName', Value: bus }]),
    { Name: 'RuleName', Value: name },
  ];
  const MetricData = [
    { MetricName: 'Invocations', Value: 1, Unit: 'Count' as const, Dimensions },
    ...(reached ? [] : [{ MetricName: 'FailedInvocations', Value: 1, Unit: 'Count' as const, Dimensions }]),
  ];
  void putMetricData(
    { Namespace: 'AWS/Events', MetricData },
    { ...scope, requestId: 'events', endpoint: scope.world.endpoint, principal: 'events.amazonaws.com' },
  );
}
