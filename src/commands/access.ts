import { Command } from 'commander';
import type { Context } from '../context.ts';

const EXAMPLES = `
Examples:
  $ platform access show --env prod
  $ platform access apply --env dev
  $ platform access apply --env prod --confirm prod/security
  $ platform access remove --env staging`;

const SHOW = `
Examples:
  $ platform access show --env prod
  $ platform access show --env prod --json`;

const APPLY = `
Examples:
  $ platform access apply --env prod --dry-run
  $ platform access apply --env prod --confirm prod/security`;

const REMOVE = `
Examples:
  $ platform access remove --env staging`;

export function accessCommand(context: Context): Command {
  return new Command('access')
    .summary('say and set who may do what in an environment')
    .addHelpText('after', EXAMPLES)
    .addCommand(
      new Command('show')
        .summary('compare who may do what with what IAM has')
        .addHelpText('after', SHOW)
        .action(async () => {
          const session = await context.open();
          const { lookAtAccess } = await import('../operations/access/look-at-access.ts');
          const { accessText } = await import('../operations/access/access-text.ts');
          const { stack, groups } = await lookAtAccess(session);
          const shown = { environment: session.environment.name, account: session.target.account, stack, groups };
          context.reporter.result(accessText(shown), shown);
        }),
    )
    .addCommand(
      new Command('apply')
        .summary('make the roles that platform.yaml gives to groups of people')
        .addHelpText('after', APPLY)
        .action(async () => {
          const { requireSound } = await import('../config/require-sound.ts');
          requireSound((await context.configured()).environment);
          const session = await context.open();
          const { applyAccess } = await import('../operations/access/apply-access.ts');
          const { appliedText } = await import('../operations/access/access-text.ts');
          const outcome = await applyAccess(session);
          context.reporter.result(appliedText(outcome), outcome);
        }),
    )
    .addCommand(
      new Command('remove')
        .summary('take the roles of people away')
        .addHelpText('after', REMOVE)
        .action(async () => {
          const session = await context.open();
          const { removeAccess } = await import('../operations/access/remove-access.ts');
          const { removedText } = await import('../operations/access/access-text.ts');
          const removal = await removeAccess(session);
          context.reporter.result(removedText(removal), removal);
        }),
    );
}
