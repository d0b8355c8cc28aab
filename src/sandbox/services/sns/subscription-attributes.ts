import { AwsFault } from '../../kernel/fault.ts';
import { eventPattern } from '../events/event-pattern.ts';
import { invalid } from './refusals.ts';
import type { SubscriptionRow } from './state.ts';

export const ATTRIBUTES = [
  'DeliveryPolicy',
  'FilterPolicy',
  'FilterPolicyScope',
  'RawMessageDelivery',
  'RedrivePolicy',
  'SubscriptionRoleArn',
];

/** Refuses what a subscription cannot have; `where` stands before the reason when it came with Subscribe. */
export function checkSubscriptionAttribute(name: string, value: string, where = ''): void {
  if (!ATTRIBUTES.includes(name)) throw invalid(where ? `${where}Unknown attribute` : 'AttributeName');
  if (name === 'RawMessageDelivery' && !['true', 'false'].includes(value))
    throw invalid(`${where}RawMessageDelivery: Invalid value [${value}]. Must be true or false.`);
  if (name === 'FilterPolicyScope' && !['MessageAttributes', 'MessageBody'].includes(value))
    throw invalid(
      `${where}FilterPolicyScope: Invalid value [${value}]. Please use either MessageBody or MessageAttributes`,
    );
  if (name === 'RedrivePolicy' && value !== '') checkRedrivePolicy(value, where);
  if (name === 'FilterPolicy' && value !== '') checkFilterPolicy(value, where);
}

function checkRedrivePolicy(value: string, where: string): void {
  let target: unknown;
  try {
    target = JSON.parse(value).deadLetterTargetArn;
  } catch (error) {
    throw invalid(`${where}RedrivePolicy: failed to parse JSON. ${(error as Error).message}`);
  }
  if (!/^arn:aws[\w-]*:sqs:[^:]+:\d{12}:.+$/.test(String(target)))
    throw invalid(`${where}RedrivePolicy: deadLetterTargetArn is an invalid arn`);
}

function checkFilterPolicy(value: string, where: string): void {
  try {
    JSON.parse(value);
  } catch (error) {
    throw invalid(`${where}FilterPolicy: failed to parse JSON. ${(error as Error).message}`);
  }
  try {
    eventPattern(value);
  } catch (error) {
    if (!(error instanceof AwsFault)) throw error;
    throw invalid(`${where}FilterPolicy: ${error.message}`);
  }
}

export function shownSubscription(row: SubscriptionRow): Record<string, string> {
  return {
    ConfirmationWasAuthenticated: String(isOwn(row.protocol)),
    Endpoint: row.endpoint,
    Owner: row.owner,
    PendingConfirmation: String(row.token !== undefined),
    Protocol: row.protocol,
    RawMessageDelivery: 'false',
    SubscriptionArn: row.arn,
    SubscriptionPrincipal: row.principal,
    TopicArn: row.topicArn,
    ...(row.attributes.FilterPolicy ? { FilterPolicyScope: 'MessageAttributes' } : {}),
    ...row.attributes,
  };
}

/** Receivers inside of AWS need no confirmation by whoever owns them, and a telephone is asked by nobody. */
export const isOwn = (protocol: string): boolean =>
  ['sqs', 'lambda', 'firehose', 'sms', 'application'].includes(protocol);
