import { randomUUID } from 'node:crypto';
import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { letsServiceIn } from '../iam/lets-in.ts';
import { usableKey } from '../kms/find-key.ts';
import { deliver } from './deliver.ts';
import { scopeOfArn, subscriptionsOf } from './find.ts';
import type { StoredAttribute, TopicRow } from './state.ts';
import { ownerOf, policyOf } from './topic-attributes.ts';

export interface Message {
  id: string;
  subject?: string;
  /** What each protocol gets; those that are not named get `default`. */
  texts: Readonly<Record<string, string>> & { default: string };
  attributes: Readonly<Record<string, StoredAttribute>>;
  /** Real milliseconds since 1970. */
  at: number;
}

/** Gives a message to every subscription of a topic that is confirmed. Answers with its id. */
export function publish(
  topic: TopicRow,
  message: Omit<Message, 'id' | 'at'>,
  { scope, endpoint }: { scope: Scope; endpoint?: string },
): string {
  checkKey(topic, scope);
  const whole: Message = { ...message, id: randomUUID(), at: scope.world.clock.stamp() };
  for (const row of subscriptionsOf(topic.arn, scope))
    if (row.token === undefined)
      deliver(row, whole, {
        scope: scopeOfArn(topic.arn, scope),
        endpoint: endpoint ?? `https://sns.${scope.region}.amazonaws.com`,
      });
  return whole.id;
}

function checkKey({ attributes, arn }: TopicRow, scope: Scope): void {
  const key = attributes.KmsMasterKeyId;
  if (!key || isManaged(key)) return;
  try {
    usableKey(scopeOfArn(arn, scope), key);
  } catch (error) {
    if (error instanceof AwsFault && error.code === 'DisabledException')
      throw new AwsFault('KMSDisabled', error.message);
    if (error instanceof AwsFault) throw new AwsFault('KMSNotFound', error.message);
    throw error;
  }
}

const isManaged = (key: string): boolean => /(^|:)alias\/aws\/sns$/.test(key);

/**
 * Why a service of AWS may not publish, in the words that CloudWatch writes into an alarm's history; undefined when it
 * may. The key of `alias/aws/sns` lets no other service in, and its policy cannot be changed.
 * https://repost.aws/knowledge-center/cloudwatch-configure-alarm-sns
 */
export function whyServiceMayNot(
  topic: TopicRow,
  { service, name, sourceArn }: { service: string; name: string; sourceArn: string },
  scope: Scope,
): string | undefined {
  const account = sourceArn.split(':')[4] ?? '';
  const context = { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': account, 'aws:SourceOwner': account };
  const asked = { action: 'SNS:Publish', resource: topic.arn, services: [service], context };
  if (!letsServiceIn(policyOf(topic), asked))
    return `Resource: ${topic.arn} does not allow ${service} to perform: SNS:Publish`;
  const reference = topic.attributes.KmsMasterKeyId;
  if (!reference) return undefined;
  const refusal = `${name} does not have authorization to access the SNS topic encryption key.`;
  if (isManaged(reference)) return refusal;
  try {
    const key = usableKey({ ...scope, account: ownerOf(topic) }, reference);
    const needs = ['kms:Decrypt', 'kms:GenerateDataKey'];
    const may = needs.every((action) =>
      letsServiceIn(key.policy, { action, resource: key.arn, services: [service], context }),
    );
    return may ? undefined : refusal;
  } catch (error) {
    if (error instanceof AwsFault) return error.message;
    throw error;
  }
}
