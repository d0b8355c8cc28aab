import { basename } from 'node:path';
import { nearest } from '../domain/nearest.ts';
import { PlatformError } from '../errors/platform-error.ts';
import type { Problem } from '../errors/problem.ts';
import { type Built, buildEnvironment, type Mistake, type Reading } from './build-environment.ts';
import { FILE_NAME, findFile } from './find-file.ts';
import { parseYaml } from './parse-yaml.ts';
import type { EffectiveEnvironment, EnvironmentOptions, Project } from './project.ts';
import { readFile } from './read-file.ts';
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
  const ceilings = (env.GIT_CEILING_DIRECTORIES ?? '').split(':').filter(Boolean);
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

  const built = new Map<string, Built>();
  const declared = Object.keys(file.environments);
  const names = declared.includes('sandbox') ? declared : [...declared, 'sandbox'];
  for (const name of names) built.set(name, buildEnvironment(reading, name));
  const mistakes = names.flatMap((name) =>
    mistakesOf(built.get(name)!).filter(({ missing }) => !missing || declared.includes(name) || declared.length === 0),
  );
  const all = [...shape, ...merged(mistakes)];
  if (all.length > 0) throw invalid(found.file, all);

  const environment = (name: string, options: EnvironmentOptions = {}): EffectiveEnvironment => {
    if (!names.includes(name)) throw unknownEnvironment(name, names);
    const one = options.rehearsal || options.region ? buildEnvironment(reading, name, options) : built.get(name)!;
    if ('mistakes' in one) throw invalid(found.file, merged(one.mistakes));
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
    environments: () => [...names],
    environment,
    problems: () => {
      const environments = names.flatMap((name) => ('environment' in built.get(name)! ? [environment(name)] : []));
      return [...projectProblems(reading, environments), ...environments.flatMap(({ problems }) => problems)];
    },
  };
}

const mistakesOf = (built: Built): Mistake[] => ('mistakes' in built ? built.mistakes : []);

/** What stands once in the file is said once, however many environments contain it. */
function merged(mistakes: readonly Mistake[]): Problem[] {
  const byPlace = new Map<string, Problem>();
  for (const { missing: _, ...mistake } of mistakes) {
    const key = JSON.stringify([mistake.path, mistake.line, mistake.column, mistake.message]);
    const before = byPlace.get(key);
    byPlace.set(key, before ? { ...before, environment: undefined } : mistake);
  }
  return [...byPlace.values()];
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
