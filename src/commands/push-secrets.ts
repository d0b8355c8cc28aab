import { Command } from 'commander';
import type { Context } from '../context.ts';
import type { DiffOutcome, PushOutcome } from '../operations/push-secrets.ts';

const PUSH_EXAMPLES = `
Examples:
  $ platform secrets push --env prod
  $ platform secrets push app --env prod --yes --json
  $ platform secrets push --env dev --prune`;
const DIFF_EXAMPLES = `
Examples:
  $ platform secrets diff --env prod
  $ platform secrets diff --env prod --json`;

const PRUNE = ['--prune', 'remove live keys that platform.yaml does not declare'] as const;

export function pushSecretsCommand(context: Context): Command {
  return new Command('push')
    .summary('bring the values of .env.<env> into Secrets Manager')
    .argument('[secrets...]', 'names in platform.yaml (default: all that the file fills)')
    .option(...PRUNE)
    .addHelpText('after', PUSH_EXAMPLES)
    .action(async (names: string[], { prune = false }: { prune?: boolean }) => {
      const session = await context.open();
      const { pushSecrets } = await import('../operations/push-secrets.ts');
      const outcome = await pushSecrets(session, { names, prune });
      context.reporter.result([...pushLines(outcome), ...openLines(outcome)].join('\n'), outcome);
    });
}

export function diffSecretsCommand(context: Context): Command {
  return new Command('diff')
    .summary('show what a push would change, without a value')
    .argument('[secrets...]', 'names in platform.yaml (default: all that the file fills)')
    .option(...PRUNE)
    .addHelpText('after', DIFF_EXAMPLES)
    .action(async (names: string[], { prune = false }: { prune?: boolean }) => {
      const session = await context.open();
      const { diffSecrets } = await import('../operations/push-secrets.ts');
      const { outcome, table } = await diffSecrets(session, { names, prune });
      context.reporter.result(
        [table || 'there is no secret that an env file fills', ...openLines(outcome)].join('\n'),
        outcome,
      );
    });
}

function pushLines({ secrets, written, dryRun, changes }: PushOutcome): string[] {
  if (secrets.length === 0) return ['There is no secret that an env file fills'];
  if (!changes) return ['Nothing to push: what is live is what the file says'];
  return secrets
    .filter(
      ({ name, added, changed, removed }) =>
        name in written || (dryRun && added.length + changed.length + removed.length > 0),
    )
    .map(({ secretName, added, changed, removed }) => {
      const counts = [`${added.length} added`, `${changed.length} changed`, `${removed.length} removed`].join(', ');
      return `${secretName}: ${dryRun ? 'would have ' : ''}${counts}`;
    });
}

/** What keeps a deployment from going through. */
const openLines = ({ secrets, file }: DiffOutcome): string[] =>
  secrets
    .filter(({ missing }) => missing.length > 0)
    .map(
      ({ secretName, missing }) =>
        `${secretName} has no value for ${missing.join(', ')}: fill ${file.path} in and push again`,
    );
