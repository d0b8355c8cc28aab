import { ListRulesCommand, PutRuleCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { ARN, open } from './event-scene.ts';

/**
 * Titles name the recording (LocalStack's suite, tests/aws/services/events/…). Not simulated: connections
 * (test_create_connection_validations) and schedules that come due (tests_schedule_*, test_schedule_cron_target_sqs).
 */
describe('schedules', () => {
  it.each([
    'rate(1 minute)',
    'cron(* * ? * SAT#3 *)',
    'cron(0 10 * * ? *)',
    'cron(0 18 ? * MON-FRI *)',
    'cron(0 2 ? * SAT *)',
    'cron(0/10 * ? * MON-FRI *)',
    'cron(0/15 * * * ? *)',
    'cron(0/5 5 ? JAN 1-5 2022)',
    'cron(0/30 20-23 ? * MON-FRI *)',
    'cron(15 10 ? * 6L 2002-2005)',
    'cron(5,35 14 * * ? *)',
    'cron(0 8 1 * ? *)',
  ])(
    'equal: TestScheduleRate::test_put_rule_with_schedule_rate, TestScheduleCron::tests_put_rule_with_schedule_cron[%s]',
    async (ScheduleExpression) => {
      const { events } = await open();
      await events.send(new PutRuleCommand({ Name: 'r', ScheduleExpression }));
      expect((await events.send(new ListRulesCommand({}))).Rules).toEqual([
        { Arn: `${ARN}:rule/r`, EventBusName: 'default', Name: 'r', ScheduleExpression, State: 'ENABLED' },
      ]);
    },
  );

  it.each([
    'cron(0 1 * * * *)',
    'cron(0 dummy ? * MON-FRI *)',
    'cron(7 20 * * NOT *)',
    'cron(71 8 1 * ? *)',
    'cron(INVALID)',
    'rate(1 minutes)',
  ])('equal: TestScheduleCron::tests_put_rule_with_invalid_schedule_cron[%s]', async (ScheduleExpression) => {
    const { events } = await open();
    expect(await answerOf(events.send(new PutRuleCommand({ Name: 'r', ScheduleExpression })))).toEqual(
      refusal('ValidationException', 'Parameter ScheduleExpression is not valid.'),
    );
  });

  it('equal: TestScheduleRate::tests_put_rule_with_schedule_custom_event_bus', async () => {
    const { events, bus } = await open();
    await bus('orders');
    const sent = events.send(
      new PutRuleCommand({ Name: 'r', EventBusName: 'orders', ScheduleExpression: 'rate(1 minute)' }),
    );
    expect(await answerOf(sent)).toEqual(
      refusal('ValidationException', 'ScheduleExpression is supported only on the default event bus.'),
    );
  });
});
