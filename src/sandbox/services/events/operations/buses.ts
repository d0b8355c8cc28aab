import type {
  CreateEventBusCommandInput,
  DeleteEventBusCommandInput,
  DescribeEventBusCommandInput,
  ListEventBusesCommandInput,
  PutPermissionCommandInput,
  RemovePermissionCommandInput,
  UpdateEventBusCommandInput,
} from '@aws-sdk/client-eventbridge';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { busNameOf, findBus, lookUpBus, rulesOn } from '../find.ts';
import { alreadyExists, invalid, limitExceeded, notFound, pageOf, requireValid } from '../refusals.ts';
import { type BusRow, buses, DEFAULT_BUS } from '../state.ts';
import { mergeTags } from '../tags.ts';

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html */
const BUSES = 100;

export function createEventBus(input: CreateEventBusCommandInput, call: Call) {
  const { Name: name = '', Description, KmsKeyIdentifier, DeadLetterConfig } = input;
  requireValid(['name', input.Name, { required: true, length: [1, 256], pattern: '[/\\.\\-_A-Za-z0-9]+' }]);
  if (lookUpBus(name, call)) throw alreadyExists(`Event bus ${name} already exists.`);
  if (buses.in(call).size >= BUSES) throw limitExceeded();
  const now = call.world.clock.stamp();
  const { arn } = buses.in(call).put(name, {
    name,
    arn: `arn:aws:events:${call.region}:${call.account}:event-bus/${name}`,
    created: now,
    modified: now,
    tags: mergeTags([], input.Tags),
    ...(Description !== undefined && { description: Description }),
    ...(KmsKeyIdentifier !== undefined && { kmsKey: KmsKeyIdentifier }),
    ...(DeadLetterConfig?.Arn !== undefined && { deadLetterArn: DeadLetterConfig.Arn }),
  });
  return { EventBusArn: arn, ...(Description !== undefined && { Description }) };
}

const answer = (row: BusRow) => ({
  Name: row.name,
  Arn: row.arn,
  ...(row.description !== undefined && { Description: row.description }),
  ...(row.policy !== undefined && { Policy: row.policy }),
  CreationTime: new Date(row.created),
  LastModifiedTime: new Date(row.modified),
});

export function describeEventBus({ Name }: DescribeEventBusCommandInput, call: Call) {
  const row = findBus(Name, call);
  return {
    ...answer(row),
    ...(row.kmsKey !== undefined && { KmsKeyIdentifier: row.kmsKey }),
    ...(row.deadLetterArn !== undefined && { DeadLetterConfig: { Arn: row.deadLetterArn } }),
  };
}

export function listEventBuses(input: ListEventBusesCommandInput, call: Call) {
  lookUpBus(DEFAULT_BUS, call);
  const rows = buses
    .in(call)
    .values()
    .filter(({ name }) => name.startsWith(input.NamePrefix ?? ''))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { items, end } = pageOf(rows, input);
  return { EventBuses: items.map(answer), ...end };
}

export function updateEventBus(input: UpdateEventBusCommandInput, call: Call) {
  const { name } = findBus(input.Name, call);
  const row = buses.in(call).update(name, (draft) => {
    if (input.Description !== undefined) draft.description = input.Description;
    if (input.KmsKeyIdentifier !== undefined) draft.kmsKey = input.KmsKeyIdentifier;
    if (input.DeadLetterConfig?.Arn !== undefined) draft.deadLetterArn = input.DeadLetterConfig.Arn;
    draft.modified = call.world.clock.stamp();
  });
  return { Arn: row.arn, Name: row.name, ...(row.description !== undefined && { Description: row.description }) };
}

export function deleteEventBus({ Name }: DeleteEventBusCommandInput, call: Call): Record<string, never> {
  if (busNameOf(Name) === DEFAULT_BUS) throw invalid('Cannot delete event bus default.');
  const { name } = findBus(Name, call);
  if (rulesOn(name, call).length > 0) throw invalid(`Event bus ${name} can't be deleted since it has rules.`);
  buses.in(call).delete(name);
  return {};
}

interface Policy {
  Version: string;
  Statement: { Sid?: string }[];
}

const policyOf = ({ policy }: BusRow): Policy =>
  policy === undefined ? { Version: '2012-10-17', Statement: [] } : JSON.parse(policy);

export function putPermission(input: PutPermissionCommandInput, call: Call): Record<string, never> {
  const row = findBus(input.EventBusName, call);
  if (input.Policy !== undefined) return setPolicy(row, parsePolicy(input.Policy), call);
  const { Action = '', Principal = '', StatementId = '', Condition } = input;
  requireValid(
    ['statementId', input.StatementId, { required: true, length: [1, 64], pattern: '[a-zA-Z0-9-_]+' }],
    ['principal', input.Principal, { required: true, pattern: '(\\d{12}|\\*)' }],
  );
  if (Action !== 'events:PutEvents') throw invalid("Provided value in parameter 'action' is not supported.");
  const policy = policyOf(row);
  const statement = {
    Sid: StatementId,
    Effect: 'Allow',
    Principal: Principal === '*' ? '*' : { AWS: `arn:aws:iam::${Principal}:root` },
    Action,
    Resource: row.arn,
    ...(Condition && { Condition: { [Condition.Type!]: { [Condition.Key!]: Condition.Value } } }),
  };
  const others = policy.Statement.filter(({ Sid }) => Sid !== StatementId);
  return setPolicy(row, { ...policy, Statement: [...others, statement] }, call);
}

function parsePolicy(text: string): Policy {
  try {
    const { Version = '2012-10-17', Statement } = JSON.parse(text);
    return { Version, Statement: [Statement].flat() };
  } catch {
    throw invalid('The policy is not valid JSON.');
  }
}

export function removePermission(input: RemovePermissionCommandInput, call: Call): Record<string, never> {
  const row = findBus(input.EventBusName, call);
  if (input.RemoveAllPermissions) return setPolicy(row, { Version: '2012-10-17', Statement: [] }, call);
  const policy = policyOf(row);
  const left = policy.Statement.filter(({ Sid }) => Sid !== input.StatementId);
  if (left.length === policy.Statement.length) throw notFound('Statement with the provided id does not exist.');
  return setPolicy(row, { ...policy, Statement: left }, call);
}

function setPolicy(row: BusRow, policy: Policy, call: Call): Record<string, never> {
  const text = JSON.stringify(policy);
  if (text.length > 10_240) throw new AwsFault('PolicyLengthExceededException', 'The event bus policy is too long.');
  buses.in(call).update(row.name, (draft) => {
    if (policy.Statement.length === 0) delete draft.policy;
    else draft.policy = text;
    draft.modified = call.world.clock.stamp();
  });
  return {};
}
