import type {
  AddPermissionCommandInput,
  GetQueueAttributesCommandInput,
  RemovePermissionCommandInput,
  SetQueueAttributesCommandInput,
} from '@aws-sdk/client-sqs';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { changedAttributes, effectiveAttributes } from '../attributes.ts';
import { findQueue, scopeOf } from '../find-queue.ts';
import { liveMessages } from '../receive.ts';
import { invalidParameter, missingParameter } from '../refusals.ts';
import { type QueueRow, queues } from '../state.ts';

export function getQueueAttributes({ QueueUrl, AttributeNames = [] }: GetQueueAttributesCommandInput, call: Call) {
  const row = findQueue(QueueUrl, call);
  const all = allAttributes(row, scopeOf(call, row));
  const names: string[] = AttributeNames;
  const unknown = names.find((name) => name !== 'All' && !(name in all) && !OPTIONAL.has(name));
  if (unknown !== undefined) throw new AwsFault('InvalidAttributeName', `Unknown Attribute ${unknown}.`);
  const wanted = Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name));
  return wanted.length > 0 ? { Attributes: Object.fromEntries(wanted) } : {};
}

/** Attributes that exist but that a queue may not have. */
const OPTIONAL = new Set([
  'Policy',
  'RedrivePolicy',
  'RedriveAllowPolicy',
  'KmsMasterKeyId',
  'KmsDataKeyReusePeriodSeconds',
  'FifoQueue',
  'ContentBasedDeduplication',
  'DeduplicationScope',
  'FifoThroughputLimit',
]);

function allAttributes(row: QueueRow, call: Call): Record<string, string> {
  const now = call.world.clock.now();
  const messages = liveMessages(row, call).map(([, message]) => message);
  const hidden = messages.filter(({ visible }) => visible > now);
  const delayed = hidden.filter(({ receives }) => receives === 0).length;
  return {
    QueueArn: row.arn,
    ApproximateNumberOfMessages: String(messages.length - hidden.length),
    ApproximateNumberOfMessagesNotVisible: String(hidden.length - delayed),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    CreatedTimestamp: String(Math.floor(row.created / 1000)),
    LastModifiedTimestamp: String(Math.floor(row.modified / 1000)),
    ...effectiveAttributes(row),
  };
}

export function setQueueAttributes(
  { QueueUrl, Attributes = {} }: SetQueueAttributesCommandInput,
  call: Call,
): Record<string, never> {
  const row = findQueue(QueueUrl, call);
  const { FifoQueue, ...given } = Attributes as Record<string, string>;
  // A queue keeps its type; the same words again are no change (recordings test_set_unsupported_attribute_*).
  if (FifoQueue !== undefined && !row.isFifo)
    throw new AwsFault('InvalidAttributeName', 'Unknown Attribute FifoQueue.');
  if (FifoQueue !== undefined && FifoQueue !== 'true')
    throw new AwsFault(
      'InvalidAttributeValue',
      'Invalid value for the parameter FifoQueue. Reason: Modifying queue type is not supported.',
    );
  const attributes = changedAttributes(row, given, call);
  queues.in(scopeOf(call, row)).update(row.name, (draft) => {
    draft.attributes = attributes;
    draft.modified = call.world.clock.stamp();
  });
  return {};
}

interface Policy {
  Version: string;
  Id: string;
  Statement: { Sid: string }[];
}

const policyOf = ({ attributes, arn }: QueueRow): Policy =>
  attributes.Policy === undefined
    ? { Version: '2008-10-17', Id: `${arn}/SQSDefaultPolicy`, Statement: [] }
    : JSON.parse(attributes.Policy);

export function addPermission(input: AddPermissionCommandInput, call: Call): Record<string, never> {
  const { Label = '', AWSAccountIds = [], Actions = [] } = input;
  const row = findQueue(input.QueueUrl, call);
  const policy = policyOf(row);
  if (AWSAccountIds.length === 0) throw missingParameter('PrincipalId');
  if (Actions.length === 0) throw missingParameter('Actions');
  if (policy.Statement.some(({ Sid }) => Sid === Label)) throw invalidParameter(Label, 'Label', 'Already exists.');
  const principals = AWSAccountIds.map((id) => `arn:aws:iam::${id}:root`);
  const actions = Actions.map((action) => `SQS:${action}`);
  const one = (values: string[]) => (values.length === 1 ? values[0] : values);
  const statement = {
    Sid: Label,
    Effect: 'Allow',
    Principal: { AWS: one(principals) },
    Action: one(actions),
    Resource: row.arn,
  };
  return setPolicy(row, { ...policy, Statement: [...policy.Statement, statement] }, call);
}

export function removePermission({ QueueUrl, Label }: RemovePermissionCommandInput, call: Call): Record<string, never> {
  const row = findQueue(QueueUrl, call);
  const policy = policyOf(row);
  const left = policy.Statement.filter(({ Sid }) => Sid !== Label);
  if (left.length === policy.Statement.length) throw invalidParameter(Label, 'Label', "can't find label.");
  return setPolicy(row, { ...policy, Statement: left }, call);
}

function setPolicy(row: QueueRow, policy: Policy, call: Call): Record<string, never> {
  queues.in(scopeOf(call, row)).update(row.name, (draft) => {
    if (policy.Statement.length === 0) delete draft.attributes.Policy;
    else draft.attributes.Policy = JSON.stringify(policy);
  });
  return {};
}
