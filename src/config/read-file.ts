import { nearest } from '../domain/nearest.ts';
import type { Problem } from '../errors/problem.ts';
import { BLOCK_NAMES } from './blocks.ts';
import { explainIssue } from './explain-issue.ts';
import { NAME } from './fields.ts';
import { environmentSchema, type File, fileSchema, TOP_LEVEL_KEYS } from './file.ts';
import { excesses } from './limits.ts';
import { isPlain, type Plain } from './merge.ts';
import { shown } from './shown.ts';
import { toProblem } from './to-problem.ts';
import { pathMatches, pathText, type ValuePath } from './value-path.ts';
import type { YamlSource } from './yaml-source.ts';

const ENVIRONMENT_KEYS = Object.keys(environmentSchema.shape);
/** Each mistake costs a look into the schema; nobody reads more than these at once. */
export const MAX_MISTAKES = 100;

export interface ReadFile {
  /** As written. */
  raw: Plain;
  /** Absent when there is nothing to go on with. With problems it holds enough to look at the blocks, and no more. */
  file?: File;
  problems: Problem[];
}

/** Checks everything but the blocks. */
export function readFile(source: YamlSource): ReadFile {
  const raw = source.value;
  if (!isPlain(raw)) {
    const message = `platform.yaml is ${shown(raw)}; it takes a map of settings`;
    const remedy = 'platform init writes one to start from';
    return { raw: {}, problems: [{ severity: 'error', path: '', ...source.position([]), message, remedy }] };
  }

  const beyond = excesses(raw, source);
  if (beyond.length > 0) return { raw, problems: beyond };
  const problems = [...strangers(raw, source), ...inexact(source)];
  const parsed = fileSchema.safeParse(withoutBlocks(raw), { jitless: true });
  for (const issue of parsed.error?.issues.slice(0, MAX_MISTAKES) ?? [])
    for (const explanation of explainIssue(fileSchema, raw, issue))
      problems.push(
        toProblem(
          explanation,
          explanation.atKey ? source.keyPosition(explanation.path) : source.position(explanation.path),
          source,
        ),
      );

  const circles = parsed.data ? chains(parsed.data, source) : [];
  const file = circles.length === 0 && parsed.data ? parsed.data : salvage(raw);
  return { raw, file, problems: [...problems, ...circles] };
}

/** What the environments are, as far as that can be seen, so that the mistakes in the blocks can be told as well. */
function salvage(raw: Plain): File | undefined {
  const environments = isPlain(raw.environments) ? Object.entries(raw.environments) : [];
  const kinds = environments.flatMap(([name, one]) => {
    const { success, data } = environmentSchema.shape.kind.safeParse(isPlain(one) ? one.kind : undefined);
    return NAME.test(name) ? [[name, { kind: success ? data : 'dev' }]] : [];
  });
  return fileSchema.safeParse({ project: 'project', environments: Object.fromEntries(kinds) }).data;
}

/** The part that `fileSchema` describes: no blocks, and no keys that are complained about already. */
function withoutBlocks(raw: Plain): Plain {
  const environments = isPlain(raw.environments)
    ? Object.fromEntries(
        Object.entries(raw.environments).map(([name, one]) => [name, isPlain(one) ? only(one, ENVIRONMENT_KEYS) : one]),
      )
    : raw.environments;
  return { ...only(raw, Object.keys(fileSchema.shape)), ...(environments !== undefined && { environments }) };
}

const only = (map: Plain, keys: readonly string[]): Plain =>
  Object.fromEntries(Object.entries(map).filter(([key]) => keys.includes(key)));

function strangers(raw: Plain, source: YamlSource): Problem[] {
  const problems: Problem[] = [];
  const look = (map: unknown, path: ValuePath, known: readonly string[], where: string) => {
    if (!isPlain(map)) return;
    for (const key of Object.keys(map).filter((one) => !known.includes(one)))
      problems.push({
        severity: 'error',
        path: pathText([...path, key]),
        ...source.keyPosition([...path, key]),
        message: `${where} has no setting ${shown(key)}`,
        remedy: remedyFor(key, known),
      });
  };
  look(raw, [], TOP_LEVEL_KEYS, 'The file');
  if (isPlain(raw.environments))
    for (const [name, one] of Object.entries(raw.environments))
      look(one, ['environments', name], [...ENVIRONMENT_KEYS, ...BLOCK_NAMES], pathText(['environments', name]));
  return problems;
}

function remedyFor(key: string, known: readonly string[]): string {
  if (key === 'base') return 'write the blocks at the top level';
  if (key === 'set') return 'write the overrides directly under the environment';
  const near = nearest(key, known);
  return near === undefined ? `it takes ${known.join(', ')}` : `write ${near}`;
}

/** `1.10` is the number 1.1, and a program that reads it as text would never know. */
function inexact(source: YamlSource): Problem[] {
  return source.inexactNumbers
    .filter(({ path }) =>
      ['*.*.env.*', '*.*.buildEnv.*'].some((pattern) =>
        pathMatches(path[0] === 'environments' ? path.slice(2) : path, pattern),
      ),
    )
    .map(({ path, text }) => ({
      severity: 'error',
      path: pathText(path),
      ...source.position(path),
      message: `${pathText(path)} is written ${text}, which YAML reads as the number ${Number(text)}`,
      remedy: `put it in quotes: "${text}"`,
    }));
}

function chains(file: File, source: YamlSource): Problem[] {
  const names = Object.keys(file.environments);
  const problem = (name: string, message: string, remedy: string): Problem => {
    const path = ['environments', name, 'like'];
    return { severity: 'error', path: pathText(path), ...source.position(path), message, remedy };
  };
  return names.flatMap((name) => {
    const seen = [name];
    for (let next = file.environments[name]?.like; next !== undefined; next = file.environments[next]?.like) {
      if (!Object.hasOwn(file.environments, next))
        return seen.length > 1
          ? []
          : [
              problem(
                name,
                `environments.${name}.like names ${shown(next)}, which is no environment`,
                `write ${nearest(next, names) ?? `one of ${names.join(', ')}`}`,
              ),
            ];
      if (next === name)
        return [
          problem(
            name,
            `environments.${name}.like goes in a circle: ${[...seen, next].join(', ')}`,
            'remove one `like`',
          ),
        ];
      if (seen.includes(next)) return [];
      seen.push(next);
    }
    return [];
  });
}
