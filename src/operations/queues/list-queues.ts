import type { Session } from '../../context.ts';
import { deployedQueues } from './find-queue.ts';

/** The contract of `queue list --json`. Counts are about right: SQS tells no others. */
export interface QueueList {
  environment: string;
  queues: {
    name: string;
    url: string;
    /** Waiting, handed to somebody, and not to be seen yet; null where the queue is gone. */
    messages: { visible: number; inFlight: number; delayed: number } | null;
    /** Null without a queue for them. */
    deadLetters: number | null;
  }[];
}

export async function listQueues(session: Pick<Session, 'aws' | 'environment' | 'target'>): Promise<QueueList> {
  const found = await deployedQueues(session);
  const queues = await Promise.all(
    found.map(async ({ name, region, url, deadLetters }) => {
      const { sqs } = session.aws.in(region);
      const [own, dead] = await Promise.all([sqs.attributes(url), deadLetters && sqs.messages(deadLetters.url)]);
      const messages = own && {
        visible: Number(own.ApproximateNumberOfMessages),
        inFlight: Number(own.ApproximateNumberOfMessagesNotVisible),
        delayed: Number(own.ApproximateNumberOfMessagesDelayed),
      };
      return { name, url, messages: messages ?? null, deadLetters: dead ?? null };
    }),
  );
  return { environment: session.environment.name, queues };
}
