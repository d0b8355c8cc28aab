import { describe, expect, it } from 'vitest';
import { rootFailure } from './root-failure.ts';

const stack = {
  StackId: 'arn:stack',
  PhysicalResourceId: 'arn:stack',
  LogicalResourceId: 'shop',
  ResourceType: 'AWS::CloudFormation::Stack',
};
const resource = (LogicalResourceId: string, ResourceStatus: string, ResourceStatusReason?: string) => ({
  StackId: 'arn:stack',
  PhysicalResourceId: LogicalResourceId,
  LogicalResourceId,
  ResourceStatus,
  ...(ResourceStatusReason ? { ResourceStatusReason } : {}),
});

describe('the root failure of a stack', () => {
  it('is the earliest one of the newest operation, not what followed from it (F-04)', () => {
    const newestFirst = [
      { ...stack, ResourceStatus: 'UPDATE_ROLLBACK_COMPLETE' },
      {
        ...stack,
        ResourceStatus: 'UPDATE_ROLLBACK_IN_PROGRESS',
        ResourceStatusReason: 'The following resource(s) failed to update: [Role, Service].',
      },
      resource('Role', 'UPDATE_FAILED', 'Resource update cancelled'),
      resource('Service', 'UPDATE_FAILED', 'Circuit Breaker was triggered'),
      resource('Service', 'UPDATE_IN_PROGRESS'),
      { ...stack, ResourceStatus: 'UPDATE_IN_PROGRESS', ResourceStatusReason: 'User Initiated' },
      resource('Queue', 'UPDATE_FAILED', 'of an earlier operation'),
    ];
    expect(rootFailure(newestFirst)?.LogicalResourceId).toBe('Service');
  });

  it('is nothing where nothing failed', () => {
    expect(rootFailure([{ ...stack, ResourceStatus: 'CREATE_COMPLETE' }])).toBeUndefined();
  });
});
