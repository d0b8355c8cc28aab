import type { Message } from '@aws-sdk/client-sqs';
import type { Session } from '../../context.ts';
import { findQueue, noDeadLetters } from './find-queue.ts';

/** Seconds for which nobody else sees a message while we collect; a killed look gives them back after that. */
const HOLD_SECONDS = 30;

/** So many empty answers in a row and we have seen all: a short queue answers from some of its servers only. */
const EMPTY_ANSWERS = 2;

export interface PeekInput {
  /** As platform.yaml calls it. */
  queue: string;
  /** The queue itself; else its dead letters. */
  live: boolean;
  /** How many messages at most. */
  count: number;
}

/** The contract of `queue peek --json`. */
export interface PeekOutcome {
  environment: string;
  queue: string;
  live: boolean;
  /** About how many there are. */
  total: number;
  messages: {
    id: string;
    body: string;
    /** ISO 8601. */
    sentAt: string | null;
    /** How often it was handed to somebody, this look included. */
    receives: number;
    /** Of a FIFO queue. */
    group: string | null;
    attributes: Record<string, string>;
  }[];
  dryRun: boolean;
}

/**
 * Shows messages and leaves them where they are. SQS knows no look without a receive: for dead letters that means nothing;
 * of a live queue each look counts towards the number after which a message is set aside, so it is asked for.
 */
export async function peekQueue(
  session: Pick<Session, 'aws' | 'environment' | 'flags' | 'prompter' | 'target'>,
  { queue: name, live, count }: PeekInput,
): Promise<PeekOutcome> {
  const { environment, flags, prompter } = session;
  const queue = await findQueue(session, name);
  const { sqs } = session.aws.in(queue.region);
  if (!live && !queue.deadLetters) throw noDeadLetters(queue);
  const url = live ? queue.url : queue.deadLetters!.url;
  const attributes = await sqs.attributes(url);
  const total = Number(attributes?.ApproximateNumberOfMessages ?? 0);
  const common = { environment: environment.name, queue: name, live, total, dryRun: flags.dryRun };
  if (live && total > 0) {
    const policy = attributes?.RedrivePolicy ? JSON.parse(attributes.RedrivePolicy) : undefined;
    const limit = policy ? `, of the ${policy.maxReceiveCount} after which it is set aside` : '';
    await prompter.ask({
      text: `Look at messages of ${environment.name}/${name}? Each look counts as a receive of a message${limit}, and hides it from its consumers for a moment`,
    });
  }
  if (flags.dryRun) return { ...common, messages: [] };

  const seen = new Map<string, Message>();
  try {
    for (let empty = 0; empty < EMPTY_ANSWERS && seen.size < count; ) {
      const got = await sqs.receive(url, { max: count - seen.size, holdSeconds: HOLD_SECONDS });
      empty = got.length === 0 ? empty + 1 : 0;
      for (const message of got) seen.set(message.MessageId!, message);
    }
  } finally {
    await sqs.giveBack(
      url,
      [...seen.values()].map(({ ReceiptHandle }) => ReceiptHandle!),
    );
  }
  return { ...common, messages: [...seen.values()].map(shown) };
}

function shown({ MessageId, Body, Attributes = {}, MessageAttributes = {} }: Message): PeekOutcome['messages'][number] {
  const sent = Attributes.SentTimestamp;
  return {
    id: MessageId!,
    body: Body ?? '',
    sentAt: sent ? new Date(Number(sent)).toISOString() : null,
    receives: Number(Attributes.ApproximateReceiveCount ?? 1),
    group: Attributes.MessageGroupId ?? null,
    attributes: Object.fromEntries(
      Object.entries(MessageAttributes).map(([name, { StringValue, BinaryValue }]) => [
        name,
        StringValue ?? `${BinaryValue?.length ?? 0} bytes`,
      ]),
    ),
  };
}
