import type { MessageAttributeValue } from '@aws-sdk/client-sqs';
import { defineTable, type Scope } from '../../kernel/scope.ts';
import type { Table } from '../../kernel/store.ts';

export interface QueueRow {
  name: string;
  arn: string;
  isFifo: boolean;
  /** Only what was set; the rest is default. */
  attributes: Record<string, string>;
  created: number;
  modified: number;
  tags: Record<string, string>;
  /** Virtual time of the last purge. */
  purged?: number;
  /** Messages ever sent: the place of the next. */
  sent: number;
}

/** A message attribute as JSON: binary values in base64. */
export type StoredAttribute = Omit<MessageAttributeValue, 'BinaryValue' | 'StringListValues' | 'BinaryListValues'> & {
  BinaryValue?: string;
};

export interface MessageRow {
  id: string;
  body: string;
  attributes: Record<string, StoredAttribute>;
  system: Record<string, StoredAttribute>;
  senderId: string;
  /** Real milliseconds since 1970, for answers. */
  sent: number;
  firstReceived?: number;
  /** Virtual milliseconds: until when it is kept, from when it can be received. */
  expires: number;
  visible: number;
  receives: number;
  /** The last receipt handle given out, while the message is in flight or was. */
  receipt?: string;
  groupId?: string;
  deduplicationId?: string;
  sequence?: string;
  /** Of a message in a dead-letter queue: where it was before. */
  sourceArn?: string;
}

interface MoveTaskRow {
  handle: string;
  sourceArn: string;
  destinationArn?: string;
  moved: number;
  started: number;
}

export const queues = defineTable<QueueRow>('sqs.queues');
/** Names of deleted queues, with the virtual time of their deletion. */
export const deletedQueues = defineTable<{ at: number }>('sqs.deleted-queues');
export const moveTasks = defineTable<MoveTaskRow>('sqs.move-tasks');

/** Messages of one queue, by their place, in the order they were sent. */
export const messagesOf = (scope: Scope, queue: string): Table<MessageRow> =>
  defineTable<MessageRow>(`sqs.messages:${queue}`).in(scope);

/** What FIFO queues remember for five minutes, by deduplication id, or group and id. */
export const duplicatesOf = (scope: Scope, queue: string): Table<{ until: number; id: string; sequence: string }> =>
  defineTable<{ until: number; id: string; sequence: string }>(`sqs.duplicates:${queue}`).in(scope);
