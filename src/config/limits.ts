import type { Problem } from '../errors/problem.ts';
import { BLOCK_NAMES } from './blocks.ts';
import { isPlain, type Plain } from './merge.ts';
import { pathText, type ValuePath } from './value-path.ts';
import type { YamlSource } from './yaml-source.ts';

/*
 * Each environment is merged, checked and judged, so the work grows with both numbers. A system of fifty services in
 * five environments stays below a tenth of these.
 */
const MAX_ENVIRONMENTS = 32;
const MAX_VALUES_IN_ALL = 100_000;
const MAX_BLOCKS = 200;
const MAX_SECRET_KEYS = 200;

/** What makes a file too large to be worth the time. */
export function excesses(raw: Plain, source: YamlSource): Problem[] {
  const problems: Problem[] = [];
  const most = (map: unknown, path: ValuePath, limit: number) => {
    const count = isPlain(map) ? Object.keys(map).length : 0;
    if (count > limit)
      problems.push({
        severity: 'error',
        path: pathText(path),
        ...source.keyPosition(path),
        message: `${pathText(path)} has ${count} entries; ${limit} are read`,
        remedy: 'split the project',
      });
  };
  const blocks = (layer: Plain, prefix: ValuePath) => {
    for (const name of BLOCK_NAMES) most(layer[name], [...prefix, name], MAX_BLOCKS);
    if (isPlain(layer.secrets))
      for (const [name, secret] of Object.entries(layer.secrets))
        if (isPlain(secret)) most(secret.keys, [...prefix, 'secrets', name, 'keys'], MAX_SECRET_KEYS);
  };

  const environments = isPlain(raw.environments) ? raw.environments : {};
  most(environments, ['environments'], MAX_ENVIRONMENTS);
  blocks(raw, []);
  for (const [name, one] of Object.entries(environments)) if (isPlain(one)) blocks(one, ['environments', name]);

  const all = source.size * (Object.keys(environments).length + 1);
  if (problems.length === 0 && all > MAX_VALUES_IN_ALL)
    problems.push({
      severity: 'error',
      path: '',
      ...source.position([]),
      message: `${source.size} values for ${Object.keys(environments).length + 1} environments are more than ${MAX_VALUES_IN_ALL} in all`,
      remedy: 'split the project',
    });
  return problems;
}
