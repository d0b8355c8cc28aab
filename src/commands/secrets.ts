import { Command } from 'commander';
import type { Context } from '../context.ts';
import { initSecretsCommand } from './init-secrets.ts';
import { diffSecretsCommand, pushSecretsCommand } from './push-secrets.ts';

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
    .addCommand(diffSecretsCommand(context));
}
