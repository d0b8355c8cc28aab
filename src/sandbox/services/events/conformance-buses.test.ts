import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DescribeEventBusCommand,
  ListEventBusesCommand,
  PutPermissionCommand,
  RemovePermissionCommand,
} from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { ARN, BUSES, open } from './event-scene.ts';

/**
 * Titles name the recording (LocalStack's suite, tests/aws/services/events/…). Not simulated: connections
 * (test_create_connection_validations) and schedules that come due (tests_schedule_*, test_schedule_cron_target_sqs).
 */
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
