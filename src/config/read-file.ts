import { nearest } from '../domain/nearest.ts';
import type { Problem } from '../errors/problem.ts';
import { BLOCK_NAMES } from './blocks.ts';
import { explainIssue } from './explain-issue.ts';
import { environmentSchema, type File, fileSchema, TOP_LEVEL_KEYS } from './file.ts';
import { isPlain, type Plain } from './merge.ts';
import { shown } from './shown.ts';
import { pathMatches, pathText, type ValuePath } from './value-path.ts';
import type { YamlSource } from './yaml-source.ts';

const ENVIRONMENT_KEYS = Object.keys(environmentSchema.shape);
const MAX_ENVIRONMENTS = 32;

/** Checks everything but the blocks. Without `file` nothing more can be said about the rest. */
export function readFile(source: YamlSource): { raw: Plain; file?: File; problems: Problem[] } {
  const raw = source.value;
  if (!isPlain(raw))
    return {
      raw: {},
      problems: [
        {
          severity: 'error',
          path: '',
          ...source.position([]),
          message: `platform.yaml is ${shown(raw)}; it takes a map of settings`,
          remedy: 'platform init writes one to start from',
        },
      ],
    };

  const problems = [...strangers(raw, source), ...inexact(source)];
  const parsed = fileSchema.safeParse(withoutBlocks(raw), { jitless: true });
  for (const issue of parsed.error?.issues ?? [])
    for (const { path, atKey, message, remedy } of explainIssue(fileSchema, raw, issue))
      problems.push({
        severity: 'error',
        path: pathText(path),
        ...(atKey ? source.keyPosition(path) : source.position(path)),
        message,
        remedy,
      });

  const file = parsed.data;
  if (!file) return { raw, problems };
  problems.push(...chains(file, source));
  return problems.some(({ rule }) => rule === 'like') || Object.keys(file.environments).length > MAX_ENVIRONMENTS
    ? { raw, problems }
    : { raw, file, problems };
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
    return { rule: 'like', severity: 'error', path: pathText(path), ...source.position(path), message, remedy };
  };
  if (names.length > MAX_ENVIRONMENTS)
    return [
      {
        rule: 'like',
        severity: 'error',
        path: 'environments',
        ...source.position(['environments']),
        message: `There are ${names.length} environments; ${MAX_ENVIRONMENTS} are read`,
        remedy: 'split the project',
      },
    ];
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
