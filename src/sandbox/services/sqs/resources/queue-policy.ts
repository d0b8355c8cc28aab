import type { Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { setQueueAttributes } from '../operations/queue-attributes.ts';
import { queues } from '../state.ts';

const asText = (document: unknown): string => (typeof document === 'string' ? document : JSON.stringify(document));

function put({ Queues = [], PolicyDocument }: Properties, call: ResourceContext['call']): void {
  for (const QueueUrl of Queues) setQueueAttributes({ QueueUrl, Attributes: { Policy: asText(PolicyDocument) } }, call);
}

function remove(urls: readonly string[], call: ResourceContext['call']): void {
  for (const QueueUrl of urls)
    if (queues.in(call).has(QueueUrl.split('/').at(-1)!))
      setQueueAttributes({ QueueUrl, Attributes: { Policy: '' } }, call);
}

export const queuePolicy: ResourceProvider = {
  create(properties, { call, generateName }) {
    put(properties, call);
    return { status: 'done', physicalId: generateName() };
  },
  update({ before, after, physicalId }, { call }) {
    remove(
      (before.Queues ?? []).filter((url: string) => !(after.Queues ?? []).includes(url)),
      call,
    );
    put(after, call);
    return { status: 'done', physicalId };
  },
  delete(properties, physicalId, { call }) {
    remove(properties.Queues ?? [], call);
    return { status: 'done', physicalId };
  },
  read(physicalId, properties, { call }) {
    const [url] = properties.Queues ?? [];
    const policy = url === undefined ? undefined : queues.in(call).get(url.split('/').at(-1)!)?.attributes.Policy;
    return policy === undefined ? undefined : { ...properties, Id: physicalId, PolicyDocument: JSON.parse(policy) };
  },
};
