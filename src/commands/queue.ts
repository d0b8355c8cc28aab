import { Command } from 'commander';
import type { Context } from '../context.ts';
import { cleanText } from '../domain/clean-text.ts';
import { columns } from '../domain/columns.ts';
import { environmentFlags } from '../domain/environment-flags.ts';
import type { QueueList } from '../operations/queues/list-queues.ts';
import type { QueuePaceOutcome } from '../operations/queues/pause-queue.ts';
import type { PeekOutcome } from '../operations/queues/peek-queue.ts';
import type { RedriveOutcome } from '../operations/queues/redrive-queue.ts';
import { wholeNumber } from './count-option.ts';
import { minutes } from './minutes-option.ts';

const LIST_EXAMPLES = `
Examples:
  $ platform queue list --env prod`;
const PEEK_EXAMPLES = `
Examples:
  $ platform queue peek jobs --env prod                 up to ten dead letters, left where they are
  $ platform queue peek jobs --live --count 1 --yes     a message of the queue itself: counts as a receive`;
const REDRIVE_EXAMPLES = `
Examples:
  $ platform queue redrive jobs --env prod              after a yes, watched to its end
  $ platform queue redrive jobs --rate 50 --no-wait --yes`;
const PAUSE_EXAMPLES = `
Examples:
  $ platform queue pause jobs --env prod                messages wait; no deployment starts its readers again
  $ platform queue resume jobs --env prod`;

/** Characters of a body that people are shown; --json has it whole. */
const SHOWN = 2_000;

export function queueCommand(context: Context): Command {
  return new Command('queue')
    .summary('look at queues and their dead letters, move those back, and stop who reads')
    .addHelpText('after', LIST_EXAMPLES)
    .addCommand(
      new Command('list')
        .summary('count what waits, what is being processed, and what was set aside')
        .addHelpText('after', LIST_EXAMPLES)
        .action(async () => {
          const { listQueues } = await import('../operations/queues/list-queues.ts');
          const outcome = await listQueues(await context.open());
          context.reporter.result(listText(outcome), outcome);
        }),
    )
    .addCommand(
      new Command('peek')
        .summary('show dead letters of a queue, or its own messages, and leave them there')
        .argument('<queue>', 'as in platform.yaml')
        .option('--live', 'messages of the queue itself: each look counts as a receive')
        .option('--count <messages>', 'how many at most, from 1 to 100', wholeNumber(1, 100), 10)
        .addHelpText('after', PEEK_EXAMPLES)
        .action(async (queue: string, { live = false, count }: { live?: boolean; count: number }) => {
          const { peekQueue } = await import('../operations/queues/peek-queue.ts');
          const outcome = await peekQueue(await context.open(), { queue, live, count });
          context.reporter.result(peekText(outcome), outcome);
        }),
    )
    .addCommand(
      new Command('redrive')
        .summary('have dead letters go back to their queue, to be processed once more')
        .argument('<queue>', 'as in platform.yaml')
        .option('--rate <messages>', 'messages per second at most, from 1 to 500', wholeNumber(1, 500))
        .option('--no-wait', 'return as soon as SQS has begun')
        .option('--timeout <minutes>', 'how long to watch', minutes, 15)
        .addHelpText('after', REDRIVE_EXAMPLES)
        .action(async (queue: string, { rate, wait, timeout }: { rate?: number; wait: boolean; timeout: number }) => {
          const session = await context.open();
          const { redriveQueue } = await import('../operations/queues/redrive-queue.ts');
          const input = { queue, ...(rate === undefined ? {} : { rate }), wait, forMs: timeout * 60_000 };
          const outcome = await redriveQueue(session, input);
          context.reporter.result(redriveText(outcome), outcome);
        }),
    )
    .addCommand(
      new Command('pause')
        .summary('have no function read a queue until it is resumed')
        .argument('<queue>', 'as in platform.yaml')
        .addHelpText('after', PAUSE_EXAMPLES)
        .action(async (queue: string) => {
          const { pauseQueue } = await import('../operations/queues/pause-queue.ts');
          const session = await context.open();
          const outcome = await pauseQueue(session, queue);
          context.reporter.result(paceText(outcome, environmentFlags(session.environment)), outcome);
        }),
    )
    .addCommand(
      new Command('resume')
        .summary('have functions read a paused queue again')
        .argument('<queue>', 'as in platform.yaml')
        .addHelpText('after', PAUSE_EXAMPLES)
        .action(async (queue: string) => {
          const { resumeQueue } = await import('../operations/queues/pause-queue.ts');
          const session = await context.open();
          const outcome = await resumeQueue(session, queue);
          context.reporter.result(paceText(outcome, environmentFlags(session.environment)), outcome);
        }),
    );
}

function listText({ environment, queues }: QueueList): string {
  if (queues.length === 0) return `${environment} has no queue`;
  const rows = queues.map(({ name, messages, deadLetters }) =>
    messages
      ? [
          name,
          String(messages.visible),
          String(messages.inFlight),
          String(messages.delayed),
          deadLetters === null ? 'not kept' : String(deadLetters),
        ]
      : [name, 'gone', '', '', deadLetters === null ? '' : String(deadLetters)],
  );
  return columns([['queue', 'waiting', 'being processed', 'delayed', 'dead letters'], ...rows]);
}

function peekText({ environment, queue, live, total, messages, dryRun }: PeekOutcome): string {
  const what = live ? `messages of ${environment}/${queue}` : `dead letters of ${environment}/${queue}`;
  if (dryRun) return `Would look at about ${total} ${what}`;
  if (messages.length === 0) return `No ${what}`;
  const parts = messages.map(({ id, body, sentAt, receives, group, attributes }) => {
    const head = [id, sentAt ? `sent ${sentAt}` : '', `received ${receives} times`, group ? `group ${group}` : ''];
    const text = cleanText(body);
    const more = text.length > SHOWN ? `\n  … ${text.length - SHOWN} characters more: --json has them all` : '';
    const named = Object.entries(attributes).map(([name, value]) => `\n  ${name}: ${cleanText(value)}`);
    return `${head.filter(Boolean).join('  ')}${named.join('')}\n  ${text.slice(0, SHOWN).replaceAll('\n', '\n  ')}${more}`;
  });
  return [`${messages.length} of about ${Math.max(total, messages.length)} ${what}`, ...parts].join('\n\n');
}

function redriveText({ environment, queue, deadLetters, moved, status, dryRun }: RedriveOutcome): string {
  const place = `${environment}/${queue}`;
  if (dryRun) return `Would move about ${deadLetters} dead letters back to ${place}; nothing was changed`;
  if (status === null) return `${place} has no dead letters`;
  if (status === 'COMPLETED') return `Moved ${moved} dead ${moved === 1 ? 'letter' : 'letters'} back to ${place}`;
  return `SQS moves dead letters back to ${place}`;
}

function paceText(
  { environment, queue, paused, functions, services, unchanged, dryRun }: QueuePaceOutcome,
  flags: string,
): string {
  const place = `${environment}/${queue}`;
  const names = functions.map(({ name }) => name).join(', ') || 'no function';
  const others =
    services.length === 0
      ? ''
      : `\n${services.join(', ')} may read it as well and ${services.length === 1 ? 'runs' : 'run'} on: platform pause ${services.join(' ')} ${flags} stops ${services.length === 1 ? 'it' : 'them'}`;
  if (unchanged) return `${place} is ${paused ? 'paused already' : 'not paused'}${paused ? others : ''}`;
  if (dryRun)
    return `Would have ${names} ${paused ? 'read no message' : 'read messages'} of ${place}${paused ? '' : ' again'}; nothing was changed`;
  if (!paused) return `${names} ${functions.length === 1 ? 'reads' : 'read'} ${place} again`;
  return `${place} is paused: messages wait, and what ${names} has in hand is finished. platform queue resume ${queue} ${flags} ends it${others}`;
}
