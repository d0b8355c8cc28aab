import { Command } from 'commander';
import type { Context } from '../context.ts';
import { connectCommand } from './db/connect.ts';
import { createTenantCommand } from './db/create.ts';
import { protectCommand, unprotectCommand } from './db/protect.ts';
import { restoreCommand } from './db/restore.ts';
import { rotateCommand } from './db/rotate.ts';
import { snapshotCommand, snapshotsCommand } from './db/snapshot.ts';
import { databaseStatusCommand } from './db/status.ts';
import { databaseTestCommand } from './db/test.ts';
import { databaseUrlCommand } from './db/url.ts';

const EXAMPLES = `
Examples:
  $ platform db status --env prod
  $ platform db unprotect main --for 30m --reason "restore rehearsal" --env staging
  $ platform db protect main --env staging`;

export function dbCommand(context: Context): Command {
  return new Command('db')
    .summary('look at databases, protect them and work on them')
    .addHelpText('after', EXAMPLES)
    .addCommand(databaseStatusCommand(context))
    .addCommand(protectCommand(context))
    .addCommand(unprotectCommand(context))
    .addCommand(databaseUrlCommand(context))
    .addCommand(connectCommand(context))
    .addCommand(databaseTestCommand(context))
    .addCommand(snapshotCommand(context))
    .addCommand(snapshotsCommand(context))
    .addCommand(restoreCommand(context))
    .addCommand(createTenantCommand(context))
    .addCommand(rotateCommand(context));
}
