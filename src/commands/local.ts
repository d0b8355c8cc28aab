import { Command } from 'commander';
import type { Context } from '../context.ts';
import { columns } from '../domain/columns.ts';
import type { LocalStatus } from '../operations/local/status.ts';
import type { LocalUpOutcome } from '../operations/local/up.ts';
import { localTokenCommand } from './local/token.ts';
import { localVerifyCommand } from './local/verify.ts';

const EXAMPLES = `
Examples:
  $ platform local up
  $ platform local urls
  $ platform local verify`;
const UP_EXAMPLES = `
Examples:
  $ platform local up
  $ platform local up --rebuild                       after a change, one service after the other
  $ platform local up --dry-run`;
const DOWN_EXAMPLES = `
Examples:
  $ platform local down
  $ platform local down --volumes --yes               the data of databases in containers too`;

export function localCommand(context: Context): Command {
  return new Command('local')
    .summary('run an environment of kind local on this machine, and check it')
    .addHelpText('after', EXAMPLES)
    .addCommand(
      new Command('up')
        .summary('start emulator, database and services, and deploy to the emulator')
        .option('--rebuild', 'build services anew and replace them, one after the other')
        .addHelpText('after', UP_EXAMPLES)
        .action(async ({ rebuild = false }: { rebuild?: boolean }) => {
          const { localUp } = await import('../operations/local/up.ts');
          const outcome = await localUp(context, { rebuild });
          context.reporter.result(upText(outcome), outcome);
        }),
    )
    .addCommand(
      new Command('down')
        .summary('take away what local up started; data stays')
        .option('--volumes', 'the data of databases in containers goes too')
        .addHelpText('after', DOWN_EXAMPLES)
        .action(async ({ volumes = false }: { volumes?: boolean }) => {
          const { localDown } = await import('../operations/local/down.ts');
          const outcome = await localDown(context, { volumes });
          const gone = [
            ...(outcome.containers ? ['the containers'] : []),
            ...(outcome.volumes ? ['the data of their databases'] : []),
            ...(outcome.sandbox ? ['the server of the sandbox (its state stays)'] : []),
          ];
          const text = gone.length > 0 ? `Gone: ${gone.join(', ')}` : 'Nothing was there';
          context.reporter.result(outcome.dryRun ? 'Nothing was changed' : text, outcome);
        }),
    )
    .addCommand(
      new Command('status')
        .summary('show what of it runs, without starting anything')
        .addHelpText('after', EXAMPLES)
        .action(async () => {
          const { localStatus } = await import('../operations/local/status.ts');
          const status = await localStatus(context);
          context.reporter.result(statusText(status), status);
        }),
    )
    .addCommand(
      new Command('urls')
        .summary('print where APIs, services, queues and databases are reached from this machine')
        .addHelpText('after', EXAMPLES)
        .action(async () => {
          const { urlsOfLocal } = await import('../operations/local/urls.ts');
          const outcome = await urlsOfLocal(context);
          context.reporter.result(urlsText(outcome.urls), outcome);
        }),
    )
    .addCommand(localTokenCommand(context))
    .addCommand(localVerifyCommand(context));
}

const urlsText = (urls: readonly { component: string; url: string }[]): string =>
  urls.length > 0
    ? columns(urls.map(({ component, url }) => [component, url]))
    : 'Nothing is reached yet: platform local up brings it up';

const upText = ({ environment, urls, dryRun }: LocalUpOutcome): string =>
  dryRun ? 'Nothing was changed' : `${environment} is up\n${urlsText(urls)}`;

function statusText({ emulator, containers }: LocalStatus): string {
  const standing = { true: 'running', false: 'not running', null: 'not ours to start' }[String(emulator.running)]!;
  return columns([
    ['emulator', emulator.kind ?? 'of your own', standing, emulator.endpoint ?? ''],
    ...containers.map(({ name, state, health }) => ['container', name, state, health ?? '']),
  ]);
}
