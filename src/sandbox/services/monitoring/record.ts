import { randomUUID } from 'node:crypto';
import type { Scope } from '../../kernel/scope.ts';
import { type AlarmRow, history } from './state.ts';

export function record(
  scope: Scope,
  alarm: AlarmRow,
  item: {
    HistoryItemType: 'StateUpdate' | 'ConfigurationUpdate' | 'Action';
    HistorySummary: string;
    HistoryData: string;
  },
): void {
  history.in(scope).put(randomUUID(), {
    AlarmName: alarm.AlarmName,
    AlarmType: alarm.kind === 'metric' ? 'MetricAlarm' : 'CompositeAlarm',
    at: scope.world.clock.stamp(),
    ...item,
  });
}
