import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { explainIssue } from '../../config/explain-issue.ts';
import { parseYaml } from '../../config/parse-yaml.ts';
import { toProblem } from '../../config/to-problem.ts';
import { nearest } from '../../domain/nearest.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import type { Problem } from '../../errors/problem.ts';
import { packageFolder } from '../../process/package-folder.ts';
import { type Scenario, scenarioSchema } from './scenario.ts';

const folder = () => packageFolder('scenarios');

/** All that are shipped, by their names. */
export function scenarioNames(): string[] {
  return readdirSync(folder())
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort();
}

/** The scenario of that name; throws `scenario-unknown` with the nearest one. */
export function readScenario(name: string): Scenario {
  const names = scenarioNames();
  if (!names.includes(name)) throw unknown(name, names);
  const file = join(folder(), `${name}.yaml`);
  return parseScenario(name, file, readFileSync(file, 'utf8'));
}

/** Throws `scenario-invalid` with everything that is wrong in it. */
export function parseScenario(id: string, file: string, text: string): Scenario {
  const { source, problems } = parseYaml(text);
  if (problems.length > 0) throw invalid(id, file, problems);
  const parsed = scenarioSchema.safeParse(source.value);
  if (parsed.success) return { id, ...parsed.data };
  const explained = parsed.error.issues.flatMap((issue) =>
    explainIssue(scenarioSchema, source.value, issue as Parameters<typeof explainIssue>[2]),
  );
  throw invalid(
    id,
    file,
    explained.map((one) => toProblem(one, source.position(one.path), source)),
  );
}

const invalid = (id: string, file: string, problems: readonly Problem[]) =>
  new PlatformError({
    id: 'scenario-invalid',
    kind: 'usage',
    message: `Scenario ${id} is not one: ${problems[0]!.message}`,
    remedy: problems[0]!.remedy,
    problems: problems.map((problem) => ({ ...problem, file })),
  });

function unknown(name: string, names: readonly string[]): PlatformError {
  const near = nearest(name, names);
  return new PlatformError({
    id: 'scenario-unknown',
    kind: 'usage',
    message: `There is no scenario ${JSON.stringify(name)}`,
    remedy: near ? `name ${near}` : 'platform sandbox scenarios lists them',
  });
}
