import type { AlarmRule, AppSettings, EnvironmentKind } from '../../infra/settings.ts';
import type { Blocks } from '../config/blocks.ts';
import { ALARM_PRESETS } from '../domain/alarm-presets.ts';
import { maxConnectionsOfCapacity, maxConnectionsOfClass } from '../domain/max-connections.ts';

/** Alarms with their numbers, whom they tell, and the pages to look at. */
export function observabilitySettings(
  { observability, databases }: Pick<Blocks, 'observability' | 'databases'>,
  kind: EnvironmentKind,
): AppSettings['observability'] {
  const { containerInsights, logRetentionDays, tracing, collector, alarms, alarmEmails, webhooks } = observability;
  const { accessLogs, dashboards, customMetrics } = observability;
  return {
    containerInsights,
    logRetentionDays,
    logsOnDelete: kind === 'prod' ? 'retain' : 'destroy',
    ...(accessLogs === undefined ? {} : { accessLogs }),
    tracing,
    ...(tracing ? { collector: collectorSettings(collector) } : {}),
    alarms: alarms && alarmRules(observability.presets),
    receivers: { emails: [...new Set(alarmEmails)], webhooks: [...new Set(webhooks)] },
    dashboards: [...new Set(dashboards)],
    customMetrics,
    maxConnections: Object.fromEntries(
      Object.entries(databases).flatMap(([name, database]) => {
        const most = mostConnections(database);
        return most === undefined ? [] : [[name, most]];
      }),
    ),
  };
}

const collectorSettings = ({ image, memory, share }: Blocks['observability']['collector']) => ({
  image,
  memoryMiB: memory,
  share,
});

function alarmRules(changes: Blocks['observability']['presets']): Record<string, AlarmRule> {
  return Object.fromEntries(
    Object.entries(ALARM_PRESETS).flatMap(([name, { threshold, below, periods, periodSeconds }]) => {
      const change = Object.hasOwn(changes, name) ? changes[name] : undefined;
      if (change === false) return [];
      const value = change?.threshold ?? threshold;
      const rule: AlarmRule = {
        ...(value === undefined ? {} : { threshold: value }),
        below: below ?? false,
        periods: change?.periods ?? periods,
        periodSeconds: change?.periodSeconds ?? periodSeconds,
      };
      return [[name, rule]];
    }),
  );
}

function mostConnections({ engine, acu, instance }: Blocks['databases'][string]): number | undefined {
  if (engine === 'aurora-postgres' && acu) return maxConnectionsOfCapacity(acu);
  if (engine === 'postgres-instance' && instance) return maxConnectionsOfClass(instance.class);
  return undefined;
}
