import { PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { ARN, BUSES, entry, open, PATTERN } from './event-scene.ts';

/**
 * Titles name the recording (LocalStack's suite, tests/aws/services/events/…). Not simulated: connections
 * (test_create_connection_validations) and schedules that come due (tests_schedule_*, test_schedule_cron_target_sqs).
 */
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
