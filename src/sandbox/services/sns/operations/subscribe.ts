import { randomUUID } from 'node:crypto';
import type {
  ConfirmSubscriptionCommandInput,
  ConfirmSubscriptionCommandOutput,
  SubscribeCommandInput,
  SubscribeCommandOutput,
} from '@aws-sdk/client-sns';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { askToConfirm, looksLikeToken, newToken } from '../confirmation.ts';
import { checkArn, findTopic, scopeOfArn, subscriptionsOf } from '../find.ts';
import { invalid } from '../refusals.ts';
import { type SubscriptionRow, subscriptions } from '../state.ts';
import { checkSubscriptionAttribute, isOwn } from '../subscription-attributes.ts';

const PENDING = 'pending confirmation';

const ENDPOINTS: Readonly<Record<string, { fits: RegExp; refusal: string }>> = {
  http: { fits: /^http:\/\/[^\s/]+/, refusal: 'Endpoint must match the specified protocol' },
  https: { fits: /^https:\/\/[^\s/]+/, refusal: 'Endpoint must match the specified protocol' },
  email: { fits: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, refusal: 'Email address' },
  'email-json': { fits: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, refusal: 'Email address' },
  sms: { fits: /^\+?[0-9]([ .-]?[0-9])*$/, refusal: 'Invalid SMS endpoint' },
  sqs: { fits: /^arn:aws[\w-]*:sqs:[^:]+:\d{12}:.+$/, refusal: 'SQS endpoint ARN' },
  lambda: { fits: /^arn:aws[\w-]*:lambda:[^:]+:\d{12}:function:.+$/, refusal: 'Lambda endpoint ARN' },
  firehose: { fits: /^arn:aws[\w-]*:firehose:.+$/, refusal: 'Firehose endpoint ARN' },
  application: { fits: /^arn:aws[\w-]*:sns:.+$/, refusal: 'Endpoint' },
};

/** The same receiver twice is one subscription; one that has not confirmed is asked again. */
export function subscribe(input: SubscribeCommandInput, call: Call): Answer<SubscribeCommandOutput> {
  const topic = findTopic(input.TopicArn, call);
  const { Protocol = '', Endpoint = '', Attributes = {} } = input;
  const rule = Object.hasOwn(ENDPOINTS, Protocol) ? ENDPOINTS[Protocol] : undefined;
  if (!rule) throw invalid(`Amazon SNS does not support this protocol string: ${Protocol}`);
  if (!rule.fits.test(Endpoint)) throw invalid(rule.refusal);
  const attributes = Attributes as Record<string, string>;
  for (const [name, value] of Object.entries(attributes))
    checkSubscriptionAttribute(name, value, 'Attributes Reason: ');

  const known = subscriptionsOf(topic.arn, call).find(
    ({ protocol, endpoint }) => protocol === Protocol && endpoint === Endpoint,
  );
  if (known && Object.entries(attributes).some(([name, value]) => known.attributes[name] !== value))
    throw invalid('Attributes Reason: Subscription already exists with different attributes');
  const row = known ?? make(topic.arn, { protocol: Protocol, endpoint: Endpoint, attributes }, call);
  if (row.token === undefined) return { SubscriptionArn: row.arn };
  askToConfirm(row, call);
  return { SubscriptionArn: input.ReturnSubscriptionArn ? row.arn : PENDING };
}

function make(
  topicArn: string,
  given: Pick<SubscriptionRow, 'protocol' | 'endpoint' | 'attributes'>,
  call: Call,
): SubscriptionRow {
  const arn = `${topicArn}:${randomUUID()}`;
  return subscriptions.in(scopeOfArn(topicArn, call)).put(arn, {
    arn,
    topicArn,
    ...given,
    owner: call.account,
    principal: call.principal,
    ...(isOwn(given.protocol) ? {} : { token: newToken() }),
  });
}

/** What a receiver does who visits the address that it was sent; twice is no error. */
export function confirmSubscription(
  { TopicArn, Token = '' }: ConfirmSubscriptionCommandInput,
  call: Call,
): Answer<ConfirmSubscriptionCommandOutput> {
  const arn = checkArn(TopicArn, 'TopicArn');
  if (!looksLikeToken(Token)) throw new AwsFault('InvalidParameter', 'Invalid token');
  const there = scopeOfArn(arn, call);
  const row = subscriptionsOf(arn, call).find(({ token, confirmedBy }) => [token, confirmedBy].includes(Token));
  if (!row) throw invalid('Token');
  if (row.expiry !== undefined) call.world.cancel(row.expiry);
  subscriptions.in(there).update(row.arn, (draft) => {
    draft.confirmedBy = Token;
    delete draft.token;
    delete draft.expiry;
  });
  return { SubscriptionArn: row.arn };
}
