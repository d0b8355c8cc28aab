import { Command } from 'commander';
import type { Context } from '../context.ts';
import { environmentFlags } from '../domain/environment-flags.ts';
import type { RestoreOutcome } from '../operations/secrets/restore-secret.ts';
import { freshLines, oldLines, thenRedeploy } from './push-secrets.ts';

const SHOW_EXAMPLES = `
Examples:
  $ platform secrets show app --env prod
  $ platform secrets show app STRIPE_SECRET_KEY --env prod --reveal`;
const RESTORE_EXAMPLES = `
Examples:
  $ platform secrets restore app --env prod
  $ platform secrets restore app --env prod --to previous --redeploy`;

const SECRET = ['<secret>', 'name in platform.yaml, or databases.<name>'] as const;

export function showSecretCommand(context: Context): Command {
  return new Command('show')
    .summary('print the keys of a secret, and with --reveal their values')
    .argument(...SECRET)
    .argument('[key]', 'one key of it')
    .option('--reveal', 'print values, on stdout; --json keeps them exactly as they are')
    .addHelpText('after', SHOW_EXAMPLES)
    .action(async (secret: string, key: string | undefined, { reveal = false }: { reveal?: boolean }) => {
      const session = await context.open();
      const { showSecret } = await import('../operations/secrets/show-secret.ts');
      const { outcome, text } = await showSecret(session, { secret, reveal, ...(key === undefined ? {} : { key }) });
      context.reporter.result(text, outcome);
    });
}

export function restoreSecretCommand(context: Context): Command {
  return new Command('restore')
    .summary('take a secret back from its deletion, or an earlier version of it')
    .argument(...SECRET)
    .option('--to <version>', 'make this version the current one: its id, or previous')
    .option('--redeploy', 'then replace the tasks that hold old values, and prove the fresh ones')
    .addHelpText('after', RESTORE_EXAMPLES)
    .action(async (secret: string, { to, redeploy = false }: { to?: string; redeploy?: boolean }) => {
      const session = await context.open();
      const { restoreSecret } = await import('../operations/secrets/restore-secret.ts');
      const outcome = await restoreSecret(session, { secret, ...(to === undefined ? {} : { to }) });
      const flags = environmentFlags(session.environment);
      await thenRedeploy(session, outcome.oldValues, {
        agreed: redeploy,
        tell: (fresh) => {
          const lines = fresh ? freshLines(fresh) : oldLines(outcome.oldValues, flags);
          const data = { ...outcome, redeployed: fresh?.services ?? null };
          context.reporter.result([restoreLine(outcome, to), ...lines].join('\n'), data);
        },
      });
    });
}

function restoreLine({ secrets: [row], dryRun }: RestoreOutcome, to: string | undefined): string {
  const { secretName, restored, added, changed, removed } = row!;
  if (dryRun) return `${secretName}: nothing was changed`;
  const moved = added.length + changed.length + removed.length;
  const parts = [
    ...(restored ? ['restored from its deletion'] : []),
    ...(moved > 0 ? [`${moved} ${moved === 1 ? 'key is' : 'keys are'} as in version ${row!.versionId}`] : []),
  ];
  if (parts.length > 0) return `${secretName}: ${parts.join(', ')}`;
  return to === undefined
    ? `${secretName} is not scheduled for deletion: nothing to restore`
    : `${secretName} is at that version already`;
}
