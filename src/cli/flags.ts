import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { GlobalFlags } from '../context.ts';

/** What commander parsed of the global options. */
export interface ParsedFlags extends GlobalFlags {
  readonly directory: string;
  readonly noColor: boolean;
}

/** The global options: declared once, meaning the same everywhere. */
export function declareFlags(program: Command, directory: string): Command {
  return program
    .option('-C <dir>', 'work as if started there; several add up, as in git', (value, before?: string) =>
      folder(resolve(before ?? directory, value)),
    )
    .option('-e, --env <name>', 'environment to act on (default: defaults.environment of platform.yaml)')
    .option('--sandbox', 'rehearse the environment on the embedded AWS')
    .option('--profile <name>', 'profile of the shared AWS configuration')
    .option('--region <name>', 'region, instead of that of the environment')
    .option('--mfa-code <code>', 'code for a profile with mfa_serial, instead of being asked')
    .option('--json', 'print exactly one JSON document on stdout')
    .option('-y, --yes', 'answer yes to questions; never to those that want a name')
    .option('--confirm <environment/thing>', 'the typed answer for one thing; repeatable', collect)
    .option('--dry-run', 'read everything, change nothing, say what would be done')
    .option('--speed <factor>', 'how much faster than real time the sandbox runs during this command', factor)
    .option('--realtime', 'run the sandbox as slowly as AWS during this command')
    .option(
      '--debug',
      'say more on stderr: every AWS call with status, time and request id, causes, stacks; never bodies',
    )
    .option('--no-color', 'no colours; NO_COLOR does the same');
}

export function readFlags(program: Command, directory: string): ParsedFlags {
  const options = program.opts();
  return {
    ...pick(options, ['env', 'profile', 'region', 'mfaCode']),
    directory: options.C ?? directory,
    sandbox: options.sandbox ?? false,
    json: options.json ?? false,
    yes: options.yes ?? false,
    confirm: options.confirm ?? [],
    dryRun: options.dryRun ?? false,
    debug: options.debug ?? false,
    noColor: options.color === false,
    ...(options.realtime ? { speed: 1 } : pick(options, ['speed'])),
  };
}

/** The flags that lead another command line to the same place; what was agreed to here is not agreed to there. */
export function placeFlags({ directory, env, sandbox, profile, region, speed, debug, noColor }: ParsedFlags) {
  const valued = { '-C': directory, '--env': env, '--profile': profile, '--region': region };
  return [
    ...Object.entries(valued).flatMap(([flag, value]) => (value === undefined ? [] : [flag, value])),
    ...(sandbox ? ['--sandbox'] : []),
    ...(speed === undefined ? [] : ['--speed', String(speed)]),
    ...(debug ? ['--debug'] : []),
    ...(noColor ? ['--no-color'] : []),
  ];
}

const pick = (options: Record<string, unknown>, names: string[]) =>
  Object.fromEntries(names.filter((name) => options[name] !== undefined).map((name) => [name, options[name]]));

const collect = (value: string, before: string[] = []): string[] => [...before, value];

function folder(path: string): string {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) return path;
  throw new InvalidArgumentError(`There is no folder ${path}.`);
}

function factor(value: string): number {
  const number = Number(value);
  if (!Number.isFinite(number) || number <= 0)
    throw new InvalidArgumentError('It is a number above 0, 60 for example.');
  return number;
}
