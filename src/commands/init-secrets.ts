import { join } from 'node:path';
import { Command } from 'commander';
import type { Context } from '../context.ts';
import { environmentFlags } from '../domain/environment-flags.ts';
import type { InitSecretsOutcome } from '../operations/secrets/init-secrets.ts';

const EXAMPLES = `
Examples:
  $ platform secrets init --env prod
  $ platform secrets init --env prod --remote --yes`;

/** Without `--remote` AWS is not asked, so that a file can be written before there are credentials. */
export function initSecretsCommand(context: Context): Command {
  return new Command('init')
    .summary('write .env.<env> with the declared keys that it lacks')
    .option('--remote', 'also make the secrets in AWS, without a value')
    .addHelpText('after', EXAMPLES)
    .action(async ({ remote = false }: { remote?: boolean }) => {
      const { initSecrets } = await import('../operations/secrets/init-secrets.ts');
      const { project, environment } = await context.configured();
      const place = { environment, workDirectory: join(project.root, '.platform') };
      // A file that cannot be used is told before AWS is asked for anything, and a no there leaves the file as it is.
      if (remote) await initSecrets({ ...place, flags: { dryRun: true } });
      const made = remote ? await madeIn(context) : [];
      const outcome = await initSecrets({ ...place, flags: context.flags });
      const flags = environmentFlags(environment);
      context.reporter.result(initText(outcome, made, flags), { ...outcome, created: made });
    });
}

async function madeIn(context: Context): Promise<string[]> {
  const { createSecrets } = await import('../operations/secrets/create-secrets.ts');
  return createSecrets(await context.open());
}

function initText({ files, secrets, dryRun }: InitSecretsOutcome, made: readonly string[], flags: string): string {
  const would = dryRun ? 'would be ' : '';
  const added = [...new Set(secrets.flatMap((row) => row.added))];
  const missing = [...new Set(secrets.flatMap((row) => row.missing))];
  return [
    ...files.map(({ path, action }) => `${path}: ${action === 'unchanged' ? action : would + action}`),
    ...(added.length > 0 ? [`keys added: ${added.join(', ')}`] : []),
    ...made.map((name) => `secret ${name}: ${would}made without a value`),
    missing.length > 0
      ? `fill in ${missing.join(', ')}, then platform secrets push ${flags}`
      : `next: platform secrets push ${flags}`,
  ].join('\n');
}
