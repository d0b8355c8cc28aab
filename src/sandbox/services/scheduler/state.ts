import type { FlexibleTimeWindow, Target } from '@aws-sdk/client-scheduler';
import { defineTable } from '../../kernel/scope.ts';

export const DEFAULT_GROUP = 'default';

export interface ScheduleRow {
  name: string;
  group: string;
  arn: string;
  expression: string;
  timezone: string;
  state: 'ENABLED' | 'DISABLED';
  description?: string;
  window: FlexibleTimeWindow;
  target: Target;
  created: number;
  modified: number;
  /** Of the next run. */
  timer?: string;
}

/** By `<group>/<name>`. */
export const schedules = defineTable<ScheduleRow>('scheduler.schedules');
export const scheduleKey = (name: string, group = DEFAULT_GROUP): string => `${group}/${name}`;
