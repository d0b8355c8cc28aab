import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { queueAt } from './find-queue.ts';
import { invalidParameter } from './refusals.ts';
import type { QueueRow } from './state.ts';

/** Defaults and bounds: API reference, SetQueueAttributes. */
const NUMBERS: Record<string, readonly [fallback: string, min: number, max: number]> = {
  DelaySeconds: ['0', 0, 900],
  MaximumMessageSize: ['1048576', 1024, 1_048_576],
  MessageRetentionPeriod: ['345600', 60, 1_209_600],
  ReceiveMessageWaitTimeSeconds: ['0', 0, 20],
  VisibilityTimeout: ['30', 0, 43_200],
};

const FIFO_DEFAULTS = {
  ContentBasedDeduplication: 'false',
  DeduplicationScope: 'queue',
  FifoThroughputLimit: 'perQueue',
};
const CHOICES: Record<string, readonly string[]> = {
  ContentBasedDeduplication: ['true', 'false'],
  DeduplicationScope: ['queue', 'messageGroup'],
  FifoThroughputLimit: ['perQueue', 'perMessageGroupId'],
  SqsManagedSseEnabled: ['true', 'false'],
};
const OTHERS = ['KmsMasterKeyId', 'KmsDataKeyReusePeriodSeconds', 'Policy', 'RedrivePolicy', 'RedriveAllowPolicy'];

const unknownAttribute = (message: string) => new AwsFault('InvalidAttributeName', message);
const wrongValue = (message: string) => new AwsFault('InvalidAttributeValue', message);

/** All attributes of a queue that can be set, with defaults. */
export function effectiveAttributes({
  attributes,
  isFifo,
}: Pick<QueueRow, 'attributes' | 'isFifo'>): Record<string, string> {
  const usesKms = attributes.KmsMasterKeyId !== undefined;
  return {
    ...Object.fromEntries(Object.entries(NUMBERS).map(([name, [fallback]]) => [name, fallback])),
    ...(isFifo && { FifoQueue: 'true', ...FIFO_DEFAULTS }),
    SqsManagedSseEnabled: usesKms ? 'false' : 'true',
    ...(usesKms && { KmsDataKeyReusePeriodSeconds: '300' }),
    ...attributes,
  };
}

/**
 * Attributes after a change; refuses names and values that a queue of that type cannot have. An empty value brings
 * the default back (recording test_set_queue_attributes_default_values).
 */
export function changedAttributes(
  { attributes, isFifo }: Pick<QueueRow, 'attributes' | 'isFifo'>,
  given: Readonly<Record<string, string>>,
  scope: Scope,
): Record<string, string> {
  for (const [name, value] of Object.entries(given)) checkAttribute(name, value, isFifo, scope);
  if (given.KmsMasterKeyId && given.SqsManagedSseEnabled === 'true')
    throw unknownAttribute(
      'You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or SQS SSE.',
    );
  const after: Record<string, string> = { ...attributes, ...given };
  if (given.KmsMasterKeyId) after.SqsManagedSseEnabled = 'false';
  if (given.SqsManagedSseEnabled === 'true') delete after.KmsMasterKeyId;
  // Without a key, how long its data keys live means nothing.
  if (!after.KmsMasterKeyId) delete after.KmsDataKeyReusePeriodSeconds;
  if (after.FifoThroughputLimit === 'perMessageGroupId' && after.DeduplicationScope !== 'messageGroup')
    throw wrongValue(
      'The perMessageGroupId value is allowed only when the value for DeduplicationScope is messageGroup.',
    );
  return Object.fromEntries(Object.entries(after).filter(([, value]) => value !== ''));
}

function checkAttribute(name: string, value: string, isFifo: boolean, scope: Scope): void {
  if (!isFifo && name in FIFO_DEFAULTS)
    throw unknownAttribute(
      name === 'ContentBasedDeduplication'
        ? `Unknown Attribute ${name}.`
        : `You can specify the ${name} only when FifoQueue is set to true.`,
    );
  if (!(name in NUMBERS) && !(name in CHOICES) && !OTHERS.includes(name))
    throw unknownAttribute(`Unknown Attribute ${name}.`);
  if (value === '') return;

  const bounds = NUMBERS[name] ?? (name === 'KmsDataKeyReusePeriodSeconds' ? ['300', 60, 86_400] : undefined);
  const isOutside = bounds && (!/^\d+$/.test(value) || Number(value) < bounds[1] || Number(value) > bounds[2]);
  if (isOutside || (CHOICES[name] && !CHOICES[name].includes(value)))
    throw wrongValue(`Invalid value for the parameter ${name}.`);
  if (name === 'Policy' && !isObject(value)) throw wrongValue('Invalid value for the parameter Policy.');
  if (name === 'RedrivePolicy') checkRedrivePolicy(value, isFifo, scope);
  if (name === 'RedriveAllowPolicy' && !isObject(value))
    throw invalidParameter(value, name, 'Redrive allow policy is not a valid JSON map.');
}

function isObject(text: string): boolean {
  try {
    const value = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

export interface RedrivePolicy {
  deadLetterTargetArn: string;
  maxReceiveCount: number;
}

/** The count may stand there as text. */
export function redrivePolicyOf({ attributes }: QueueRow): RedrivePolicy | undefined {
  if (attributes.RedrivePolicy === undefined) return undefined;
  const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(attributes.RedrivePolicy);
  return { deadLetterTargetArn, maxReceiveCount: Number(maxReceiveCount) };
}

function checkRedrivePolicy(value: string, isFifo: boolean, scope: Scope): void {
  const refuse = (reason: string) => invalidParameter(value, 'RedrivePolicy', reason);
  if (!isObject(value)) throw refuse('Redrive policy is not a valid JSON map.');
  const { deadLetterTargetArn: target, maxReceiveCount: count } = JSON.parse(value);
  for (const [key, part] of Object.entries({ maxReceiveCount: count, deadLetterTargetArn: target }))
    if (part === undefined) throw refuse(`Redrive policy does not contain mandatory attribute: ${key}.`);
  if (!/^\d+$/.test(String(count)) || Number(count) < 1 || Number(count) > 1000)
    throw refuse(`Invalid value for maxReceiveCount: ${count}, valid values are from 1 to 1000 both inclusive.`);
  if (!/^arn:[^:]+:sqs:[^:]+:\d{12}:.+$/.test(String(target))) throw refuse('Invalid value for deadLetterTargetArn.');
  const queue = queueAt(target, scope);
  if (!queue) throw refuse('Dead letter target does not exist.');
  if (queue.isFifo !== isFifo) throw refuse('Dead-letter queue must be same type of queue as the source queue.');
}
