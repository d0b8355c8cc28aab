import { Command } from 'commander';
import type { Context } from '../context.ts';
import { countsText } from './counts-text.ts';
import { minutes } from './minutes-option.ts';

const EXAMPLES = `
Examples:
  $ platform resume --env staging
  $ platform resume worker --env prod --yes`;

interface Flags {
  wait: boolean;
  timeout: number;
  waitAnyway?: boolean;
}

export function resumeCommand(context: Context): Command {
  return new Command('resume')
    .summary('give paused services and functions back what they had')
    .argument('[name...]', 'services and functions, as in platform.yaml; none: all that are paused')
    .option('--no-wait', 'return as soon as the counts are set')
    .option('--timeout <minutes>', 'how long to watch', minutes, 15)
    .option('--wait-anyway', 'wait that long, even when no task can come up')
    .addHelpText('after', EXAMPLES)
    .action(async (services: string[], { wait, timeout, waitAnyway = false }: Flags) => {
      const session = await context.open();
      const { resumeAll } = await import('../operations/services/pause-all.ts');
      const input = { ...(services.length > 0 ? { services } : {}), wait, forMs: timeout * 60_000, waitAnyway };
      const outcome = await resumeAll(session, input);
      context.reporter.result(countsText(outcome, 'Resumed'), outcome);
    });
}
