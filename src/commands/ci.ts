import { Command, InvalidArgumentError } from 'commander';
import type { Context } from '../context.ts';
import { coverageCommand } from './ci/coverage.ts';
import { initPipelineCommand } from './ci/init.ts';
import { variablesCommand } from './ci/vars.ts';

const EXAMPLES = `
Examples:
  $ platform ci init
  $ platform ci oidc --env prod
  $ platform ci vars --env prod --set`;

const OIDC_EXAMPLES = `
Examples:
  $ platform ci oidc --env prod --dry-run
  $ platform ci oidc --env prod
  $ platform ci oidc --remove --env prod             its pipelines deploy no more`;

interface OidcFlags {
  ownerId?: string;
  repositoryId?: string;
  remove?: true;
}

export function ciCommand(context: Context): Command {
  return new Command('ci')
    .summary('let pipelines deploy, without keys that last')
    .addHelpText('after', EXAMPLES)
    .addCommand(initPipelineCommand(context))
    .addCommand(
      new Command('oidc')
        .summary('trust the workflows of the repository in the account of an environment')
        .option('--owner-id <number>', 'number of the owner on GitHub (default: gh is asked)', number)
        .option('--repository-id <number>', 'number of the repository on GitHub (default: gh is asked)', number)
        .option('--remove', 'take the roles of pipelines away; the provider stays')
        .addHelpText('after', OIDC_EXAMPLES)
        .action(async ({ ownerId, repositoryId, remove }: OidcFlags) => {
          if (remove) {
            const { removalText, removeAccount } = await import('../operations/ci/remove-account.ts');
            const removal = await removeAccount(await context.open());
            context.reporter.result(removalText(removal), removal);
            return;
          }
          const { pipelineRepository } = await import('../operations/ci/pipeline-repository.ts');
          const { delivery } = await context.project();
          const repository = pipelineRepository(delivery, { ownerId, repositoryId });
          const session = await context.open();
          const { bringAccount } = await import('../operations/ci/bring-account.ts');
          const outcome = await bringAccount(session, repository);
          const { accountText } = await import('../operations/ci/account-text.ts');
          context.reporter.result(accountText(outcome), outcome);
        }),
    )
    .addCommand(variablesCommand(context))
    .addCommand(coverageCommand(context));
}

function number(value: string): string {
  if (!/^\d{1,20}$/.test(value)) throw new InvalidArgumentError('It is a number.');
  return value;
}
