import { StackStatus } from '@aws-sdk/client-cloudformation';
import { expect, it } from 'vitest';
import { handlingOf } from './stack-status.ts';

const TABLE: Record<keyof typeof StackStatus, string> = {
  CREATE_COMPLETE: 'update',
  CREATE_FAILED: 'stop F-01',
  CREATE_IN_PROGRESS: 'wait',
  DELETE_COMPLETE: 'create',
  DELETE_FAILED: 'finish-delete F-07',
  DELETE_IN_PROGRESS: 'wait',
  IMPORT_COMPLETE: 'update',
  IMPORT_IN_PROGRESS: 'wait',
  IMPORT_ROLLBACK_COMPLETE: 'update',
  IMPORT_ROLLBACK_FAILED: 'stop F-03',
  IMPORT_ROLLBACK_IN_PROGRESS: 'wait',
  REVIEW_IN_PROGRESS: 'discard F-02',
  ROLLBACK_COMPLETE: 'recreate F-01',
  ROLLBACK_FAILED: 'stop F-05',
  ROLLBACK_IN_PROGRESS: 'wait',
  UPDATE_COMPLETE: 'update',
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: 'wait',
  UPDATE_FAILED: 'stop F-03',
  UPDATE_IN_PROGRESS: 'wait',
  UPDATE_ROLLBACK_COMPLETE: 'update',
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: 'wait',
  UPDATE_ROLLBACK_FAILED: 'stop F-03',
  UPDATE_ROLLBACK_IN_PROGRESS: 'wait',
};

it.each(Object.values(StackStatus))('knows what a deployment does with a stack that is %s', (status) => {
  const handling = handlingOf(status);
  const failure = 'failure' in handling && handling.failure ? ` ${handling.failure}` : '';
  expect(`${handling.action}${failure}`).toBe(TABLE[status]);
});

it('makes a stack that is not there, and tells a deletion from other work', () => {
  expect(handlingOf(undefined)).toEqual({ action: 'create' });
  expect(handlingOf('DELETE_IN_PROGRESS')).toEqual({ action: 'wait', deleting: true });
  expect(handlingOf('UPDATE_IN_PROGRESS')).toEqual({ action: 'wait', deleting: false });
});

it('stops at a status that it does not know, and says why at each that wants a person', () => {
  for (const status of [...Object.values(StackStatus), 'SOMETHING_NEW']) {
    const handling = handlingOf(status);
    if (handling.action === 'stop') expect(handling.why).toMatch(/\w/);
  }
  expect(handlingOf('SOMETHING_NEW')).toMatchObject({ action: 'stop', failure: 'unknown-status' });
});
