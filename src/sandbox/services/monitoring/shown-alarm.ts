import type { CompositeAlarm, MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { AlarmRow, CompositeAlarmRow, MetricAlarmRow } from './state.ts';

const stamps = ({ configuredAt, updatedAt, transitionedAt }: AlarmRow) => ({
  AlarmConfigurationUpdatedTimestamp: new Date(configuredAt),
  StateUpdatedTimestamp: new Date(updatedAt),
  StateTransitionedTimestamp: new Date(transitionedAt),
});

export function shownMetricAlarm(row: MetricAlarmRow): MetricAlarm {
  const { kind: _, configuredAt: __, updatedAt: ___, transitionedAt: ____, ...rest } = row;
  return { ...rest, ...stamps(row) };
}

export function shownCompositeAlarm(row: CompositeAlarmRow): CompositeAlarm {
  const { kind: _, configuredAt: __, updatedAt: ___, transitionedAt: ____, ...rest } = row;
  return { ...rest, ...stamps(row) };
}
