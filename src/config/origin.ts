import type { Blocks } from './blocks.ts';
import { DEFAULT_REGION } from './file.ts';
import { KIND_DEFAULTS } from './kind-defaults.ts';
import type { Kind } from './kinds.ts';
import type { Layers } from './layers.ts';
import type { Origin } from './project.ts';
import { parsePath, pathMatches, type ValuePath, valueAt } from './value-path.ts';
import type { YamlSource } from './yaml-source.ts';

export interface Decided {
  name: string;
  kind: Kind;
  region: string;
  blocks: Blocks;
  layers: Layers;
  source: YamlSource;
}

/** Who decided about a value of the effective environment; undefined when it has no such value. */
export function originOf(text: string, decided: Decided): Origin | undefined {
  const path = parsePath(text);
  if (!path || path.length === 0) return undefined;
  if (valueAt(decided.blocks, path) === undefined) return settingOrigin(path, decided);
  const written = decided.layers.written(path) ?? decided.layers.written(spread(path));
  if (written && written.value !== null) {
    const { line, column, environment } = written;
    return { from: 'file', line, column, environment };
  }
  const ofKind = Object.keys(KIND_DEFAULTS[decided.kind]).some((pattern) => pathMatches(path, `${pattern}.**`));
  return ofKind ? { from: 'kind', kind: decided.kind } : { from: 'default' };
}

/** The variables that `"*": secret.app#*` stands for come from that line. */
const spread = (path: ValuePath): ValuePath =>
  pathMatches(path, 'services.*.secrets.*') ? [...path.slice(0, -1), '*'] : path;

const OF_ENVIRONMENT = ['kind', 'account', 'region', 'profile', 'endpoint', 'emulator'];

/** What belongs to an environment beside its blocks. */
function settingOrigin(path: ValuePath, { name, region, source }: Decided): Origin | undefined {
  const [first] = path;
  const written = (place: ValuePath, environment?: string): Origin | undefined => {
    if (!source.has(place)) return undefined;
    const { line, column } = source.position(place)!;
    return { from: 'file', line, column, environment };
  };
  if (first === 'region') {
    const layers = [
      ['environments', name, 'region'],
      ['defaults', 'region'],
    ];
    const place = layers.find((one) => source.has(one));
    const said = place ? valueAt(source.value, place) : DEFAULT_REGION;
    if (said !== region) return { from: 'surroundings' };
  }
  if (OF_ENVIRONMENT.includes(String(first)))
    return written(['environments', name, ...path], name) ?? written(['defaults', ...path]) ?? { from: 'default' };
  if (first === 'tags') return written(['defaults', ...path]) ?? { from: 'default' };
  return first === 'naming' || first === 'project' ? (written(path) ?? { from: 'default' }) : undefined;
}
