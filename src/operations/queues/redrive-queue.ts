import type { ListMessageMoveTasksResultEntry } from '@aws-sdk/client-sqs';
import type { Session } from '../../context.ts';
import { environmentFlags } from '../../domain/environment-flags.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { audit } from '../audit.ts';
import { lazyLock } from '../locks/hold-lock.ts';
import { waitFor } from '../wait-for.ts';
import { findQueue, noDeadLetters } from './find-queue.ts';

export interface RedriveInput {
  /** As platform.yaml calls it. */
  queue: string;
  /** Messages per second at most; absent: as fast as SQS goes. */
  rate?: number;
  wait: boolean;
  /** Milliseconds to watch. */
  forMs: number;
}

/** The contract of `queue redrive --json`. */
export interface RedriveOutcome {
  environment: string;
  queue: string;
  /** Dead letters before, about. */
  deadLetters: number;
  /** Moved so far; null while nobody has looked. */
  moved: number | null;
  /** What SQS says: RUNNING, COMPLETED; null where there was nothing to move. */
  status: string | null;
  dryRun: boolean;
}

/**
 * Has SQS move the dead letters of a queue back to it, and watches. A move that is under way already is watched instead of
 * a second one being started, so typing it twice is safe. Throws `redrive-stopped` (exit 1) when SQS ends it early.
 */
export async function redriveQueue(
  session: Session,
  { queue: name, rate, wait, forMs }: RedriveInput,
): Promise<RedriveOutcome> {
  const { aws, environment, flags, prompter, target } = session;
  const queue = await findQueue(session, name);
  if (!queue.deadLetters) throw noDeadLetters(queue);
  const { url, arn } = queue.deadLetters;
  const { sqs } = aws.in(queue.region);
  const [deadLetters = 0, [newest]] = await Promise.all([sqs.messages(url), sqs.moves(arn)]);
  const common = { environment: environment.name, queue: name, deadLetters, dryRun: flags.dryRun };
  const watch = async () => ({ ...common, ...(await watchMove(session, queue, forMs)) });
  if (newest && isUnderWay(newest)) return wait && !flags.dryRun ? watch() : { ...common, ...told(newest) };
  if (deadLetters === 0) return { ...common, moved: 0, status: null };

  const lock = await lazyLock(session, { command: 'queue redrive' });
  await prompter.ask({
    text: `Move about ${deadLetters} dead ${deadLetters === 1 ? 'letter' : 'letters'} back to ${environment.name}/${name} (${target.sandbox ? 'sandbox, ' : ''}account ${target.account}, ${target.region}), to be processed once more? Part of their work may be done already`,
  });
  if (flags.dryRun) return { ...common, moved: null, status: null };
  try {
    await lock.take();
    await audit(session, { event: 'queue-redriven', thing: `queues.${name}`, deadLetters });
    await sqs.startMove(arn, rate);
  } finally {
    await lock.release();
  }
  return wait ? watch() : { ...common, moved: null, status: 'RUNNING' };
}

const isUnderWay = ({ Status }: ListMessageMoveTasksResultEntry): boolean =>
  Status === 'RUNNING' || Status === 'CANCELLING';

const told = ({ Status, ApproximateNumberOfMessagesMoved }: ListMessageMoveTasksResultEntry) => ({
  status: Status!,
  moved: ApproximateNumberOfMessagesMoved ?? 0,
});

/** Nobody stops a move by looking away: Ctrl-C leaves it to SQS. */
async function watchMove(
  { aws, clock, environment, reporter, signal, target }: Session,
  { name, region, deadLetters }: Awaited<ReturnType<typeof findQueue>>,
  forMs: number,
): Promise<{ status: string; moved: number }> {
  const { sqs } = aws.in(region);
  const flags = environmentFlags(environment);
  const ended = await reporter
    .step(`Moving dead letters back to ${name}`, (update) =>
      waitFor({ clock, everyMs: target.pollMs, forMs, signal }, async () => {
        const [move] = await sqs.moves(deadLetters!.arn);
        if (!move) return undefined;
        update(
          `${move.ApproximateNumberOfMessagesMoved ?? 0} of about ${move.ApproximateNumberOfMessagesToMove ?? '?'}`,
        );
        return isUnderWay(move) ? undefined : move;
      }),
    )
    .catch((error: unknown) => Promise.reject(signal.aborted ? leftAlone(name, flags) : error));
  if (!ended) throw leftAlone(name, flags);
  const { status, moved } = told(ended);
  if (status === 'COMPLETED') return { status, moved };
  throw new PlatformError({
    id: 'redrive-stopped',
    kind: 'failed',
    message: `SQS stopped moving dead letters back to ${name} after ${moved}: ${ended.FailureReason ?? status}`,
    remedy: `mend what it says, then platform queue redrive ${name} ${flags} moves the rest`,
    details: { status, moved, reason: ended.FailureReason ?? null },
  });
}

const leftAlone = (name: string, flags: string) =>
  new PlatformError({
    id: 'redrive-not-over',
    kind: 'pending',
    message: `Stopped watching; SQS goes on moving dead letters back to ${name}`,
    remedy: `platform queue redrive ${name} ${flags} watches on`,
  });
