import { Command } from 'commander';
import type { Context, Session } from '../context.ts';
import { environmentFlags } from '../domain/environment-flags.ts';
import type { OldValue } from '../operations/secrets/old-values.ts';
import type { DiffOutcome, PushOutcome } from '../operations/secrets/push-secrets.ts';
import type { RedeployOutcome } from '../operations/services/redeploy.ts';

const PUSH_EXAMPLES = `
What is live and not in the file stays. KEY= says that nobody has filled it in yet; KEY="" makes it empty.
A value of several lines stands in quotes; a PEM block may also be named, KEY=file:<path>.

Examples:
  $ platform secrets push --env prod
  $ platform secrets push app --env prod --yes --redeploy
  $ platform secrets push --env dev --prune --dry-run`;
const DIFF_EXAMPLES = `
Examples:
  $ platform secrets diff --env prod
  $ platform secrets diff --env prod --json`;

const SECRETS = ['[secrets...]', 'names in platform.yaml (default: all that the file fills)'] as const;
const PRUNE = ['--prune', 'remove live keys that platform.yaml does not declare'] as const;

export function pushSecretsCommand(context: Context): Command {
  return new Command('push')
    .summary('bring the values of .env.<env> into Secrets Manager')
    .argument(...SECRETS)
    .option(...PRUNE)
    .option('--redeploy', 'then replace the tasks that hold old values, and prove the fresh ones')
    .addHelpText('after', PUSH_EXAMPLES)
    .action(async (names: string[], { prune = false, redeploy = false }: { prune?: boolean; redeploy?: boolean }) => {
      const session = await context.open();
      const { pushSecrets } = await import('../operations/secrets/push-secrets.ts');
      const outcome = await pushSecrets(session, { names, prune });
      const tell = (fresh?: RedeployOutcome) =>
        context.reporter.result(pushText(outcome, session, fresh), { ...outcome, redeployed: fresh?.services ?? null });
      await thenRedeploy(session, outcome.oldValues, { agreed: redeploy, tell });
    });
}

/** What was done is told whatever becomes of the tasks. */
export async function thenRedeploy(
  session: Session,
  held: readonly OldValue[],
  { agreed, tell }: { agreed: boolean; tell: (fresh?: RedeployOutcome) => void },
): Promise<void> {
  const { redeployHolders } = await import('../operations/secrets/redeploy-holders.ts');
  try {
    tell(await redeployHolders(session, held, { agreed }));
  } catch (error) {
    tell();
    throw error;
  }
}

export function diffSecretsCommand(context: Context): Command {
  return new Command('diff')
    .summary('show what a push would change, without a value')
    .argument(...SECRETS)
    .option(...PRUNE)
    .addHelpText('after', DIFF_EXAMPLES)
    .action(async (names: string[], { prune = false }: { prune?: boolean }) => {
      const session = await context.open();
      const { diffSecrets } = await import('../operations/secrets/push-secrets.ts');
      const { outcome, table } = await diffSecrets(session, { names, prune });
      const lines = [
        table || 'there is no secret that an env file fills',
        ...absentLines(outcome, environmentFlags(session.environment)),
        ...openLines(outcome),
      ];
      context.reporter.result(lines.join('\n'), outcome);
    });
}

const pushText = (outcome: PushOutcome, { environment }: Session, fresh: RedeployOutcome | undefined): string =>
  [
    ...pushLines(outcome),
    ...openLines(outcome),
    ...(fresh ? freshLines(fresh) : oldLines(outcome.oldValues, environmentFlags(environment))),
  ].join('\n');

function pushLines({ secrets, written, dryRun, changes, file }: PushOutcome): string[] {
  if (secrets.length === 0) return ['There is no secret that an env file fills'];
  if (!changes)
    return [
      file.exists ? 'Nothing to push: what is live is what the file says' : `Nothing to push: there is no ${file.path}`,
    ];
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

/** Without it nothing is pushed but what can be made up. */
const absentLines = ({ secrets, file }: DiffOutcome, flags: string): string[] =>
  file.exists || secrets.length === 0 ? [] : [`There is no ${file.path}: platform secrets init ${flags} writes it`];

/** What keeps a deployment from going through. */
const openLines = ({ secrets, file }: DiffOutcome): string[] =>
  secrets
    .filter(({ missing }) => missing.length > 0)
    .map(
      ({ secretName, missing }) =>
        `${secretName} has no value for ${missing.join(', ')}: fill ${file.path} in and push again`,
    );

/** Who runs on with what was before, and what to type. */
export const oldLines = (held: readonly OldValue[], flags: string): string[] =>
  held.map(({ service, secretName, keys, tasks }) => {
    const what = keys.length > 0 ? `${keys.join(', ')} of ${secretName}` : secretName;
    const who = `${tasks} ${tasks === 1 ? 'task' : 'tasks'} of ${service} still ${tasks === 1 ? 'holds' : 'hold'}`;
    return `${who} the old value of ${what}: platform redeploy ${service} ${flags}`;
  });

export const freshLines = ({ services }: RedeployOutcome): string[] =>
  services.map(({ name, running, desired }) => `${name} runs fresh tasks, ${running}/${desired}`);
