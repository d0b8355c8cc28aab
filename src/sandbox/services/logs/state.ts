import type { LogGroupClass } from '@aws-sdk/client-cloudwatch-logs';
import { defineTable, type Scope } from '../../kernel/scope.ts';
import type { Table } from '../../kernel/store.ts';

export interface LogGroupRow {
  name: string;
  arn: string;
  created: number;
  class: LogGroupClass;
  retentionDays?: number;
  kmsKeyId?: string;
  isProtected: boolean;
  tags: Record<string, string>;
}

export interface LogStreamRow {
  group: string;
  name: string;
  arn: string;
  created: number;
  firstEvent?: number;
  lastEvent?: number;
  lastIngestion?: number;
  /** How many events it holds: the id of the next. */
  events: number;
}

export interface LogEventRow {
  timestamp: number;
  ingestion: number;
  message: string;
}

interface MetricFilterRow {
  group: string;
  name: string;
  pattern: string;
  transformations: unknown[];
  created: number;
}

interface SubscriptionFilterRow {
  group: string;
  name: string;
  pattern: string;
  destinationArn: string;
  roleArn?: string;
  distribution?: string;
  created: number;
}

export const logGroups = defineTable<LogGroupRow>('logs.groups');
/** By `streamKey`. */
export const logStreams = defineTable<LogStreamRow>('logs.streams');
export const metricFilters = defineTable<MetricFilterRow>('logs.metric-filters');
export const subscriptionFilters = defineTable<SubscriptionFilterRow>('logs.subscription-filters');
export const resourcePolicies = defineTable<{ name: string; document: string; updated: number }>(
  'logs.resource-policies',
);
export const queryDefinitions = defineTable<{
  id: string;
  name: string;
  query: string;
  groups: string[];
  modified: number;
}>('logs.query-definitions');

/** Neither name may hold a colon. */
export const streamKey = (group: string, stream: string): string => `${group}:${stream}`;

/** A table for each stream: a line more must not rewrite the lines before it. */
export const eventsOf = (scope: Scope, group: string, stream: string): Table<LogEventRow> =>
  defineTable<LogEventRow>(`logs.events:${streamKey(group, stream)}`).in(scope);

export const streamsOf = (scope: Scope, group: string): LogStreamRow[] =>
  logStreams
    .in(scope)
    .values()
    .filter((row) => row.group === group);
