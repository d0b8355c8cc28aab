import type { Target } from '@aws-sdk/client-eventbridge';
import { defineTable } from '../../kernel/scope.ts';

export interface Tag {
  Key: string;
  Value: string;
}

export interface BusRow {
  name: string;
  arn: string;
  description?: string;
  kmsKey?: string;
  deadLetterArn?: string;
  /** Its resource policy, as text. */
  policy?: string;
  created: number;
  modified: number;
  tags: Tag[];
}

export interface RuleRow {
  name: string;
  bus: string;
  arn: string;
  pattern?: string;
  schedule?: string;
  state: 'ENABLED' | 'DISABLED' | 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
  description?: string;
  roleArn?: string;
  /** Of the next run of its schedule. */
  timer?: string;
  targets: Target[];
  tags: Tag[];
}

export interface ArchiveRow {
  name: string;
  arn: string;
  sourceArn: string;
  description?: string;
  pattern?: string;
  retentionDays: number;
  created: number;
}

export const buses = defineTable<BusRow>('events.buses');
/** By `<bus>/<rule>`. */
export const rules = defineTable<RuleRow>('events.rules');
export const archives = defineTable<ArchiveRow>('events.archives');

export const DEFAULT_BUS = 'default';
export const ruleKey = (bus: string, name: string): string => `${bus}/${name}`;
