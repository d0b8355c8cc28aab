import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import type { FoundStack } from '../stacks/named-stacks.ts';
import { stackOutputs } from '../stacks/stack-outputs.ts';

export interface QueueLook {
  name: string;
  url: string;
  deadLetters: boolean;
  /** About how many; undefined when the queue is gone. */
  messages: number | undefined;
  /** Messages are seen again while a consumer is still at work on them (F-97). */
  tooShort?: { visibility: number; consumer: string; timeout: number };
}

/** The queues of an environment, and those in which messages are set aside. Only counts. */
export async function lookAtQueues(
  { aws, environment }: Pick<Session, 'aws' | 'environment'>,
  stacks: readonly FoundStack[],
): Promise<QueueLook[]> {
  const messaging = stacks.find(({ id }) => id === 'messaging');
  if (!messaging) return [];
  const told = stackOutputs(messaging.stack);
  const { sqs } = aws.in(messaging.region);
  const places = Object.keys(environment.blocks.queues).flatMap((name) => {
    const own = told[outputs.messaging.queueUrl(name)];
    const dead = told[outputs.messaging.deadLetterQueueUrl(name)];
    return [
      ...(own ? [{ name, url: own, deadLetters: false }] : []),
      ...(dead ? [{ name, url: dead, deadLetters: true }] : []),
    ];
  });
  return Promise.all(
    places.map(async (place): Promise<QueueLook> => {
      const [slowest] = place.deadLetters ? [] : consumersOf(environment.blocks, place.name);
      if (!slowest) return { ...place, messages: await sqs.messages(place.url) };
      const attributes = await sqs.attributes(place.url);
      const visibility = Number(attributes?.VisibilityTimeout);
      return {
        ...place,
        messages: attributes && Number(attributes.ApproximateNumberOfMessages ?? 0),
        ...(visibility < slowest.timeout ? { tooShort: { visibility, ...slowest } } : {}),
      };
    }),
  );
}

/** Functions that a queue starts, the slowest first. */
const consumersOf = ({ functions }: Session['environment']['blocks'], queue: string) =>
  Object.entries(functions)
    .flatMap(([consumer, { trigger, timeoutSeconds: timeout }]) =>
      trigger?.on === 'queue' && trigger.queue === `queue.${queue}` ? [{ consumer, timeout }] : [],
    )
    .toSorted((a, b) => b.timeout - a.timeout);
