import { Command } from 'commander';
import type { Context } from '../context.ts';
import { columns } from '../domain/columns.ts';
import type { ListedKey, ListedSecret } from '../operations/secrets/list-secrets.ts';
import type { VersionRow } from '../operations/secrets/secret-history.ts';
import { wholeNumber } from './count-option.ts';

const LIST_EXAMPLES = `
Examples:
  $ platform secrets list --env prod
  $ platform secrets list --env prod --json`;
const HISTORY_EXAMPLES = `
Examples:
  $ platform secrets history app --env prod
  $ platform secrets history app --env prod --limit 5 --json`;

export function listSecretsCommand(context: Context): Command {
  return new Command('list')
    .summary('list secrets and keys: who uses them, what is missing, when they changed')
    .addHelpText('after', LIST_EXAMPLES)
    .action(async () => {
      const session = await context.open();
      const { listSecrets } = await import('../operations/secrets/list-secrets.ts');
      const outcome = await listSecrets(session);
      const text = outcome.secrets.map(listText).join('\n');
      context.reporter.result(text || `${outcome.environment} has no secrets`, outcome);
    });
}

export function secretHistoryCommand(context: Context): Command {
  return new Command('history')
    .summary('show the versions of a secret, which keys each changed, and who made it')
    .argument('<secret>', 'name in platform.yaml, or databases.<name>')
    .option('--limit <number>', 'versions to show', wholeNumber(1, 100), 20)
    .addHelpText('after', HISTORY_EXAMPLES)
    .action(async (secret: string, { limit }: { limit: number }) => {
      const session = await context.open();
      const { secretHistory } = await import('../operations/secrets/secret-history.ts');
      const outcome = await secretHistory(session, { secret, limit });
      const text = columns(outcome.versions.map(versionCells));
      context.reporter.result(text || `${outcome.secretName} has no versions`, outcome);
    });
}

function listText({ name, secretName, source, state, changedAt, keys, missing }: ListedSecret): string {
  const facts = [source, ...(state === 'live' ? [] : [state]), ...(changedAt ? [`changed ${changedAt}`] : [])];
  const rows = keys.map((row) => [`  ${missing.includes(row.key) ? '!' : ' '}`, row.key, keyFacts(row).join('; ')]);
  return [`${name} (${secretName}): ${facts.join(', ')}`, ...(rows.length > 0 ? [columns(rows)] : [])].join('\n');
}

const keyFacts = ({ live, empty, declared, phase, required, usedBy, byAws }: ListedKey): string[] => [
  live === null ? 'not looked at' : live ? (empty ? 'empty' : 'live') : 'not there',
  ...(phase === 'after-deploy' ? ['known after the deployment'] : []),
  ...(declared && !required ? ['optional'] : []),
  ...(declared || byAws ? [] : ['not declared']),
  ...(byAws ? ['written by AWS'] : []),
  ...(usedBy.length > 0 ? [`used by ${usedBy.join(', ')}`] : byAws ? [] : ['nothing refers to it']),
];

function versionCells({ versionId, createdAt, stages, by, added, changed, removed }: VersionRow): string[] {
  const keys = [
    ...(added ?? []).map((key) => `+${key}`),
    ...(changed ?? []).map((key) => `~${key}`),
    ...(removed ?? []).map((key) => `-${key}`),
  ];
  return [
    createdAt ?? '',
    versionId,
    stages.join(' '),
    added === null ? 'keys unknown' : keys.join(' ') || 'the same values',
    by ?? 'not recorded who',
  ];
}
