import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { effectiveAttributes } from '../attributes.ts';
import { createQueue } from '../operations/create-queue.ts';
import { setQueueAttributes } from '../operations/queue-attributes.ts';
import { deleteQueue, tagQueue, untagQueue } from '../operations/queues.ts';
import { type QueueRow, queues } from '../state.ts';

/** Properties that are attributes of the same name, with what CloudFormation sets when one is taken out of a template. */
const ATTRIBUTES: Record<string, string | undefined> = {
  ContentBasedDeduplication: 'false',
  DeduplicationScope: undefined,
  DelaySeconds: '0',
  FifoThroughputLimit: undefined,
  KmsDataKeyReusePeriodSeconds: '',
  KmsMasterKeyId: '',
  // Not the default of today (recording test_update_standard_queue_remove_some_properties).
  MaximumMessageSize: '262144',
  MessageRetentionPeriod: '345600',
  ReceiveMessageWaitTimeSeconds: '0',
  RedriveAllowPolicy: '',
  RedrivePolicy: '',
  SqsManagedSseEnabled: 'false',
  VisibilityTimeout: '30',
};

function attributesOf(properties: Properties): Record<string, string> {
  const given = Object.keys(ATTRIBUTES).filter((name) => properties[name] !== undefined);
  return Object.fromEntries(
    given.map((name) => [
      name,
      typeof properties[name] === 'object' ? JSON.stringify(properties[name]) : String(properties[name]),
    ]),
  );
}

const tagsOf = (properties: Properties, stackTags: ResourceContext['tags']): Record<string, string> =>
  Object.fromEntries(
    // SQS gets no `aws:` tags from CloudFormation (recording test_create_standard_queue_with_all_properties).
    [...stackTags.filter(({ Key }) => !Key.startsWith('aws:')), ...(properties.Tags ?? [])].map(({ Key, Value }) => [
      Key,
      Value,
    ]),
  );

const nameOf = (url: string): string => url.split('/').at(-1)!;

function generatedName(properties: Properties, { generateName }: ResourceContext): string {
  return isFifo(properties) ? `${generateName({ maxLength: 75 })}.fifo` : generateName({ maxLength: 80 });
}

const isFifo = ({ FifoQueue }: Properties): boolean => String(FifoQueue) === 'true';

export const queue: ResourceProvider = {
  create(properties, context) {
    const { QueueUrl } = createQueue(
      {
        QueueName: properties.QueueName ?? generatedName(properties, context),
        Attributes: { ...attributesOf(properties), ...(isFifo(properties) && { FifoQueue: 'true' }) },
        tags: tagsOf(properties, context.tags),
      },
      context.call,
    );
    return { status: 'done', physicalId: QueueUrl! };
  },

  update({ before, after, physicalId: QueueUrl }, { call, tags }) {
    const wanted = attributesOf(after);
    const gone = Object.keys(attributesOf(before)).filter(
      (name) => !(name in wanted) && ATTRIBUTES[name] !== undefined,
    );
    const resets = Object.fromEntries(gone.map((name) => [name, ATTRIBUTES[name]!]));
    if ('KmsMasterKeyId' in resets) wanted.SqsManagedSseEnabled ??= 'false';
    setQueueAttributes({ QueueUrl, Attributes: { ...resets, ...wanted } }, call);
    const { tags: old } = queues.in(call).get(nameOf(QueueUrl))!;
    const now = tagsOf(after, tags);
    untagQueue({ QueueUrl, TagKeys: Object.keys(old).filter((key) => !(key in now)) }, call);
    tagQueue({ QueueUrl, Tags: now }, call);
    return { status: 'done', physicalId: QueueUrl };
  },

  delete(_properties, QueueUrl, { call }) {
    if (queues.in(call).has(nameOf(QueueUrl))) deleteQueue({ QueueUrl }, call);
    return { status: 'done', physicalId: QueueUrl };
  },

  read(url, _properties, { call }) {
    const row = queues.in(call).get(nameOf(url));
    return row && liveProperties(row, url);
  },
};

function liveProperties(row: QueueRow, url: string): Properties {
  const shown = Object.entries(effectiveAttributes(row)).filter(([name]) => name in ATTRIBUTES || name === 'FifoQueue');
  return {
    Arn: row.arn,
    QueueName: row.name,
    QueueUrl: url,
    ...Object.fromEntries(shown.map(([name, value]) => [name, typed(value)])),
    Tags: Object.entries(row.tags).map(([Key, Value]) => ({ Key, Value })),
  };
}

function typed(value: string): unknown {
  if (value === 'true' || value === 'false') return value === 'true';
  if (/^\d+$/.test(value)) return Number(value);
  return value.startsWith('{') ? JSON.parse(value) : value;
}
