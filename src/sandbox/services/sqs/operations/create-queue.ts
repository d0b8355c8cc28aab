import type { CreateQueueCommandInput, CreateQueueCommandOutput } from '@aws-sdk/client-sqs';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { changedAttributes, effectiveAttributes } from '../attributes.ts';
import { urlOf } from '../find-queue.ts';
import { invalidValue, missingParameter } from '../refusals.ts';
import { deletedQueues, queues } from '../state.ts';

export const COOLDOWN_MS = 60_000;

/** The same call again answers with the queue that is there; another wish for its attributes is refused. */
export function createQueue(input: CreateQueueCommandInput, call: Call): Answer<CreateQueueCommandOutput> {
  const { QueueName: name, Attributes = {}, tags = {} } = input;
  if (!name) throw missingParameter('QueueName');
  const { FifoQueue, ...given } = Attributes as Record<string, string>;
  if (FifoQueue !== undefined && FifoQueue !== 'true')
    throw new AwsFault('InvalidAttributeName', 'Unknown Attribute FifoQueue.');
  const isFifo = FifoQueue === 'true';
  checkName(name, isFifo);

  const existing = queues.in(call).get(name);
  if (existing) {
    const current = effectiveAttributes(existing);
    const different = Object.entries(Attributes).find(([key, value]) => current[key] !== value);
    if (different)
      throw new AwsFault(
        'QueueNameExists',
        `A queue already exists with the same name and a different value for attribute ${different[0]}`,
      );
    return { QueueUrl: urlOf(call, name) };
  }

  const attributes = changedAttributes({ attributes: {}, isFifo }, given, call);
  const deleted = deletedQueues.in(call).get(name);
  // F-96
  if (deleted && call.world.clock.now() - deleted.at < COOLDOWN_MS)
    throw new AwsFault(
      'QueueDeletedRecently',
      'You must wait 60 seconds after deleting a queue before you can create another with the same name.',
    );
  deletedQueues.in(call).delete(name);
  const created = call.world.clock.stamp();
  queues.in(call).put(name, {
    name,
    arn: `arn:aws:sqs:${call.region}:${call.account}:${name}`,
    isFifo,
    attributes,
    created,
    modified: created,
    tags: { ...tags },
    sent: 0,
  });
  return { QueueUrl: urlOf(call, name) };
}

function checkName(name: string, isFifo: boolean): void {
  if (isFifo && !/^[a-zA-Z0-9_-]{1,75}\.fifo$/.test(name))
    throw invalidValue(
      'The name of a FIFO queue can only include alphanumeric characters, hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.',
    );
  if (!isFifo && !/^[a-zA-Z0-9_-]{1,80}$/.test(name))
    throw invalidValue('Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length');
}
