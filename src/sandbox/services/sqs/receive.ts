import { randomUUID } from 'node:crypto';
import type { Scope } from '../../kernel/scope.ts';
import { wakeMappings } from '../lambda/wake-mappings.ts';
import { redrivePolicyOf } from './attributes.ts';
import { queueAt, scopeOf } from './find-queue.ts';
import { type MessageRow, messagesOf, type QueueRow, queues } from './state.ts';

/** Messages of a queue that are still kept; those past their retention go now. */
export function liveMessages(queue: QueueRow, scope: Scope): [string, MessageRow][] {
  const table = messagesOf(scope, queue.name);
  const now = scope.world.clock.now();
  return table.entries().filter(([place, { expires }]) => {
    if (expires <= now) table.delete(place);
    return expires > now;
  });
}

/**
 * Takes messages out of sight for so long. A message that was received as often as its queue's redrive policy allows
 * goes to the dead-letter queue instead. In a FIFO queue a group waits while a message of it is in flight.
 */
export function take(queue: QueueRow, max: number, visibilityMs: number, scope: Scope): MessageRow[] {
  const now = scope.world.clock.now();
  const live = liveMessages(queue, scope);
  const waiting = new Set<string>();
  const taken: MessageRow[] = [];
  for (const [place, row] of live) {
    if (taken.length === max) break;
    if (queue.isFifo && waiting.has(row.groupId!)) continue;
    if (row.visible > now) {
      if (queue.isFifo) waiting.add(row.groupId!);
      continue;
    }
    if (moveToDeadLetters(queue, place, row, scope)) continue;
    taken.push(
      messagesOf(scope, queue.name).update(place, (draft) => {
        draft.receives += 1;
        draft.firstReceived ??= scope.world.clock.stamp();
        draft.visible = now + visibilityMs;
        draft.receipt = receiptFor(place);
      }),
    );
  }
  return taken;
}

/** A receipt handle says where its message is, so that it can be deleted even when it was received again. */
const receiptFor = (place: string): string =>
  Buffer.from(`${place} ${randomUUID()} ${randomUUID()}`).toString('base64');

export const placeOf = (receipt: string): string | undefined =>
  /^(\d+) [0-9a-f-]{36} [0-9a-f-]{36}$/.exec(Buffer.from(receipt, 'base64').toString())?.[1];

function moveToDeadLetters(queue: QueueRow, place: string, row: MessageRow, scope: Scope): boolean {
  const policy = redrivePolicyOf(queue);
  if (!policy || row.receives < policy.maxReceiveCount) return false;
  const target = queueAt(policy.deadLetterTargetArn, scope);
  if (!target) return false;
  moveMessage(queue, place, target, scope);
  return true;
}

/** Its age goes along with a message, its sequence number does too. */
export function moveMessage(from: QueueRow, place: string, to: QueueRow, scope: Scope): void {
  const { receipt: _, ...row } = messagesOf(scope, from.name).get(place)!;
  const target = scopeOf(scope, to);
  const sent = queues.in(target).get(to.name)!.sent + 1;
  queues.in(target).update(to.name, (draft) => {
    draft.sent = sent;
  });
  messagesOf(target, to.name).put(String(sent), { ...row, visible: scope.world.clock.now(), sourceArn: from.arn });
  messagesOf(scope, from.name).delete(place);
  wakeMappings(to.arn, 0, target);
}
