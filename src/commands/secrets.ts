import { Command } from 'commander';
import type { Context } from '../context.ts';
import { initSecretsCommand } from './init-secrets.ts';
import { listSecretsCommand, secretHistoryCommand } from './list-secrets.ts';
import { diffSecretsCommand, pushSecretsCommand } from './push-secrets.ts';
import { restoreSecretCommand, showSecretCommand } from './show-secret.ts';

const EXAMPLES = `
Examples:
  $ platform secrets init --env prod
  $ platform secrets push --env prod
  $ platform secrets list --env prod`;

export function secretsCommand(context: Context): Command {
  return new Command('secrets')
    .summary('fill, compare and look at the secrets of an environment')
    .addHelpText('after', EXAMPLES)
    .addCommand(initSecretsCommand(context))
    .addCommand(pushSecretsCommand(context))
    .addCommand(diffSecretsCommand(context))
    .addCommand(listSecretsCommand(context))
    .addCommand(showSecretCommand(context))
    .addCommand(restoreSecretCommand(context))
    .addCommand(secretHistoryCommand(context));
}
