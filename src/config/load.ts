import { basename, delimiter } from 'node:path';
import { nearest } from '../domain/nearest.ts';
import { PlatformError } from '../errors/platform-error.ts';
import type { Problem } from '../errors/problem.ts';
import { type Built, buildEnvironment, type Mistake, type Reading } from './build-environment.ts';
import { FILE_NAME, findFile } from './find-file.ts';
import { parseYaml } from './parse-yaml.ts';
import type { EffectiveEnvironment, EnvironmentOptions, Project } from './project.ts';
import { MAX_MISTAKES, readFile } from './read-file.ts';
import { readText } from './read-text.ts';
import { projectProblems } from './rules/project-problems.ts';

export interface LoadInput {
  cwd: string;
  env?: Readonly<Record<string, string | undefined>>;
  /** Read this folder's file instead of looking for one. */
  directory?: string;
  now?: Date;
}

/**
 * Finds and reads platform.yaml. Throws one PlatformError of kind `usage` with all mistakes that keep it from being
 * understood; what the rules say of it stands in the answer.
 */
export function loadProject({ cwd, env = {}, directory, now = new Date() }: LoadInput): Project {
  const ceilings = (env.GIT_CEILING_DIRECTORIES ?? '').split(delimiter).filter(Boolean);
  const found = findFile(directory ?? cwd, ceilings);
  const { source, problems: syntax } = parseYaml(readText(found.file, FILE_NAME));
  if (syntax.length > 0) throw invalid(found.file, syntax);

  const { raw, file, problems: shape } = readFile(source);
  if (!file) throw invalid(found.file, shape);
  const reading: Reading = {
    source,
    raw,
    file,
    root: found.root,
    gitRoot: found.gitRoot,
    today: now,
    regionAround: env.AWS_REGION ?? env.AWS_DEFAULT_REGION,
  };

  const declared = Object.keys(file.environments);
  const names = declared.includes('sandbox') ? declared : [...declared, 'sandbox'];
  const built = new Map<string, Built>();
  const mistakes: Mistake[] = [];
  for (const name of names) {
    /* One environment full of mistakes says enough about a file that may be a hostile one. */
    if (mistakes.length >= MAX_MISTAKES) break;
    const one = buildEnvironment(reading, name);
    built.set(name, one);
    /* A file may leave it to each environment to say certain things; the sandbox that nobody declared then lacks them. */
    const undeclared = declared.length > 0 && !declared.includes(name);
    mistakes.push(...mistakesOf(one).filter(({ missing }) => !(missing && undeclared)));
  }
  const all = [...shape, ...merged(mistakes, built.size)];
  if (all.length > 0) throw invalid(found.file, all);

  const environment = (name: string, options: EnvironmentOptions = {}): EffectiveEnvironment => {
    if (!names.includes(name)) throw unknownEnvironment(name, names);
    const one = options.rehearsal || options.region ? buildEnvironment(reading, name, options) : built.get(name)!;
    if ('mistakes' in one) throw invalid(found.file, merged(one.mistakes, 1));
    return one.environment;
  };
  const { environment: usual } = file.defaults;
  return {
    ...found,
    name: file.project,
    title: file.title ?? file.project,
    defaultEnvironment: names.includes(usual) && file.environments[usual]?.kind !== 'prod' ? usual : undefined,
    delivery: file.delivery,
    local: file.local,
    validation: file.validation,
    environments: () => [...names],
    environment,
    problems: () => {
      const environments = [...built.values()].flatMap((one) => ('environment' in one ? [one.environment] : []));
      return [...projectProblems(reading, environments), ...inAll(environments)];
    },
  };
}

const mistakesOf = (built: Built): Mistake[] => ('mistakes' in built ? built.mistakes : []);

/** What stands once in the file is said once, however many environments contain it. */
function merged(mistakes: readonly Mistake[], among: number): Problem[] {
  return once(mistakes.map(({ missing: _, ...mistake }) => mistake)).map(({ problem, environments }) =>
    environments.length > 1 || among === 1 ? { ...problem, environment: undefined } : problem,
  );
}

/** The problems of all environments; one that is the same in each names none of them. */
function inAll(environments: readonly EffectiveEnvironment[]): Problem[] {
  return once(environments.flatMap(({ problems }) => problems)).map(({ problem, environments: having }) => ({
    ...problem,
    environment: having.length === environments.length && having.length > 1 ? undefined : having.join(', '),
  }));
}

function once(problems: readonly Problem[]): { problem: Problem; environments: string[] }[] {
  const groups = new Map<string, { problem: Problem; environments: string[] }>();
  for (const problem of problems) {
    const { environment = '', ...same } = problem;
    const key = JSON.stringify(same);
    const group = groups.get(key) ?? { problem, environments: [] };
    if (!group.environments.includes(environment)) group.environments.push(environment);
    groups.set(key, group);
  }
  return [...groups.values()];
}

function invalid(file: string, problems: readonly Problem[]): PlatformError {
  const inOrder = problems
    .map((problem) => ({ ...problem, file }))
    .sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  const [first, ...others] = inOrder;
  const where = first!.line === undefined ? basename(file) : `${basename(file)}:${first!.line}:${first!.column}`;
  return new PlatformError({
    id: 'config-invalid',
    kind: 'usage',
    message:
      others.length === 0
        ? `${where}: ${first!.message}`
        : `${basename(file)} has ${inOrder.length} mistakes, the first in line ${first!.line ?? 1}: ${first!.message}`,
    remedy: first!.remedy,
    problems: inOrder,
  });
}

function unknownEnvironment(name: string, names: readonly string[]): PlatformError {
  const near = nearest(name, names);
  return new PlatformError({
    id: 'environment-unknown',
    kind: 'usage',
    message: `${FILE_NAME} has no environment ${JSON.stringify(name)}`,
    remedy: near === undefined ? `--env takes ${names.join(', ')}` : `--env ${near}`,
  });
}
