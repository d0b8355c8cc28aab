import { outputs } from '../../../infra/outputs.ts';
import type { Session } from '../../context.ts';
import { nearest } from '../../domain/nearest.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { findStacks } from '../stacks/named-stacks.ts';
import { stackMissing } from '../stacks/stack-missing.ts';
import { stackOutputs } from '../stacks/stack-outputs.ts';
import { stateOf } from '../state-of.ts';

export interface FoundQueue {
  /** As platform.yaml calls it. */
  name: string;
  region: string;
  url: string;
  /** Where messages go that nobody could process; absent: `dlq: false`. */
  deadLetters?: { url: string; arn: string };
}

/** The queues of an environment that its messaging stack tells of. Throws `stack-missing` while nothing is deployed. */
export async function deployedQueues(session: Pick<Session, 'aws' | 'environment' | 'target'>): Promise<FoundQueue[]> {
  const { environment } = session;
  const { state } = await stateOf(session);
  const messaging = (await findStacks(session, state)).find(({ id }) => id === 'messaging');
  if (!messaging) throw stackMissing('messaging', environment.name, []);
  const told = stackOutputs(messaging.stack);
  return Object.keys(environment.blocks.queues).flatMap((name) => {
    const url = told[outputs.messaging.queueUrl(name)];
    const deadUrl = told[outputs.messaging.deadLetterQueueUrl(name)];
    const deadArn = told[outputs.messaging.deadLetterQueueArn(name)];
    if (!url) return [];
    return [
      {
        name,
        region: messaging.region,
        url,
        ...(deadUrl && deadArn && { deadLetters: { url: deadUrl, arn: deadArn } }),
      },
    ];
  });
}

/** One of them. Throws `queue-unknown` (exit 2) for a name that platform.yaml does not have, or has and nobody deployed. */
export async function findQueue(
  session: Pick<Session, 'aws' | 'environment' | 'target'>,
  name: string,
): Promise<FoundQueue> {
  const { environment } = session;
  const known = Object.keys(environment.blocks.queues);
  if (!known.includes(name)) throw queueUnknown(name, known, environment.name);
  const found = (await deployedQueues(session)).find((queue) => queue.name === name);
  if (!found) throw stackMissing(`messaging with queue ${name}`, environment.name, []);
  return found;
}

function queueUnknown(name: string, known: readonly string[], environment: string): PlatformError {
  const near = nearest(name, known);
  return new PlatformError({
    id: 'queue-unknown',
    kind: 'usage',
    message: `${environment} has no queue ${JSON.stringify(name)}`,
    remedy: near
      ? `name ${near}`
      : known.length > 0
        ? `name one of ${known.join(', ')}`
        : 'platform.yaml configures none',
  });
}

/** Somebody asks for the dead letters of a queue that keeps none. */
export const noDeadLetters = ({ name }: FoundQueue): PlatformError =>
  new PlatformError({
    id: 'queue-keeps-no-dead-letters',
    kind: 'failed',
    message: `queues.${name} has no queue for dead letters: dlq is false`,
    remedy: `take dlq: false away from queues.${name}, then platform deploy; messages that were received too often are gone`,
  });
