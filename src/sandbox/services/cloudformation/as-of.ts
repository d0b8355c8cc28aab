import { defineTable, type Scope } from '../../kernel/scope.ts';
import type { World } from '../../kernel/world.ts';

/** What AWS has changed in CloudFormation's answers, with the days between which the recordings show the change. */
const CHANGES = {
  /** Change sets with property values said `Replacement: True` of additions. Seen until 5 May, gone by 19 May 2025. */
  replacementOfAdditions: { until: '2025-05-12' },
  /** https://aws.amazon.com/about-aws/whats-new/2025/11/cloudformation-dev-test-cycle-validation-troubleshooting/ */
  earlyValidation: { since: '2025-11-18' },
  /** `LastOperations` of a stack came with the same launch: absent in October 2025, there in February 2026. */
  lastOperations: { since: '2025-11-18' },
} as const satisfies Record<string, { since?: string; until?: string }>;

const settings = defineTable<{ date: string }>('cloudformation.as-of', 'partition');

/**
 * Has CloudFormation answer as it did on a day (`2025-04-30`): to hold it against an older recording, or to rehearse a
 * failure that AWS now refuses earlier. Without it, CloudFormation is today's.
 */
export function actAsOf(world: World, date: string): void {
  settings.in({ world, account: '', region: '' }).put('date', { date });
}

/** Whether CloudFormation behaves so now, or on the day it was told to act as of. */
export function behaves({ world }: Scope, change: keyof typeof CHANGES): boolean {
  const date = settings.in({ world, account: '', region: '' }).get('date')?.date ?? '9999-12-31';
  const { since = '', until = '9999-99-99' }: { since?: string; until?: string } = CHANGES[change];
  return date >= since && date < until;
}
