import {
  DeleteRuleCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutTargetsCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { ARN, BUSES, open, PATTERN, QUEUE_ARN } from './event-scene.ts';

/**
 * Titles name the recording (LocalStack's suite, tests/aws/services/events/…). Not simulated: connections
 * (test_create_connection_validations).
 */
describe('rules', () => {
  it.each(BUSES)(
    'equal: TestEventRule::test_put_list_with_prefix_describe_delete_rule, test_put_multiple_rules_with_same_name, test_disable_re_enable_rule[%s]',
    async (_, EventBusName) => {
      const { events, bus, rule } = await open();
      await bus(EventBusName);
      const Arn = `${ARN}:rule/${EventBusName === 'default' ? '' : `${EventBusName}/`}r`;
      expect((await rule('r', EventBusName)).RuleArn).toBe(Arn);
      expect((await rule('r', EventBusName)).RuleArn).toBe(Arn);
      const shown = { Arn, EventBusName, EventPattern: PATTERN, Name: 'r', State: 'ENABLED' };
      expect(await answerOf(events.send(new ListRulesCommand({ EventBusName, NamePrefix: 'r' })))).toEqual({
        Rules: [shown],
      });
      const described = () => answerOf(events.send(new DescribeRuleCommand({ Name: 'r', EventBusName })));
      expect(await described()).toEqual({ ...shown, CreatedBy: '000000000000' });
      await events.send(new DisableRuleCommand({ Name: 'r', EventBusName }));
      expect(await described()).toMatchObject({ State: 'DISABLED' });
      await events.send(new EnableRuleCommand({ Name: 'r', EventBusName }));
      expect(await described()).toMatchObject({ State: 'ENABLED' });
      await events.send(new DeleteRuleCommand({ Name: 'r', EventBusName }));
      expect(await answerOf(events.send(new ListRulesCommand({ EventBusName })))).toEqual({ Rules: [] });
    },
  );

  it('equal: TestEventRule::test_list_rule_with_limit, test_describe_nonexistent_rule, test_delete_rule_with_targets, test_update_rule_with_targets', async () => {
    const { events, rule, target } = await open();
    for (const index of [0, 1, 2]) await rule(`r-${index}`);
    const { Rules, NextToken } = await events.send(new ListRulesCommand({ Limit: 2 }));
    const rest = await events.send(new ListRulesCommand({ Limit: 2, NextToken }));
    expect([...Rules!, ...rest.Rules!].map(({ Name }) => Name)).toEqual(['r-0', 'r-1', 'r-2']);
    expect(await answerOf(events.send(new DescribeRuleCommand({ Name: 'gone' })))).toEqual(
      refusal('ResourceNotFoundException', 'Rule gone does not exist on EventBus default.'),
    );
    await target('r-0');
    expect(await answerOf(events.send(new DeleteRuleCommand({ Name: 'r-0' })))).toEqual(
      refusal('ValidationException', "Rule can't be deleted since it has targets."),
    );
    await rule('r-0', undefined, '{"source":["other"]}');
    expect(await answerOf(events.send(new ListTargetsByRuleCommand({ Rule: 'r-0' })))).toEqual({
      Targets: [{ Id: 't', Arn: QUEUE_ARN }],
    });
  });

  it.each(BUSES)(
    'equal: TestEventRule::test_list_rule_names_by_target, …_with_limit, …_no_matches[%s]',
    async (_, EventBusName) => {
      const { events, bus, rule, target } = await open();
      await bus(EventBusName);
      for (const index of [0, 1, 2]) {
        await rule(`r${index}`, EventBusName);
        await target(`r${index}`, EventBusName);
      }
      const names = (more: object) =>
        answerOf(events.send(new ListRuleNamesByTargetCommand({ TargetArn: QUEUE_ARN, EventBusName, ...more })));
      expect(await names({})).toEqual({ RuleNames: ['r0', 'r1', 'r2'] });
      expect(await names({ Limit: 2 })).toEqual({ NextToken: expect.any(String), RuleNames: ['r0', 'r1'] });
      expect(await names({ TargetArn: `${QUEUE_ARN}-other` })).toEqual({ RuleNames: [] });
    },
  );
});

describe('targets', () => {
  it.each(BUSES)('equal: TestEventTarget::test_put_list_remove_target[%s]', async (_, EventBusName) => {
    const { events, bus, rule, target } = await open();
    await bus(EventBusName);
    await rule('r', EventBusName);
    const { $metadata: _metadata, ...put } = await target('r', EventBusName);
    expect(put).toEqual({ FailedEntries: [], FailedEntryCount: 0 });
    const remove = new RemoveTargetsCommand({ Rule: 'r', EventBusName, Ids: ['t'] });
    expect(await answerOf(events.send(remove))).toEqual({ FailedEntries: [], FailedEntryCount: 0 });
    expect(await answerOf(events.send(new ListTargetsByRuleCommand({ Rule: 'r', EventBusName })))).toEqual({
      Targets: [],
    });
  });

  it('equal: TestEventTarget::test_add_exceed_fife_targets_per_rule, test_list_target_by_rule_limit, test_put_multiple_targets_with_same_*', async () => {
    const { events, rule, target } = await open();
    await rule('r');
    const targets = (count: number) =>
      Array.from({ length: count }, (_, index) => ({ Id: `t${index}`, Arn: QUEUE_ARN }));
    expect(await answerOf(events.send(new PutTargetsCommand({ Rule: 'r', Targets: targets(6) })))).toEqual(
      refusal('LimitExceededException', 'The requested resource exceeds the maximum number allowed.'),
    );
    await events.send(new PutTargetsCommand({ Rule: 'r', Targets: targets(5) }));
    const list = (more: object) => events.send(new ListTargetsByRuleCommand({ Rule: 'r', ...more }));
    const first = await list({ Limit: 3 });
    expect(first.Targets).toEqual(targets(3));
    expect((await list({ Limit: 3, NextToken: first.NextToken })).Targets).toEqual(targets(5).slice(3));
    await target('r', undefined, { Id: 't0', InputPath: '$.detail' });
    expect((await list({})).Targets![0]).toEqual({ Id: 't0', Arn: QUEUE_ARN, InputPath: '$.detail' });
  });

  it.each([
    ['!@#$@!#$', 'Member must satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+'],
    ['x'.repeat(65), 'Member must have length less than or equal to 64'],
  ])('equal: TestEventTarget::test_put_target_id_validation (%s)', async (Id, complaint) => {
    const { events, rule } = await open();
    await rule('r');
    const sent = events.send(new PutTargetsCommand({ Rule: 'r', Targets: [{ Id, Arn: QUEUE_ARN }] }));
    expect(await answerOf(sent)).toEqual(
      refusal(
        'ValidationException',
        `1 validation error detected: Value '${Id}' at 'targets.1.member.id' failed to satisfy constraint: ${complaint}`,
      ),
    );
  });
});
