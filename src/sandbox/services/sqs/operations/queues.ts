import type {
  DeleteQueueCommandInput,
  GetQueueUrlCommandInput,
  ListDeadLetterSourceQueuesCommandInput,
  ListQueuesCommandInput,
  ListQueueTagsCommandInput,
  PurgeQueueCommandInput,
  TagQueueCommandInput,
  UntagQueueCommandInput,
} from '@aws-sdk/client-sqs';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { page } from '../../page.ts';
import { redrivePolicyOf } from '../attributes.ts';
import { findQueue, scopeOf, urlOf } from '../find-queue.ts';
import { invalidValue, queueMissing, requireRange } from '../refusals.ts';
import { deletedQueues, duplicatesOf, messagesOf, type QueueRow, queues } from '../state.ts';
import { COOLDOWN_MS } from './create-queue.ts';

export const COOLDOWN_OVER = 'sqs.cooldown-over';

export function getQueueUrl({ QueueName = '', QueueOwnerAWSAccountId }: GetQueueUrlCommandInput, call: Call) {
  const owner = QueueOwnerAWSAccountId === undefined ? call : { ...call, account: QueueOwnerAWSAccountId };
  if (!queues.in(owner).has(QueueName)) throw queueMissing();
  return { QueueUrl: urlOf(owner, QueueName) };
}

/** Without MaxResults the first thousand and no token, as SQS always did. */
function urlPage(
  rows: readonly QueueRow[],
  input: { MaxResults?: number | undefined; NextToken?: string | undefined },
  call: Call,
) {
  requireRange(input.MaxResults, 'MaxResults', [1, 1000], 'Must be between 1 and 1000, if provided.');
  const { items, next } = page(rows, {
    size: input.MaxResults ?? 1000,
    token: input.NextToken,
    refuse: () => {
      throw invalidValue('Invalid or expired nextToken');
    },
  });
  return {
    urls: items.map(({ name }) => urlOf(call, name)),
    end: next !== undefined && input.MaxResults !== undefined ? { NextToken: next } : {},
  };
}

export function listQueues(input: ListQueuesCommandInput, call: Call) {
  const rows = queues
    .in(call)
    .values()
    .filter(({ name }) => name.startsWith(input.QueueNamePrefix ?? ''))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const { urls, end } = urlPage(rows, input, call);
  return { ...(urls.length > 0 && { QueueUrls: urls }), ...end };
}

export function listDeadLetterSourceQueues(input: ListDeadLetterSourceQueuesCommandInput, call: Call) {
  const { arn } = findQueue(input.QueueUrl, call);
  const rows = queues
    .in(call)
    .values()
    .filter((row) => redrivePolicyOf(row)?.deadLetterTargetArn === arn);
  const { urls, end } = urlPage(rows, input, call);
  return { queueUrls: urls, ...end };
}

/** The name stays taken for a minute; virtual time runs until then, because somebody may be waiting for it. */
export function deleteQueue({ QueueUrl }: DeleteQueueCommandInput, call: Call): Record<string, never> {
  const { name, ...row } = findQueue(QueueUrl, call);
  const scope = scopeOf(call, { name, ...row });
  empty(name, scope);
  queues.in(scope).delete(name);
  deletedQueues.in(scope).put(name, { at: call.world.clock.now() });
  call.world.schedule(scope, { afterMs: COOLDOWN_MS, kind: COOLDOWN_OVER, payload: {} });
  return {};
}

function empty(name: string, scope: Call): void {
  for (const table of [messagesOf(scope, name), duplicatesOf(scope, name)])
    for (const [key] of table.entries()) table.delete(key);
}

export function purgeQueue({ QueueUrl }: PurgeQueueCommandInput, call: Call): Record<string, never> {
  const row = findQueue(QueueUrl, call);
  const now = call.world.clock.now();
  if (row.purged !== undefined && now - row.purged < COOLDOWN_MS)
    throw new AwsFault(
      'PurgeQueueInProgress',
      `Only one PurgeQueue operation on ${row.name} is allowed every 60 seconds.`,
      { status: 403 },
    );
  const scope = scopeOf(call, row);
  for (const [place] of messagesOf(scope, row.name).entries()) messagesOf(scope, row.name).delete(place);
  queues.in(scope).update(row.name, (draft) => {
    draft.purged = now;
  });
  call.world.schedule(scope, { afterMs: COOLDOWN_MS, kind: COOLDOWN_OVER, payload: {} });
  return {};
}

export function listQueueTags({ QueueUrl }: ListQueueTagsCommandInput, call: Call) {
  const { tags } = findQueue(QueueUrl, call);
  return Object.keys(tags).length > 0 ? { Tags: { ...tags } } : {};
}

export function tagQueue({ QueueUrl, Tags = {} }: TagQueueCommandInput, call: Call): Record<string, never> {
  const row = findQueue(QueueUrl, call);
  if (Object.keys({ ...row.tags, ...Tags }).length > 50)
    throw invalidValue(`Too many tags added for queue ${row.name}.`);
  queues.in(scopeOf(call, row)).update(row.name, (draft) => void Object.assign(draft.tags, Tags));
  return {};
}

export function untagQueue({ QueueUrl, TagKeys = [] }: UntagQueueCommandInput, call: Call): Record<string, never> {
  const row = findQueue(QueueUrl, call);
  queues.in(scopeOf(call, row)).update(row.name, (draft) => {
    for (const key of TagKeys) delete draft.tags[key];
  });
  return {};
}
