import { Command } from 'commander';
import type { Context } from '../context.ts';
import { columns } from '../domain/columns.ts';
import { durationText } from '../domain/duration.ts';
import type { LockStatus, ShownHolder } from '../operations/locks/lock.ts';

const STATUS_EXAMPLES = `
Examples:
  $ platform lock status --env prod
  $ platform lock status --env prod --json`;
const RELEASE_EXAMPLES = `
Examples:
  $ platform lock release --env prod                        a stale one, after a yes
  $ platform lock release --env prod --confirm prod/lock    one whose holder may still be at work`;

export function lockCommand(context: Context): Command {
  return new Command('lock')
    .summary('see who is changing an environment, and free it when nobody is')
    .addHelpText('after', STATUS_EXAMPLES)
    .addCommand(
      new Command('status')
        .summary('say who holds the environment, since when, and whether it still runs')
        .addHelpText('after', STATUS_EXAMPLES)
        .action(async () => {
          const { lockStatus, standingText } = await import('../operations/locks/lock.ts');
          const outcome = await lockStatus(await context.open());
          context.reporter.result(statusText(outcome, standingText), outcome);
        }),
    )
    .addCommand(
      new Command('release')
        .summary('free the environment of a holder that is gone')
        .addHelpText('after', RELEASE_EXAMPLES)
        .action(async () => {
          const { releaseLock } = await import('../operations/locks/lock.ts');
          const outcome = await releaseLock(await context.open());
          const { environment, previous, released, unreadable, dryRun } = outcome;
          const held = previous
            ? `it was held by ${previous.principal} on ${previous.host}`
            : 'nobody can tell who held it';
          const text = released
            ? `The lock of ${environment} is free; ${held}`
            : !previous && !unreadable
              ? `Nobody holds ${environment}`
              : dryRun
                ? `The lock of ${environment} would be freed; nothing was changed`
                : `The lock of ${environment} was left as it is`;
          context.reporter.result(text, outcome);
        }),
    );
}

function statusText({ environment, holder, stale }: LockStatus, standingText: (holder: ShownHolder) => string): string {
  if (!holder) return `Nobody holds ${environment}`;
  const { principal, host, pid, command, commit, takenAt, ageSeconds, cancelAskedBy } = holder;
  const rows = [
    ['holder', principal],
    ['host', `${host}${pid === null ? '' : `, process ${pid}`}`],
    ['command', `${command}${commit ? ` of commit ${commit.slice(0, 12)}` : ''}`],
    ['since', `${takenAt}, ${durationText(ageSeconds * 1000)} ago`],
    ['standing', standingText(holder)],
    ...(cancelAskedBy ? [['cancelled', `by ${cancelAskedBy}`]] : []),
  ];
  return [
    `${environment} is held${stale ? ', but its holder is gone: the next command takes it over' : ''}`,
    columns(rows),
  ].join('\n');
}
