import { randomUUID } from 'node:crypto';
import { waitFor } from '../../wait-for.ts';
import { check, DRY_RUN, type Finding, type VerifyCheck, type VerifyScene } from './verify-check.ts';

/** A batch window, a cold start and some attempts. */
const READ_WITHIN_MS = 90_000;
const EVERY_MS = 500;
const HOLD_SECONDS = 900;

/** Each queue: there, with its dead letters; and a message comes out that went in, or is read by whoever reads it. */
export async function verifyQueues(scene: VerifyScene): Promise<VerifyCheck[]> {
  const { session, outputs } = scene;
  const { queues, functions, services } = session.environment.blocks;
  const found = Object.entries(queues).map(async ([name, queue]) => {
    const component = `queues.${name}`;
    const url = outputs[`queues.${name}.url`];
    const subject = { component, url, session };
    const readers = [
      ...Object.entries(functions).flatMap(([fn, { trigger }]) =>
        trigger?.on === 'queue' && trigger.queue === `queue.${name}` ? [fn] : [],
      ),
      // Whether they read it or write to it, only they know.
      ...Object.entries(services).flatMap(([service, { uses }]) => (uses.includes(`queue.${name}`) ? [service] : [])),
    ];
    return Promise.all([
      onQueue(subject, 'settings', 'The queue is there, as it is configured', async (at) => {
        const attributes = await session.aws.sqs.attributes(at);
        if (!attributes) return { wrong: `there is no queue at ${at}` };
        if (queue.dlq === false) return 'without dead letters';
        return attributes.RedrivePolicy
          ? `dead letters after ${queue.dlq.maxReceive} attempts`
          : { wrong: 'nobody takes its dead letters' };
      }),
      onQueue(subject, 'round-trip', 'A message comes out that went in', async (at) =>
        readers.length === 0
          ? roundTrip(scene, at, queue.fifo)
          : throughReaders(scene, { name, url: at, readers, fifo: queue.fifo }),
      ),
    ]);
  });
  return (await Promise.all(found)).flat();
}

function onQueue(
  { component, url, session }: { component: string; url: string | undefined } & Pick<VerifyScene, 'session'>,
  id: string,
  title: string,
  look: (url: string) => Promise<Finding>,
): Promise<VerifyCheck> {
  return check(session, { component, id, title }, async () =>
    url === undefined ? { wrong: 'it is not deployed' } : look(url),
  );
}

/** Messages of others that come along are shown to everybody again. */
async function roundTrip({ session }: VerifyScene, url: string, fifo: boolean): Promise<Finding> {
  const { aws, clock, flags, signal } = session;
  if (flags.dryRun) return DRY_RUN;
  const mark = randomUUID();
  const id = await aws.sqs.send(url, mark, groupOf(fifo, mark));
  const back = await waitFor({ clock, everyMs: EVERY_MS, forMs: READ_WITHIN_MS, signal }, async () => {
    const received = await aws.sqs.receive(url, { max: 10, holdSeconds: HOLD_SECONDS });
    const own = received.find(({ MessageId }) => MessageId === id);
    const others = received.filter((message) => message !== own).map(({ ReceiptHandle }) => ReceiptHandle!);
    if (others.length > 0) await aws.sqs.giveBack(url, others);
    return own;
  });
  if (!back) return { wrong: `message ${id} did not come back` };
  await aws.sqs.deleteMessage(url, back.ReceiptHandle!);
  return back.Body === mark ? `message ${id}` : { wrong: `message ${id} came back with another body` };
}

interface Read {
  name: string;
  url: string;
  readers: readonly string[];
  fifo: boolean;
}

/** What a reader makes of a message is the application's, so only one that somebody wrote for this is sent. */
async function throughReaders({ session, messages, outputs }: VerifyScene, read: Read): Promise<Finding> {
  const { aws, clock, flags, signal } = session;
  const { name, url, readers, fifo } = read;
  const body = messages.get(name);
  if (body === undefined)
    return { skipped: `${readers.join(', ')} may work on it; --message ${name}=<body> sends one that it knows` };
  if (flags.dryRun) return DRY_RUN;
  const dead = outputs[`queues.${name}.deadLetterUrl`];
  const deadBefore = dead === undefined ? 0 : ((await aws.sqs.messages(dead)) ?? 0);
  const id = await aws.sqs.send(url, body, groupOf(fifo, randomUUID()));
  const wasRead = await waitFor({ clock, everyMs: EVERY_MS, forMs: READ_WITHIN_MS, signal }, async () => {
    const { ApproximateNumberOfMessages: shown, ApproximateNumberOfMessagesNotVisible: hidden } =
      (await aws.sqs.attributes(url)) ?? {};
    return Number(shown) + Number(hidden) === 0 ? true : undefined;
  });
  const deadNow = dead === undefined ? 0 : ((await aws.sqs.messages(dead)) ?? 0);
  if (deadNow > deadBefore)
    return { wrong: `message ${id} became a dead letter: platform queue peek ${name} shows it` };
  return wasRead ? `message ${id} was read by ${readers.join(', ')}` : { wrong: `message ${id} was not read` };
}

const groupOf = (fifo: boolean, once: string) => (fifo ? { group: 'platform-verify', once } : undefined);
