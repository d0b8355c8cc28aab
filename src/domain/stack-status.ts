/**
 * What a deployment does with a stack, by its status. The statuses are CloudFormation's; what each allows:
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/view-stack-events.html#cfn-console-view-stack-data-resources-status-codes
 *
 * `create` nothing is there · `update` it stands still and may change · `wait` something is under way
 * · `recreate` an empty shell of a first creation that failed: to be deleted, after its cause was shown and a yes
 * · `discard` a change set that nobody executed: nothing exists yet, to be deleted after a yes
 * · `finish-delete` a deletion that got stuck: to be finished after a yes
 * · `stop` only a person can decide
 */
export type StackHandling =
  | { action: 'create' | 'update' }
  | { action: 'wait'; deleting: boolean }
  | { action: 'recreate' | 'discard' | 'finish-delete'; failure?: 'F-01' | 'F-02' | 'F-07' }
  | { action: 'stop'; failure: string; why: string };

const UPDATABLE = new Set([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
]);

/** Takes a CloudFormation StackStatus, or undefined where there is no such stack. */
export function handlingOf(status: string | undefined): StackHandling {
  if (status === undefined || status === 'DELETE_COMPLETE') return { action: 'create' };
  if (UPDATABLE.has(status)) return { action: 'update' };
  if (status === 'REVIEW_IN_PROGRESS') return { action: 'discard', failure: 'F-02' };
  if (status.endsWith('_IN_PROGRESS')) return { action: 'wait', deleting: status === 'DELETE_IN_PROGRESS' };
  if (status === 'ROLLBACK_COMPLETE') return { action: 'recreate', failure: 'F-01' };
  if (status === 'DELETE_FAILED') return { action: 'finish-delete', failure: 'F-07' };
  return STUCK[status] ?? unknown(status);
}

const STUCK: Record<string, StackHandling> = {
  CREATE_FAILED: {
    action: 'stop',
    failure: 'F-01',
    why: 'its first creation failed and was told not to roll back',
  },
  ROLLBACK_FAILED: {
    action: 'stop',
    failure: 'F-05',
    why: 'its first creation failed, and what had been made could not be removed',
  },
  UPDATE_FAILED: {
    action: 'stop',
    failure: 'F-03',
    why: 'an update failed and was told not to roll back',
  },
  UPDATE_ROLLBACK_FAILED: {
    action: 'stop',
    failure: 'F-03',
    why: 'an update failed, and so did the way back',
  },
  IMPORT_ROLLBACK_FAILED: {
    action: 'stop',
    failure: 'F-03',
    why: 'an import failed, and so did the way back',
  },
};

const unknown = (status: string): StackHandling => ({
  action: 'stop',
  failure: 'unknown-status',
  why: `CloudFormation calls its status ${status}, which this version does not know`,
});
