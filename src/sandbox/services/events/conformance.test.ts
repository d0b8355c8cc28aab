import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DeleteRuleCommand,
  DescribeEventBusCommand,
  DescribeRuleCommand,
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListEventBusesCommand,
  ListRuleNamesByTargetCommand,
  ListRulesCommand,
  ListTargetsByRuleCommand,
  PutEventsCommand,
  type PutEventsRequestEntry,
  PutPermissionCommand,
  PutRuleCommand,
  PutTargetsCommand,
  RemovePermissionCommand,
  RemoveTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';

/**
 * Titles name the recording (LocalStack's suite, tests/aws/services/events/…). Not simulated: connections
 * (test_create_connection_validations) and schedules that come due (tests_schedule_*, test_schedule_cron_target_sqs).
 */
const ARN = 'arn:aws:events:us-east-1:000000000000';
const QUEUE_ARN = 'arn:aws:sqs:us-east-1:000000000000:q';
const PATTERN = JSON.stringify({ source: ['order'], detail: { command: ['place'] } });
const entry = (more: PutEventsRequestEntry = {}): PutEventsRequestEntry => ({
  Source: 'order',
  DetailType: 'Placed',
  Detail: '{"command":"place"}',
  ...more,
});
const BUSES = [['custom', 'orders'] as const, ['default', 'default'] as const];

async function open() {
  const sandbox = await startSandbox();
  sandbox.world.pause();
  const events = sandbox.client(EventBridgeClient);
  const sqs = sandbox.client(SQSClient);
  const bus = async (Name: string) => {
    if (Name !== 'default') await events.send(new CreateEventBusCommand({ Name }));
  };
  const rule = (Name: string, EventBusName?: string, EventPattern = PATTERN) =>
    events.send(new PutRuleCommand({ Name, EventBusName, EventPattern }));
  const target = (Rule: string, EventBusName?: string, more: object = {}) =>
    events.send(new PutTargetsCommand({ Rule, EventBusName, Targets: [{ Id: 't', Arn: QUEUE_ARN, ...more }] }));
  const queue = async () => {
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: '*' },
      ],
    });
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'q', Attributes: { Policy } }));
    return async () => {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      return Messages.map(({ Body }) => JSON.parse(Body!));
    };
  };
  return { events, bus, rule, target, queue };
}

describe('events', () => {
  it.each([
    ['test_put_events_without_source', { Source: undefined }, 'Source'],
    ['test_put_event_without_detail', { Detail: undefined }, 'Detail'],
    ['test_put_event_without_detail_type', { DetailType: undefined }, 'DetailType'],
  ])('equal: TestEvents::%s', async (_, more, name) => {
    const { events } = await open();
    expect(await answerOf(events.send(new PutEventsCommand({ Entries: [entry(more)] })))).toEqual({
      FailedEntryCount: 1,
      Entries: [
        {
          ErrorCode: 'InvalidArgument',
          ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
        },
      ],
    });
  });

  it.each([
    ['STRING', 'text'],
    ['ARRAY', '[1]'],
    ['MALFORMED_JSON', '{"a":'],
    ['SERIALIZED_STRING', '"text"'],
  ])('equal: TestEvents::test_put_event_malformed_detail[%s]', async (_, Detail) => {
    const { events } = await open();
    expect(await answerOf(events.send(new PutEventsCommand({ Entries: [entry({ Detail })] })))).toEqual({
      FailedEntryCount: 1,
      Entries: [{ ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' }],
    });
  });

  it('equal (past a limit that AWS has raised since): TestEvents::test_put_event_with_too_big_detail', async () => {
    const { events } = await open();
    const Detail = JSON.stringify({ text: 'x'.repeat(1_100_000) });
    expect(await answerOf(events.send(new PutEventsCommand({ Entries: [entry({ Detail })] })))).toEqual(
      refusal('ValidationException', 'Total size of the entries in the request is over the limit.'),
    );
  });

  it.each(BUSES)('equal: TestEvents::test_put_events_exceed_limit_ten_entries[%s]', async (_, EventBusName) => {
    const { events, bus } = await open();
    await bus(EventBusName);
    const Entries = Array.from({ length: 11 }, () => entry({ EventBusName }));
    const one = `PutEventsRequestEntry(time=null, source=order, resources=null, detailType=Placed, detail={"command":"place"}, eventBusName=${EventBusName}, traceHeader=null, kmsKeyIdentifier=null, internalMetadata=null)`;
    expect(await answerOf(events.send(new PutEventsCommand({ Entries })))).toEqual(
      refusal(
        'ValidationException',
        `1 validation error detected: Value '[${Array(11).fill(one).join(', ')}]' at 'entries' failed to satisfy constraint: Member must have length less than or equal to 10`,
      ),
    );
  });

  it('equal: TestEvents::test_put_events_with_time_field, test_put_events_time', async () => {
    const { events, rule, target, queue } = await open();
    const messages = await queue();
    await rule('r');
    await target('r');
    const Time = new Date('2026-01-02T03:04:05Z');
    const { Entries } = await events.send(new PutEventsCommand({ Entries: [entry({ Time })] }));
    expect(await messages()).toEqual([
      {
        version: '0',
        id: Entries![0]!.EventId,
        'detail-type': 'Placed',
        source: 'order',
        account: '000000000000',
        time: '2026-01-02T03:04:05Z',
        region: 'us-east-1',
        resources: [],
        detail: { command: 'place' },
      },
    ]);
  });

  it('equal: TestEvents::test_put_events_with_target_delivery_failure, TestEventBus::test_put_events_nonexistent_event_bus', async () => {
    const { events, rule, target } = await open();
    await rule('r');
    await target('r');
    const Entries = [entry(), entry({ EventBusName: 'nowhere' })];
    expect(await answerOf(events.send(new PutEventsCommand({ Entries })))).toEqual({
      FailedEntryCount: 0,
      Entries: [{ EventId: expect.any(String) }, { EventId: expect.any(String) }],
    });
  });

  it('equal: TestEventRule::test_process_to_multiple_matching_rules_single_target, test_process_to_single_matching_rules_single_target', async () => {
    const { events, rule, target, queue } = await open();
    const messages = await queue();
    for (const name of ['one', 'two', 'other']) {
      await rule(name, undefined, name === 'other' ? '{"source":["shipment"]}' : PATTERN);
      await target(name);
    }
    await events.send(new PutEventsCommand({ Entries: [entry()] }));
    expect(await messages()).toHaveLength(2);
  });

  it('equal: TestEventBus::test_put_events_bus_to_bus[standard|domain|path], test_put_events_to_default_eventbus_for_custom_eventbus', async () => {
    const { events, bus, rule, target, queue } = await open();
    const messages = await queue();
    for (const name of ['orders', 'org.example.orders', 'org/orders']) {
      await bus(name);
      await rule(`to-${name.replaceAll('/', '-')}`);
      await target(`to-${name.replaceAll('/', '-')}`, undefined, { Arn: `${ARN}:event-bus/${name}` });
      await rule('r', name);
      await target('r', name);
    }
    await events.send(new PutEventsCommand({ Entries: [entry()] }));
    expect(await messages()).toHaveLength(3);
  });

  it('gives targets a part of the event, a constant, or a text made of parts', async () => {
    const { events, rule, target, queue } = await open();
    const messages = await queue();
    await rule('r');
    await target('r', undefined, { Id: 'a', InputPath: '$.detail' });
    await target('r', undefined, { Id: 'b', Input: '{"fixed":true}' });
    await target('r', undefined, {
      Id: 'c',
      InputTransformer: {
        InputPathsMap: { command: '$.detail.command', all: '$.detail' },
        InputTemplate: '{"said": "do <command> now", "only": <command>, "all": <all>}',
      },
    });
    await events.send(new PutEventsCommand({ Entries: [entry()] }));
    expect(await messages()).toEqual([
      { command: 'place' },
      { fixed: true },
      { said: 'do place now', only: 'place', all: { command: 'place' } },
    ]);
  });
});

describe('buses', () => {
  const shown = (name: string, more: object = {}) => ({
    Arn: `${ARN}:event-bus/${name}`,
    CreationTime: expect.any(Date),
    LastModifiedTime: expect.any(Date),
    Name: name,
    ...more,
  });

  it.each([
    ['True-regions0|regions1', { Description: 'test bus' }],
    ['False-regions0|regions1', {}],
  ])('equal: TestEventBus::test_create_list_describe_delete_custom_event_buses[%s]', async (_, description) => {
    const { events } = await open();
    expect(await answerOf(events.send(new CreateEventBusCommand({ Name: 'orders', ...description })))).toEqual({
      EventBusArn: `${ARN}:event-bus/orders`,
      ...description,
    });
    const list = () => answerOf(events.send(new ListEventBusesCommand({ NamePrefix: 'orders' })));
    expect(await list()).toEqual({ EventBuses: [shown('orders', description)] });
    expect(await answerOf(events.send(new DescribeEventBusCommand({ Name: 'orders' })))).toEqual(
      shown('orders', description),
    );
    await events.send(new DeleteEventBusCommand({ Name: 'orders' }));
    expect(await list()).toEqual({ EventBuses: [] });
  });

  it('equal: TestEventBus::test_create_multiple_event_buses_same_name, test_describe_delete_not_existing_event_bus, test_delete_default_event_bus', async () => {
    const { events, bus } = await open();
    await bus('orders');
    expect(await answerOf(events.send(new CreateEventBusCommand({ Name: 'orders' })))).toEqual(
      refusal('ResourceAlreadyExistsException', 'Event bus orders already exists.'),
    );
    const gone = refusal('ResourceNotFoundException', 'Event bus gone does not exist.');
    expect(await answerOf(events.send(new DescribeEventBusCommand({ Name: 'gone' })))).toEqual(gone);
    expect(await answerOf(events.send(new DeleteEventBusCommand({ Name: 'gone' })))).toEqual(gone);
    expect(await answerOf(events.send(new DeleteEventBusCommand({ Name: 'default' })))).toEqual(
      refusal('ValidationException', 'Cannot delete event bus default.'),
    );
  });

  it('equal: TestEventBus::test_list_event_buses_with_prefix, test_list_event_buses_with_limit', async () => {
    const { events, bus } = await open();
    for (const index of [0, 1, 2, 3]) await bus(`p-${index}`);
    await bus('other');
    const first = await events.send(new ListEventBusesCommand({ NamePrefix: 'p-', Limit: 3 }));
    expect(first.EventBuses).toEqual(['p-0', 'p-1', 'p-2'].map((name) => shown(name)));
    const rest = { NamePrefix: 'p-', Limit: 3, NextToken: first.NextToken };
    expect(await answerOf(events.send(new ListEventBusesCommand(rest)))).toEqual({ EventBuses: [shown('p-3')] });
  });

  it.each(BUSES)('equal: TestEventBus::test_put_permission, test_remove_permission[%s]', async (_, EventBusName) => {
    const { events, bus } = await open();
    await bus(EventBusName);
    const allow = (StatementId: string, Principal: string) =>
      events.send(new PutPermissionCommand({ EventBusName, StatementId, Principal, Action: 'events:PutEvents' }));
    await allow('one', '111111111111');
    await allow('all', '*');
    const policy = async () => {
      const { Policy } = await events.send(new DescribeEventBusCommand({ Name: EventBusName }));
      return Policy === undefined ? undefined : JSON.parse(Policy);
    };
    const statement = (Sid: string, Principal: unknown) => ({
      Sid,
      Effect: 'Allow',
      Principal,
      Action: 'events:PutEvents',
      Resource: `${ARN}:event-bus/${EventBusName}`,
    });
    const one = statement('one', { AWS: 'arn:aws:iam::111111111111:root' });
    expect(await policy()).toEqual({ Version: '2012-10-17', Statement: [one, statement('all', '*')] });
    await events.send(new RemovePermissionCommand({ EventBusName, StatementId: 'all' }));
    expect(await policy()).toEqual({ Version: '2012-10-17', Statement: [one] });
    await events.send(new RemovePermissionCommand({ EventBusName, RemoveAllPermissions: true }));
    expect(await policy()).toBeUndefined();
  });

  it('equal: TestEventBus::test_put_permission_non_existing_event_bus, test_remove_permission_non_existing_sid[*]', async () => {
    const { events, bus } = await open();
    await bus('orders');
    const allow = { StatementId: 's', Principal: '*', Action: 'events:PutEvents' };
    expect(await answerOf(events.send(new PutPermissionCommand({ EventBusName: 'gone', ...allow })))).toEqual(
      refusal('ResourceNotFoundException', 'Event bus gone does not exist.'),
    );
    for (const EventBusName of ['orders', 'default']) {
      const remove = () => answerOf(events.send(new RemovePermissionCommand({ EventBusName, StatementId: 'no-such' })));
      const missing = refusal('ResourceNotFoundException', 'Statement with the provided id does not exist.');
      expect(await remove()).toEqual(missing);
      await events.send(new PutPermissionCommand({ EventBusName, ...allow }));
      expect(await remove()).toEqual(missing);
    }
  });
});

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
