import { Command } from 'commander';
import type { Context } from '../context.ts';
import { columns } from '../domain/columns.ts';
import { environmentFlags } from '../domain/environment-flags.ts';
import type { ListedRelease, ReadableRelease, ReleasesOutcome } from '../operations/rollback/releases.ts';
import { wholeNumber } from './count-option.ts';

const EXAMPLES = `
Examples:
  $ platform releases --env prod
  $ platform releases --env prod --limit 5 --json
  $ platform releases show 20261121T031500Z-1f2e --env prod`;

const SHOW_EXAMPLES = `
Examples:
  $ platform releases show 20261121T031500Z-1f2e
  $ platform releases show 1f2e --env prod --json     its end is enough where no other ends so`;

export function releasesCommand(context: Context): Command {
  return new Command('releases')
    .summary('show what was released, by whom, and what of it is live')
    .option('-n, --limit <count>', 'how many', wholeNumber(1, 1000), 20)
    .option('--before <release>', 'only those older than this one')
    .addHelpText('after', EXAMPLES)
    .addCommand(showCommand(context))
    .action(async ({ limit, before }: { limit: number; before?: string }) => {
      const session = await context.open();
      const { releases } = await import('../operations/rollback/releases.ts');
      const outcome = await releases(session, { limit, ...(before ? { before } : {}) });
      context.reporter.result(releasesText(outcome, environmentFlags(session.environment)), outcome);
    });
}

function showCommand(context: Context): Command {
  return new Command('show')
    .summary('show one release: images, stacks, and how long each took')
    .argument('<release>', 'its id')
    .addHelpText('after', SHOW_EXAMPLES)
    .action(async (id: string) => {
      const session = await context.open();
      const { release } = await import('../operations/rollback/releases.ts');
      const { record, ...shown } = await release(session, id);
      const parameters = Object.fromEntries(record.stacks.map((stack) => [stack.id, stack.parameters]));
      context.reporter.result(releaseText(shown), { ...shown, parameters });
    });
}

function releasesText({ environment, releases, next, unproven, unanswered }: ReleasesOutcome, flags: string): string {
  if (releases.length === 0) return `${environment} has no release yet: platform deploy ${flags} makes one`;
  return [
    columns(releases.map(cells)),
    ...(unproven === null
      ? []
      : unanswered !== null
        ? [`${unproven} runs, but ${unanswered}: platform smoke ${flags} asks again`]
        : [`A deployment began as ${unproven} and was not proven since: platform status ${flags}`]),
    ...(next === null ? [] : [`Older ones: platform releases ${flags} --before ${next}`]),
  ].join('\n');
}

function cells(release: ListedRelease): string[] {
  if (!release.readable) return ['', release.id, '', '', '', 'cannot be read'];
  const { id, live, startedAt, seconds, principal } = release;
  return [
    live ? 'live' : '',
    id,
    commitOf(release),
    `${startedAt.slice(0, 16).replace('T', ' ')}  ${Math.round(seconds)} s`,
    nameOf(principal),
    [...marksOf(release), ...Object.entries(release.images).map(([name, image]) => `${name} ${digestOf(image)}`)].join(
      ', ',
    ),
  ];
}

function marksOf({ rollback, rolledBackToBy, migration, simulated }: ReadableRelease): string[] {
  return [
    ...(rollback ? [`rollback${rollback.service ? ` of ${rollback.service}` : ''} to ${rollback.to}`] : []),
    ...rolledBackToBy.map((id) => `rolled back to by ${id}`),
    ...(migration ? [migration.exitCode === 0 ? 'migrated' : `migration exited with ${migration.exitCode}`] : []),
    ...(simulated ? ['simulated'] : []),
  ];
}

function releaseText(release: ReadableRelease): string {
  const { id, live, startedAt, seconds, principal, host, version, images, stacks } = release;
  const marks = marksOf(release);
  return [
    `${id}${live ? '  live' : ''}${marks.length > 0 ? `  ${marks.join(', ')}` : ''}`,
    columns([
      ['', 'commit', commitOf(release)],
      ['', 'began', `${startedAt.slice(0, 19).replace('T', ' ')} UTC, took ${Math.round(seconds)} s`],
      ['', 'by', `${principal} on ${host}, platform ${version}`],
      ...Object.entries(images).map(([name, image]) => ['', name, image]),
    ]),
    columns(stacks.map(({ name, action, seconds: own }) => ['', name, action, `${own} s`])),
  ].join('\n');
}

const commitOf = ({ commit, dirty }: ReadableRelease): string =>
  commit === null ? 'no commit' : `${commit.slice(0, 10)}${dirty ? ' (dirty)' : ''}`;

const digestOf = (image: string): string => image.replace(/^.*@(sha256:)?/, '').slice(0, 12);

/** `arn:aws:sts::…:assumed-role/Deploy/ada` is ada to those who read. */
const nameOf = (principal: string): string => principal.split('/').at(-1)!;
