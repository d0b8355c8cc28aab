import { describe, expect, it } from 'vitest';
import { failedResources, firstFailure } from './failed-resources.ts';

/** `Id STATUS reason`, oldest first; `shop` is the stack. */
const events = (...lines: string[]) =>
  lines
    .map((line) => {
      const [, id = '', status = '', reason = ''] = /^(\S+) (\S+) ?(.*)$/.exec(line) ?? [];
      return {
        StackId: 'arn:shop',
        PhysicalResourceId: id === 'shop' ? 'arn:shop' : `physical-${id}`,
        LogicalResourceId: id,
        ResourceType: id === 'shop' ? 'AWS::CloudFormation::Stack' : 'AWS::SQS::Queue',
        ResourceStatus: status,
        ResourceStatusReason: reason,
      };
    })
    .reverse();

const STUCK = events(
  'shop CREATE_IN_PROGRESS User Initiated',
  'Old CREATE_FAILED of another life',
  'shop CREATE_COMPLETE',
  'shop UPDATE_IN_PROGRESS User Initiated',
  'A UPDATE_IN_PROGRESS',
  'B UPDATE_IN_PROGRESS',
  'A UPDATE_FAILED the cause',
  'B UPDATE_FAILED Resource update cancelled',
  'shop UPDATE_ROLLBACK_IN_PROGRESS The following resource(s) failed to update: [A, B].',
  'B UPDATE_IN_PROGRESS',
  'B UPDATE_FAILED gone',
  'C UPDATE_FAILED Resource update cancelled',
  'D UPDATE_FAILED loud',
  'D UPDATE_FAILED louder',
  'E UPDATE_FAILED once',
  'E UPDATE_COMPLETE',
  'shop UPDATE_ROLLBACK_FAILED The following resource(s) failed to update: [B, D].',
);

describe('what keeps a stack where it is', () => {
  it('F-03 is what failed since the rollback began, earliest first, not what the rollback began with', () => {
    const failed = failedResources('UPDATE_ROLLBACK_FAILED', STUCK);
    expect(failed.map(({ logicalId, reason }) => `${logicalId} ${reason}`)).toEqual(['B gone', 'D loud']);
  });

  it('F-04 the cause is the first failure of what somebody asked for', () => {
    expect(firstFailure(STUCK)).toMatchObject({ logicalId: 'A', reason: 'the cause' });
  });

  it('F-04 the cause stays the same after the rollback was continued and failed again', () => {
    const again = [
      ...events(
        'shop UPDATE_ROLLBACK_IN_PROGRESS User Initiated',
        'D UPDATE_FAILED still',
        'shop UPDATE_ROLLBACK_FAILED The following resource(s) failed to update: [D].',
      ),
      ...STUCK,
    ];
    expect(firstFailure(again)).toMatchObject({ logicalId: 'A' });
    expect(failedResources('UPDATE_ROLLBACK_FAILED', again).map(({ logicalId }) => logicalId)).toEqual(['D']);
  });

  it.each([
    ['CREATE_FAILED', 'CREATE_IN_PROGRESS', 'CREATE_FAILED'],
    ['UPDATE_FAILED', 'UPDATE_IN_PROGRESS', 'UPDATE_FAILED'],
    ['ROLLBACK_FAILED', 'ROLLBACK_IN_PROGRESS', 'DELETE_FAILED'],
    ['DELETE_FAILED', 'DELETE_IN_PROGRESS', 'DELETE_FAILED'],
    ['IMPORT_ROLLBACK_FAILED', 'IMPORT_ROLLBACK_IN_PROGRESS', 'DELETE_FAILED'],
  ])('%s: looks at what failed since %s', (status, begun, failure) => {
    const life = events(`Before ${failure} x`, `shop ${begun}`, `After ${failure} y`, `shop ${status}`);
    expect(failedResources(status, life).map(({ logicalId }) => logicalId)).toEqual(['After']);
  });

  it('is nothing in a state that nothing is stuck in', () => {
    expect(failedResources('UPDATE_COMPLETE', STUCK)).toEqual([]);
    expect(firstFailure(events('shop CREATE_IN_PROGRESS User Initiated', 'A CREATE_COMPLETE'))).toBeUndefined();
  });
});
