import { StackStatus } from '@aws-sdk/client-cloudformation';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hurdleOf } from './hurdle.ts';
import { type Blocked, planRecovery, type StuckStack } from './recovery-plan.ts';

const blockedBy = (logicalId: string, type: string, reason: string): Blocked => ({
  logicalId,
  type,
  physicalId: `physical-${logicalId}`,
  status: 'UPDATE_FAILED',
  reason,
  hurdle: hurdleOf({ type, reason }),
  skipName: logicalId,
  thing: `things.${logicalId}`,
});

const PROTECTED = blockedBy('Main', 'AWS::RDS::DBCluster', 'Cannot delete protected Cluster');
const GONE = blockedBy('Jobs', 'AWS::SQS::Queue', 'HandlerErrorCode: NotFound');
const COOLING = blockedBy('Mail', 'AWS::SQS::Queue', 'QueueDeletedRecently');
const FULL = blockedBy('Files', 'AWS::S3::Bucket', 'BucketNotEmpty');
const UNKNOWN = blockedBy('Thing', 'Custom::Thing', 'out of room');

const stack = (status: string, more: Partial<StuckStack> = {}): StuckStack => ({
  environment: 'prod',
  id: 'data',
  stackName: 'shop-prod-data',
  status,
  everStood: 'yes',
  terminationProtection: false,
  blocked: [],
  precious: [],
  lost: [],
  skip: [],
  retain: [],
  ...more,
});

/** `do CLASS confirm`, in order. */
const steps = (given: StuckStack): string[] =>
  planRecovery(given).steps.map(({ do: what, class: who, confirm }) => [what, who, confirm].filter(Boolean).join(' '));

const changedBy = (type: string, path: string) => ({ logicalId: 'Thing', type, differences: [path] });

const NEVER = { everStood: 'no' } as const;

describe('the plan', () => {
  it.each<[string, Partial<StuckStack>, string[]]>([
    ['UPDATE_COMPLETE', {}, []],
    ['UPDATE_COMPLETE', { lost: [{ logicalId: 'Jobs', type: 'AWS::SQS::Queue' }] }, ['restore ASK', 'prove AUTO']],
    ['UPDATE_COMPLETE', { changed: [changedBy('AWS::IAM::Role', '/Policies/0')] }, ['change-back ASK', 'prove AUTO']],
    ['UPDATE_COMPLETE', { changed: [changedBy('AWS::Events::Rule', '/Targets/0')] }, ['change-back ASK', 'prove AUTO']],
    ['UPDATE_COMPLETE', { changed: [changedBy('AWS::Events::Rule', '/State')] }, []],
    ['UPDATE_COMPLETE', { changed: [changedBy('AWS::EC2::SecurityGroup', '/SecurityGroupEgress/0')] }, []],
    ['UPDATE_COMPLETE', { changed: [changedBy('AWS::EC2::VPC', '/CidrBlock')] }, []],
    ['UPDATE_IN_PROGRESS', {}, ['wait-for-stack AUTO']],
    ['REVIEW_IN_PROGRESS', NEVER, ['delete-stack ASK']],
    ['ROLLBACK_COMPLETE', NEVER, ['delete-stack ASK']],
    [
      'ROLLBACK_COMPLETE',
      { ...NEVER, terminationProtection: true },
      ['unprotect-stack TYPED prod/stacks.data', 'delete-stack ASK'],
    ],
    ['CREATE_FAILED', NEVER, ['delete-stack ASK']],
    [
      'CREATE_FAILED',
      { ...NEVER, precious: [{ thing: 'databases.main', text: 'lost' }] },
      ['lose TYPED prod/databases.main', 'delete-stack ASK'],
    ],
    ['ROLLBACK_FAILED', { ...NEVER, blocked: [PROTECTED] }, ['unprotect TYPED prod/things.Main', 'delete-stack ASK']],
    [
      'DELETE_FAILED',
      { blocked: [FULL] },
      ['empty-bucket TYPED prod/things.Files', 'delete-stack TYPED prod/stacks.data'],
    ],
    ['DELETE_FAILED', { blocked: [FULL], retain: ['Files'] }, ['delete-stack TYPED prod/stacks.data']],
    ['DELETE_FAILED', { ...NEVER, blocked: [UNKNOWN] }, ['tell TELL', 'delete-stack ASK']],
    ['UPDATE_FAILED', {}, ['roll-back ASK', 'prove AUTO']],
    ['UPDATE_ROLLBACK_FAILED', { blocked: [COOLING] }, ['wait AUTO', 'continue-rollback ASK', 'prove AUTO']],
    [
      'UPDATE_ROLLBACK_FAILED',
      { blocked: [PROTECTED] },
      ['unprotect TYPED prod/things.Main', 'continue-rollback ASK', 'prove AUTO'],
    ],
    ['UPDATE_ROLLBACK_FAILED', { blocked: [UNKNOWN] }, ['tell TELL', 'continue-rollback ASK', 'prove AUTO']],
    [
      'UPDATE_ROLLBACK_FAILED',
      { blocked: [GONE, COOLING], skip: ['Jobs'] },
      ['wait AUTO', 'skip TYPED prod/data.Jobs', 'continue-rollback ASK', 'restore ASK', 'prove AUTO'],
    ],
  ])('%s with %j', (status, more, expected) => {
    expect(steps(stack(status, more))).toEqual(expected);
  });

  it('F-03 begins nothing that could only fail again, and names the way on', () => {
    const { stop } = planRecovery(stack('UPDATE_ROLLBACK_FAILED', { blocked: [GONE] }));
    expect(stop?.remedy).toContain('platform recover data --skip Jobs');
  });

  it('F-03 skips only what failed in the rollback', () => {
    const { stop, steps: none } = planRecovery(stack('UPDATE_ROLLBACK_FAILED', { blocked: [GONE], skip: ['Other'] }));
    expect(none).toEqual([]);
    expect(stop).toEqual({
      message: 'Other did not fail in the rollback of shop-prod-data, so it cannot be skipped',
      remedy: 'only these can be: Jobs',
    });
  });

  it('F-26 brings back the CDK’s own roles, and tells of others', () => {
    const role = (name: string) =>
      blockedBy('Q', 'AWS::SQS::Queue', `Role arn:aws:iam::1:role/${name} is invalid or cannot be assumed`);
    const plan = (name: string) => steps(stack('UPDATE_ROLLBACK_FAILED', { blocked: [role(name)] }))[0];
    expect(plan('cdk-hnb659fds-cfn-exec-role-1-us-east-1')).toBe('repair-bootstrap ASK');
    expect(plan('mine')).toBe('tell TELL');
  });

  it('stops in states that it knows no safe way out of', () => {
    for (const status of ['IMPORT_ROLLBACK_FAILED', 'SOMETHING_NEW_FAILED'])
      expect(planRecovery(stack(status))).toMatchObject({ steps: [], stop: { remedy: expect.any(String) } });
  });
});

const anyStack = fc.record({
  status: fc.constantFrom(...Object.values(StackStatus)),
  everStood: fc.constantFrom('yes', 'no', 'unknown') as fc.Arbitrary<StuckStack['everStood']>,
  terminationProtection: fc.boolean(),
  blocked: fc.subarray([PROTECTED, GONE, COOLING, FULL, UNKNOWN]),
  skip: fc.subarray(['Main', 'Jobs', 'Mail', 'Files', 'Thing', 'Never']),
  retain: fc.subarray(['Main', 'Jobs', 'Mail', 'Files', 'Thing', 'Never']),
  precious: fc.subarray([{ thing: 'databases.other', text: 'lost' }]),
});

describe('every plan', () => {
  const always = (title: string, holds: (given: StuckStack, plan: ReturnType<typeof planRecovery>) => void) =>
    it(title, () => {
      fc.assert(
        fc.property(anyStack, ({ status, ...more }) => {
          const given = stack(status, more);
          holds(given, planRecovery(given));
        }),
        { numRuns: 2_000 },
      );
    });

  always('deletes a stack that may have stood only by its typed name', ({ everStood }, { steps: planned }) => {
    const deletion = planned.find((step) => step.do === 'delete-stack');
    if (deletion && everStood !== 'no') expect(deletion).toMatchObject({ class: 'TYPED', confirm: 'prod/stacks.data' });
  });

  always('skips nothing that was not listed, and nothing unasked', ({ blocked, skip }, { steps: planned }) => {
    for (const step of planned.filter(({ do: what }) => what === 'skip')) {
      expect(skip).toContain(step.resource);
      expect(blocked.map(({ skipName }) => skipName)).toContain(step.resource);
      expect(step).toMatchObject({ class: 'TYPED', confirm: `prod/data.${step.resource}` });
    }
  });

  always('has what is lost typed, and what is typed named', (_, { steps: planned }) => {
    for (const { do: what, class: who, confirm } of planned) {
      if (['unprotect', 'empty-bucket', 'empty-repository', 'lose', 'unprotect-stack'].includes(what))
        expect(who).toBe('TYPED');
      expect(confirm !== undefined).toBe(who === 'TYPED');
    }
  });

  always('comes to an end: one act of CloudFormation, or a reason why not', ({ status }, { steps: planned, stop }) => {
    const acts = planned.filter(({ do: what }) =>
      ['continue-rollback', 'roll-back', 'delete-stack', 'wait-for-stack'].includes(what),
    );
    const rests = /_COMPLETE$/.test(status) && status !== 'ROLLBACK_COMPLETE';
    if (stop) expect(acts).toEqual([]);
    else expect(acts).toHaveLength(rests ? 0 : 1);
  });
});
