import { Command, Option } from 'commander';
import type { Context } from '../context.ts';
import { counted } from '../domain/counted.ts';
import { environmentFlags } from '../domain/environment-flags.ts';
import { versionLine } from '../domain/version-line.ts';
import { PlatformError } from '../errors/platform-error.ts';
import type { RollbackOutcome } from '../operations/rollback/rollback.ts';
import type { FunctionRollback } from '../operations/rollback/rollback-function.ts';
import { VERSION } from '../package.ts';
import { durationMs } from './duration-option.ts';
import { continueCommand } from './rollback-continue.ts';

const EXAMPLES = `
Examples:
  $ platform rollback --env prod --dry-run            what going back to the release before would change
  $ platform rollback web --env prod --yes            one service; everything else stays as it is
  $ platform rollback api --env prod                  a function: its alias points to the version before, in seconds
  $ platform rollback api --env prod --watch 10m      and see for so long how many of its calls fail
  $ platform rollback --to 20261121T031500Z-1f2e --env prod
  $ platform rollback continue --env prod             for a stack that is UPDATE_ROLLBACK_FAILED

Run again, it changes nothing more: --to says how to go further back, or forward again. One that was cut off is taken up.`;

export function rollbackCommand(context: Context): Command {
  return new Command('rollback')
    .summary('bring an earlier release back, and prove it')
    .argument('[name]', 'only this service or function; everything else stays as it is')
    .option('--to <release>', 'an id that platform releases shows; without it the release before')
    .option('--wait-anyway', 'wait as long as AWS does, even when no task can come up')
    .addOption(
      new Option(
        '--watch <time>',
        'of a function: how long its calls are watched afterwards; three minutes where it is called, 0s for not at all',
      ).argParser(watchedMs),
    )
    .addHelpText('after', EXAMPLES)
    .addCommand(continueCommand(context))
    .action(async (service: string | undefined, { to, watch, waitAnyway = false }: Flags) => {
      const session = await context.open();
      const { functions, services } = session.environment.blocks;
      const { recordRun } = await import('../operations/flight-recorder/record-run.ts');
      if (service !== undefined && Object.hasOwn(functions, service) && !Object.hasOwn(services, service)) {
        const { rollbackFunction } = await import('../operations/rollback/rollback-function.ts');
        const outcome = await recordRun(session, { command: `rollback ${service}` }, (recorded) =>
          rollbackFunction(recorded, {
            name: service,
            version: VERSION,
            ...(to === undefined ? {} : { to }),
            ...(watch === undefined ? {} : { watchMs: watch }),
          }),
        );
        context.reporter.result(functionText(outcome), outcome);
        return;
      }
      if (watch !== undefined) throw watchesFunctions();
      const { rollback } = await import('../operations/rollback/rollback.ts');
      const outcome = await recordRun(session, { command: 'rollback' }, (recorded) =>
        rollback(recorded, {
          version: VERSION,
          ...(service === undefined ? {} : { service }),
          ...(to === undefined ? {} : { to }),
          waitAnyway,
        }),
      );
      context.reporter.result(rollbackText(outcome, environmentFlags(session.environment)), outcome);
    });
}

interface Flags {
  to?: string;
  watch?: number;
  waitAnyway?: boolean;
}

const watchedMs = (value: string): number => (/^0+[smh]?$/.test(value) ? 0 : durationMs(value));

const watchesFunctions = () =>
  new PlatformError({
    id: 'rollback-watches-functions',
    kind: 'usage',
    message: '--watch counts calls of a function, and none was named',
    remedy: 'leave it out: a rollback of services is watched until it is proven',
  });

function functionText(outcome: FunctionRollback): string {
  const { environment, rollback, release, functions, seconds, versions, watched, dryRun } = outcome;
  if (dryRun)
    return [
      `${rollback.service} in ${environment} would run its version of release ${rollback.to}`,
      ...versions.map(versionLine),
    ].join('\n');
  if (release === null) return `${rollback.service} in ${environment} runs that version already: nothing was changed`;
  return `${rollback.service} in ${environment} runs version ${functions[0]!.version} of release ${rollback.to} again, after ${seconds} s; ${watched ? `${watched.failed} of ${counted(watched.calls, 'call')} since then failed; ${watched.ringing.map((name) => `alarm ${name} rings still; `).join('')}` : ''}the next deployment goes forward`;
}

function rollbackText(outcome: RollbackOutcome, flags: string): string {
  const { environment, rollback, release, stacks, services, siteFiles, dryRun, confirmations } = outcome;
  const what = rollback.service === null ? environment : `${rollback.service} in ${environment}`;
  const changed = stacks.filter(({ action }) => action !== 'none').length;
  const sites = Object.keys(siteFiles);
  if (changed === 0 && sites.length === 0 && release === null)
    return `${what} is as release ${rollback.to} left it: nothing was changed. platform releases ${flags} shows earlier ones`;
  if (dryRun) {
    const needs = confirmations.map((name) => `--confirm ${name}`).join(' ');
    return `Going back to release ${rollback.to} would change ${changed} of ${stacks.length} stacks${sites.length > 0 ? ` and the files of ${sites.join(', ')}` : ''}; nothing was changed${needs ? `\nIt needs ${needs}` : ''}`;
  }
  return [
    `${what} runs release ${rollback.to} again, as release ${release!.id}: ${changed} of ${stacks.length} stacks changed`,
    ...sites.map((site) => `  ${site}  its files of then`),
    ...services.map(
      ({ name, running, desired, healthy, digest, simulated }) =>
        `  ${name}  ${running}/${desired} tasks${healthy === undefined ? '' : `, ${healthy} healthy`}  ${digest.slice(0, 19)}${simulated ? '  (simulated)' : ''}`,
    ),
  ].join('\n');
}
