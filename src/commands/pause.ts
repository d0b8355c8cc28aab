import { Command } from 'commander';
import type { Context } from '../context.ts';
import { environmentFlags } from '../domain/environment-flags.ts';
import { countsText } from './counts-text.ts';
import { minutes } from './minutes-option.ts';

const EXAMPLES = `
Examples:
  $ platform pause --env staging                      no task and no function runs until platform resume
  $ platform pause worker --env prod --yes`;

export function pauseCommand(context: Context): Command {
  return new Command('pause')
    .summary('have services and functions run no more, and remember what they had')
    .argument('[name...]', 'services and functions, as in platform.yaml; none: all')
    .option('--no-wait', 'return as soon as the counts are set')
    .option('--timeout <minutes>', 'how long to watch', minutes, 15)
    .addHelpText('after', EXAMPLES)
    .action(async (services: string[], { wait, timeout }: { wait: boolean; timeout: number }) => {
      const session = await context.open();
      const { pauseAll } = await import('../operations/services/pause-all.ts');
      const input = { ...(services.length > 0 ? { services } : {}), wait, forMs: timeout * 60_000 };
      const outcome = await pauseAll(session, input);
      const hint = `platform resume ${environmentFlags(session.environment)} gives it all back`;
      context.reporter.result(countsText(outcome, 'Paused', hint), outcome);
    });
}
