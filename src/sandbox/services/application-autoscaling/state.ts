import type {
  ScalableTarget,
  ScalingActivity,
  ScalingPolicy,
  ScheduledAction,
} from '@aws-sdk/client-application-auto-scaling';
import { defineTable } from '../../kernel/scope.ts';

type Filled<T, Keys extends keyof T> = Omit<T, Keys> & { [Key in Keys]-?: Exclude<T[Key], undefined> };

export type TargetRow = Omit<
  Filled<ScalableTarget, 'ServiceNamespace' | 'ResourceId' | 'ScalableDimension' | 'MinCapacity' | 'MaxCapacity'>,
  'CreationTime'
> & { ScalableTargetARN: string; createdAt: number };

export type PolicyRow = Omit<
  Filled<ScalingPolicy, 'PolicyName' | 'PolicyARN' | 'ServiceNamespace' | 'ResourceId' | 'ScalableDimension'>,
  'CreationTime'
> & { createdAt: number };

export type ActionRow = Omit<
  Filled<ScheduledAction, 'ScheduledActionName' | 'Schedule' | 'ServiceNamespace' | 'ResourceId'>,
  'CreationTime' | 'StartTime' | 'EndTime'
> & { createdAt: number; startsAt?: number; endsAt?: number; timer?: string };

export type ActivityRow = Omit<ScalingActivity, 'StartTime' | 'EndTime'> & { startedAt: number; endedAt: number };

export const targets = defineTable<TargetRow>('application-autoscaling.targets');
export const policies = defineTable<PolicyRow>('application-autoscaling.policies');
export const actions = defineTable<ActionRow>('application-autoscaling.scheduled-actions');
export const activities = defineTable<ActivityRow>('application-autoscaling.activities');
export const tags = defineTable<Record<string, string>>('application-autoscaling.tags');
