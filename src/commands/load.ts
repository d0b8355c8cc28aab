import { Command, InvalidArgumentError } from 'commander';
import type { Context } from '../context.ts';

const EXAMPLES = `
Examples:
  $ platform load public --env dev --yes
  $ TOKEN=… platform load apis.public --path /events --token-from TOKEN --requests 500 --at-once 20
  $ platform load web --env prod --confirm prod/load`;

interface Flags {
  path?: string;
  requests: number;
  atOnce: number;
  tokenFrom?: string;
}

export function loadCommand(context: Context): Command {
  return new Command('load')
    .summary('send many requests to one address, and say what its limits and latencies are')
    .argument('<component>', 'a service, a site or an API, as in platform.yaml')
    .option('--path <path>', 'what to ask for (default: the first path that smoke asks for, else /)', path)
    .option('--requests <number>', 'how many, 5,000 at the most', bounded(5_000), 200)
    .option('--at-once <number>', 'how many at a time, 100 at the most', bounded(100), 10)
    .option('--token-from <variable>', 'the variable that holds a bearer token')
    .addHelpText('after', EXAMPLES)
    .action(async (component: string, flags: Flags) => {
      const session = await context.open();
      const { load } = await import('../operations/load/load.ts');
      const { loadText } = await import('../operations/load/load-text.ts');
      const outcome = await load(session, { component, ...flags });
      context.reporter.result(loadText(outcome), outcome);
    });
}

const bounded =
  (most: number) =>
  (text: string): number => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < 1 || number > most)
      throw new InvalidArgumentError(`It is a whole number, 1 to ${most}.`);
    return number;
  };

function path(text: string): string {
  if (!/^\/[\x21-\x7e]*$/.test(text)) throw new InvalidArgumentError('It is a path that begins with /.');
  return text;
}
