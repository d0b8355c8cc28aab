import { defineTable } from '../../kernel/scope.ts';

/** What a session was given, by the access key it acts with. */
export interface SessionRow {
  roleArn: string;
  tags: { Key: string; Value: string }[];
  /** Lower case: tag keys are compared without regard to case. */
  transitiveTagKeys: string[];
}

export const sessions = defineTable<SessionRow>('sts.sessions', 'partition');
