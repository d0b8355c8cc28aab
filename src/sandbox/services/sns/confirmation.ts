import { randomBytes, randomUUID } from 'node:crypto';
import type { Call } from '../../kernel/scope.ts';
import { scopeOfArn } from './find.ts';
import { post } from './post.ts';
import { type SubscriptionRow, subscriptions } from './state.ts';

export const EXPIRED = 'sns.unconfirmed';
/** https://docs.aws.amazon.com/sns/latest/dg/SendMessageToHttp.confirm.html: deleted after 48 hours. */
const UNCONFIRMED_MS = 48 * 3_600_000;
/** Hexadecimal digits of a token. */
const TOKEN_BYTES = 164;

export const newToken = (): string => randomBytes(TOKEN_BYTES).toString('hex');
export const looksLikeToken = (token: string): boolean => new RegExp(`^[0-9a-f]{${TOKEN_BYTES * 2}}$`).test(token);

/** Asks whoever is behind an endpoint whether it wants this, and gives it two days to say so. */
export function askToConfirm(row: SubscriptionRow, call: Call): void {
  const there = scopeOfArn(row.topicArn, call);
  if (row.expiry !== undefined) call.world.cancel(row.expiry);
  const expiry = call.world.schedule(there, {
    afterMs: UNCONFIRMED_MS,
    kind: EXPIRED,
    payload: { arn: row.arn },
    background: true,
  });
  subscriptions.in(there).update(row.arn, (draft) => {
    draft.expiry = expiry;
  });
  const url = `${call.endpoint}/?Action=ConfirmSubscription&TopicArn=${row.topicArn}&Token=${row.token}`;
  const message = `You have chosen to subscribe to the topic ${row.topicArn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`;
  const kind = 'SubscriptionConfirmation';
  const common = { row, kind, messageId: randomUUID() } as const;
  if (row.protocol === 'email') {
    post(there, {
      ...common,
      subject: 'AWS Notification - Subscription Confirmation',
      body: `You have chosen to subscribe to the topic: ${row.topicArn}\n\nTo confirm this subscription, click or visit the link below (If this was in error no action is necessary): ${url}`,
    });
    return;
  }
  post(there, {
    ...common,
    subject: '',
    body: JSON.stringify({
      Type: kind,
      MessageId: common.messageId,
      Token: row.token,
      TopicArn: row.topicArn,
      Message: message,
      SubscribeURL: url,
      Timestamp: new Date(call.world.clock.stamp()).toISOString(),
      ...unsigned(there.region),
    }),
  });
}

/** Messages carry no signature that could be verified: nobody but AWS has the key. */
export const unsigned = (region: string) => ({
  SignatureVersion: '1',
  Signature: 'SANDBOX',
  SigningCertURL: `https://sns.${region}.amazonaws.com/SimpleNotificationService-sandbox.pem`,
});
