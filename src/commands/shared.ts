import { Command } from 'commander';
import type { Context } from '../context.ts';
import { columns } from '../domain/columns.ts';
import { environmentFlags } from '../domain/environment-flags.ts';
import type { SharedOutcome } from '../operations/shared/look-at-shared.ts';

const LIST_EXAMPLES = `
Examples:
  $ platform shared list --env infra                  what it lends to others, and who stands in its network`;
const EXPORT_EXAMPLES = `
Examples:
  $ platform shared export --env infra                what a consumer writes into its platform.yaml`;
const JOIN_EXAMPLES = `
Examples:
  $ platform shared join --env prod                   whether it can be deployed into the provider's network

What is lacking is named with the command that makes it; platform deploy joins then.`;

export function sharedCommand(context: Context): Command {
  return new Command('shared')
    .summary('lend network, load balancer and database of an environment to others')
    .addHelpText('after', LIST_EXAMPLES)
    .addCommand(
      new Command('list')
        .summary('show what is lent or borrowed, by the parameters that hold it')
        .addHelpText('after', LIST_EXAMPLES)
        .action(async () => {
          const { lookAtShared } = await import('../operations/shared/look-at-shared.ts');
          const outcome = await lookAtShared(await context.open());
          context.reporter.result(listText(outcome), outcome);
        }),
    )
    .addCommand(
      new Command('export')
        .summary('check that all is there that this environment lends, and say what a consumer writes')
        .addHelpText('after', EXPORT_EXAMPLES)
        .action(async () => {
          const { lookAtShared, requireReady } = await import('../operations/shared/look-at-shared.ts');
          const session = await context.open();
          const outcome = await lookAtShared(session, 'export');
          requireReady(outcome, [`platform deploy ${environmentFlags(session.environment)} writes them`]);
          context.reporter.result(exportText(outcome), outcome);
        }),
    )
    .addCommand(
      new Command('join')
        .summary('check that all is there that this environment borrows, before it is deployed')
        .addHelpText('after', JOIN_EXAMPLES)
        .action(async () => {
          const { lookAtShared, requireReady } = await import('../operations/shared/look-at-shared.ts');
          const session = await context.open();
          const outcome = await lookAtShared(session, 'consume');
          const flags = environmentFlags(session.environment);
          requireReady(outcome, steps(outcome, flags));
          context.reporter.result(
            `${outcome.environment} can join ${outcome.prefix} (account ${outcome.account}, ${outcome.region}): platform deploy ${flags}`,
            outcome,
          );
        }),
    );
}

/** What to type, in order; the provider is somebody else's project as often as not. */
function steps({ values, logins, prefix }: SharedOutcome, flags: string): string[] {
  const isMissing = values.some(({ needed, value }) => needed && value === null);
  return [
    ...(isMissing
      ? [
          `whoever exports ${prefix}, in this account and region: platform shared export --env <provider> says what is missing`,
        ]
      : []),
    ...logins
      .filter(({ there }) => !there)
      .map(({ databaseName, secret }) => `platform db create ${databaseName} --secret ${secret} --env <provider>`),
    `platform shared join ${flags} looks again`,
  ];
}

function listText({ environment, mode, prefix, values, consumers, logins }: SharedOutcome): string {
  const shown = values
    .filter(({ needed, value }) => needed || value !== null)
    .map(({ name, value, needed }) => ['', name, value ?? (needed ? 'missing' : '')]);
  return [
    `${environment} ${mode === 'export' ? 'lends' : 'borrows'} what is under ${prefix}`,
    columns(shown),
    ...(logins.length > 0
      ? [
          columns(
            logins.map(({ database, secret, there }) => ['', `databases.${database}`, secret, there ? '' : 'missing']),
          ),
        ]
      : []),
    ...(mode === 'export'
      ? [consumers.length > 0 ? `In its network: ${consumers.join(', ')}` : 'Nobody else stands in its network']
      : []),
  ].join('\n\n');
}

function exportText({ environment, prefix, account, region, values }: SharedOutcome): string {
  const hasDatabase = values.some(({ name, value }) => name === 'database/cluster-endpoint' && value !== null);
  return [
    `${environment} can be joined from account ${account}, ${region}. A consumer writes:`,
    `  shared: { mode: consume, prefix: ${prefix} }`,
    ...(hasDatabase ? ['  databases: { main: { engine: shared, databaseName: <name> } }'] : []),
    'and asks with platform shared join --env <consumer>',
  ].join('\n');
}
