import type { AlarmHistoryItem, CompositeAlarm, Dimension, MetricAlarm, Tag } from '@aws-sdk/client-cloudwatch';
import { defineTable } from '../../kernel/scope.ts';

type Stamps = 'AlarmConfigurationUpdatedTimestamp' | 'StateUpdatedTimestamp' | 'StateTransitionedTimestamp';
type Kept<T> = Omit<T, Stamps | 'AlarmName' | 'AlarmArn' | 'StateValue'> & {
  AlarmName: string;
  AlarmArn: string;
  StateValue: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  configuredAt: number;
  updatedAt: number;
  transitionedAt: number;
};

export type MetricAlarmRow = Kept<MetricAlarm> & { kind: 'metric' };
export type CompositeAlarmRow = Kept<CompositeAlarm> & { kind: 'composite'; AlarmRule: string };
export type AlarmRow = MetricAlarmRow | CompositeAlarmRow;

export interface DashboardRow {
  name: string;
  body: string;
  modifiedAt: number;
}

/** What was put for one metric: each point is a set of values that share a time and a unit. */
export interface MetricRow {
  namespace: string;
  name: string;
  dimensions: Dimension[];
  points: MetricPoint[];
}

export interface MetricPoint {
  /** Milliseconds since 1970. */
  at: number;
  unit: string;
  sum: number;
  count: number;
  minimum: number;
  maximum: number;
}

export const alarms = defineTable<AlarmRow>('monitoring.alarms');
export const history = defineTable<Omit<AlarmHistoryItem, 'Timestamp'> & { at: number }>('monitoring.alarm-history');
/** Dashboards belong to the account, not to a region: their ARNs name none. */
export const dashboards = defineTable<DashboardRow>('monitoring.dashboards', 'account');
export const metrics = defineTable<MetricRow>('monitoring.metrics');
export const tags = defineTable<{ tags: Tag[] }>('monitoring.tags');
/** When alarms are looked at next (`next`), and which are on their way to another state (`alarm/<name>`). */
export const follows = defineTable<{
  timer: string;
  background: boolean;
  towards?: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
  /** Virtual milliseconds. */
  since?: number;
}>('monitoring.follows');
/** What an account has switched off; `billing`: that its charges are measured. */
export const metricSwitches = defineTable<{ on: boolean }>('monitoring.switches');
