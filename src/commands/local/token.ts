import { Command, InvalidArgumentError, Option } from 'commander';
import type { Context } from '../../context.ts';
import { parsedJson } from '../../domain/parsed-json.ts';
import { durationMs } from '../duration-option.ts';

const EXAMPLES = `
Examples:
  $ platform local token --sub u-1 --roles user
  $ platform local token --sub u-1 --claims email=u@example.com --claims 'level=3' --expires 15m
  $ curl -H "Authorization: Bearer $(platform local token --sub u-1)" <url>`;

interface Flags {
  api?: string;
  sub: string;
  roles?: string[];
  claims?: Record<string, unknown>;
  expires: number;
}

/** The command line has words of its own for these. */
const OWN = ['sub', 'roles', 'iat', 'exp'];

export function localTokenCommand(context: Context): Command {
  return new Command('token')
    .summary('print a token that the APIs of a local environment take, and nothing else')
    .requiredOption('--sub <subject>', 'whom it is for: the claim sub', text)
    .option('--roles <role,…>', 'the claim roles, a list', roles)
    .option('--claims <name=value>', 'a further claim; what reads as JSON is it; repeatable', claims)
    .addOption(
      new Option('--expires <time>', 'how long it is taken: 15m, 12h').argParser(durationMs).default(3_600_000, '1h'),
    )
    .option('--api <name>', 'the API it is for, where their secrets differ')
    .addHelpText('after', EXAMPLES)
    .action(async ({ api, sub, roles = [], claims = {}, expires }: Flags) => {
      const { localToken } = await import('../../operations/local/token.ts');
      const input = { sub, roles, claims, forMs: expires, ...(api === undefined ? {} : { api }) };
      const outcome = await localToken(context, input);
      context.reporter.result(outcome.token, outcome);
    });
}

function text(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('It must not be empty.');
  return value;
}

const roles = (value: string, before: string[] = []): string[] => [
  ...before,
  ...value.split(',').flatMap((role) => role.trim() || []),
];

function claims(value: string, before: Record<string, unknown> = {}): Record<string, unknown> {
  const [, name, given = ''] = /^([^=]+)=(.*)$/s.exec(value) ?? [];
  if (name === undefined) throw new InvalidArgumentError('It is a name and a value: email=u@example.com.');
  if (OWN.includes(name)) throw new InvalidArgumentError(`${name} is not set this way; see --help.`);
  return { ...before, [name]: parsedJson(given) ?? given };
}
