import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { type CreateScheduleInput, Scheduler } from '@aws-sdk/client-scheduler';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../../testing/start-sandbox.ts';
import { nextRun } from './run-schedule.ts';

const ARN = 'arn:aws:lambda:us-east-1:000000000000:function:f:live';

async function open() {
  const sandbox = await startSandbox();
  const iam = sandbox.client(IAMClient);
  const roleFor = async (RoleName: string, Service: string) => {
    const Statement = [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }];
    const AssumeRolePolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    return (await iam.send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }))).Role!.Arn!;
  };
  const RoleArn = await roleFor('starts', 'scheduler.amazonaws.com');
  const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement: [] });
  await iam.send(new PutRolePolicyCommand({ RoleName: 'starts', PolicyName: 'p', PolicyDocument }));
  const scheduler = sandbox.client(Scheduler);
  const input = (more: Partial<CreateScheduleInput> = {}): CreateScheduleInput => ({
    Name: 'nightly',
    ScheduleExpression: 'cron(30 2 * * ? *)',
    ScheduleExpressionTimezone: 'Europe/Berlin',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: { Arn: ARN, RoleArn },
    ...more,
  });
  return { scheduler, input, other: await roleFor('other', 'lambda.amazonaws.com'), RoleArn };
}

describe('schedules', () => {
  it('are made, read, changed as a whole, listed and deleted', async () => {
    const { scheduler, input, RoleArn } = await open();
    const { ScheduleArn } = await scheduler.createSchedule(input({ Description: 'at night' }));
    expect(ScheduleArn).toBe('arn:aws:scheduler:us-east-1:000000000000:schedule/default/nightly');
    await expect(scheduler.createSchedule(input())).rejects.toMatchObject({ name: 'ConflictException' });
    expect(await scheduler.getSchedule({ Name: 'nightly' })).toMatchObject({
      State: 'ENABLED',
      Description: 'at night',
      GroupName: 'default',
      ScheduleExpressionTimezone: 'Europe/Berlin',
      Target: { Arn: ARN, RoleArn, RetryPolicy: { MaximumRetryAttempts: 185 } },
    });
    await scheduler.updateSchedule(input({ State: 'DISABLED', ScheduleExpression: 'rate(5 minutes)' }));
    const changed = await scheduler.getSchedule({ Name: 'nightly' });
    expect(changed).toMatchObject({ State: 'DISABLED', ScheduleExpression: 'rate(5 minutes)' });
    expect(changed.Description).toBeUndefined();
    expect((await scheduler.listSchedules({ NamePrefix: 'night' })).Schedules).toMatchObject([{ Name: 'nightly' }]);
    await scheduler.deleteSchedule({ Name: 'nightly' });
    await expect(scheduler.getSchedule({ Name: 'nightly' })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await expect(scheduler.updateSchedule(input())).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('are refused with a role that does not trust Scheduler, and with what is not simulated', async () => {
    const { scheduler, input, other, RoleArn } = await open();
    const refused = async (more: Partial<CreateScheduleInput>, message: string) =>
      expect(scheduler.createSchedule(input(more))).rejects.toMatchObject({
        name: 'ValidationException',
        message: expect.stringContaining(message),
      });
    await refused({ Target: { Arn: ARN, RoleArn: other } }, 'must allow AWS EventBridge Scheduler to assume the role');
    await refused({ Target: { Arn: 'arn:aws:sqs:us-east-1:000000000000:q', RoleArn } }, 'schedules of functions');
    await refused({ ScheduleExpressionTimezone: 'Europe/Atlantis' }, 'Invalid Timezone');
    await refused({ ScheduleExpression: 'rate(1 minutes)' }, 'Invalid Schedule Expression');
    await refused({ ScheduleExpression: 'cron(0 3 L * ? *)' }, 'does not read');
    await refused({ FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 5 } }, 'flexible time window');
    await refused({ Name: 'a b' }, "Value 'a b' at 'name'");
  });

  it('go by the clock of their zone: what a change of clocks leaves out is skipped, what comes twice runs once', () => {
    const nightly = { expression: 'cron(30 2 * * ? *)', timezone: 'Europe/Berlin' };
    const runs = (from: string, count: number) => {
      const all: string[] = [];
      for (let at = Date.parse(from); all.length < count; ) {
        at = nextRun(nightly, at)!;
        all.push(new Date(at).toISOString().slice(0, 16));
      }
      return all;
    };
    expect(runs('2027-03-26T12:00:00Z', 3)).toEqual(['2027-03-27T01:30', '2027-03-29T00:30', '2027-03-30T00:30']);
    const autumn = runs('2027-10-30T12:00:00Z', 2);
    expect(autumn[0]).toMatch(/^2027-10-31T0[01]:30$/);
    expect(autumn[1]).toBe('2027-11-01T01:30');
    expect(new Date(nextRun({ ...nightly, timezone: 'UTC' }, Date.parse('2027-03-28T00:00:00Z'))!).toISOString()).toBe(
      '2027-03-28T02:30:00.000Z',
    );
  });
});
