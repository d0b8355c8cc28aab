import type { ClusterSetting } from '@aws-sdk/client-ecs';
import { invalid } from './faults.ts';

const INSIGHTS = ['enabled', 'disabled', 'enhanced'];

export function checkSettings(settings: readonly ClusterSetting[] | undefined): void {
  for (const { name, value } of settings ?? []) {
    if (name !== 'containerInsights') throw invalid(`Invalid cluster setting name: ${name}`);
    if (!INSIGHTS.includes(value ?? '')) throw invalid(`Invalid value for cluster setting containerInsights: ${value}`);
  }
}
