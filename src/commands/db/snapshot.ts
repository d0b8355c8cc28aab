import { Command } from 'commander';
import type { Context } from '../../context.ts';
import { columns } from '../../domain/columns.ts';
import type { SnapshotRow } from '../../operations/databases/snapshot-database.ts';

const TAKE_EXAMPLES = `
Examples:
  $ platform db snapshot main --env prod --wait`;
const LIST_EXAMPLES = `
Examples:
  $ platform db snapshots --env prod
  $ platform db snapshots main --env prod --json`;

export function snapshotCommand(context: Context): Command {
  return new Command('snapshot')
    .summary('take a snapshot of a database')
    .argument('<database>', 'name in databases of platform.yaml')
    .option('--wait', 'return when it can be restored')
    .addHelpText('after', TAKE_EXAMPLES)
    .action(async (name: string, { wait = false }: { wait?: boolean }) => {
      const session = await context.open();
      const { snapshotDatabase } = await import('../../operations/databases/snapshot-database.ts');
      const outcome = await snapshotDatabase(session, { name, wait });
      const { id, status } = outcome.snapshot;
      const said = outcome.dryRun ? `Would take snapshot ${id}` : `Snapshot ${id} is ${status}`;
      context.reporter.result(said, outcome);
    });
}

export function snapshotsCommand(context: Context): Command {
  return new Command('snapshots')
    .summary('list the snapshots of databases, oldest first')
    .argument('[database]', 'of this one alone')
    .addHelpText('after', LIST_EXAMPLES)
    .action(async (name: string | undefined) => {
      const session = await context.open();
      const { listSnapshots } = await import('../../operations/databases/snapshot-database.ts');
      const { noSnapshotsText } = await import('../../operations/databases/shared-databases.ts');
      const outcome = await listSnapshots(session, name);
      const text =
        outcome.snapshots.length === 0 ? noSnapshotsText(session.environment) : columns(outcome.snapshots.map(cells));
      context.reporter.result(text, outcome);
    });
}

const cells = ({ id, database, type, status, createdAt, engineVersion }: SnapshotRow): string[] => [
  createdAt ?? 'begun',
  `databases.${database}`,
  id,
  type,
  status,
  engineVersion,
];
