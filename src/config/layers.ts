import { BLOCK_NAMES } from './blocks.ts';
import { isPlain, merge, type Plain } from './merge.ts';
import { type ValuePath, valueAt } from './value-path.ts';
import type { Position, YamlSource } from './yaml-source.ts';

/** One part of the file that an environment consists of. */
interface Layer {
  /** Undefined for the blocks at the top level. */
  environment?: string;
  prefix: ValuePath;
  blocks: Plain;
}

export interface Written extends Position {
  environment?: string;
  /** What the file says there; null where a layer removes what is below. */
  value: unknown;
}

/** The layers of an environment, lowest first, and what they make together. */
export class Layers {
  readonly blocks: Plain;
  readonly #layers: readonly Layer[];
  readonly #source: YamlSource;

  /** `chain` names the environments whose overrides are laid on the top level, in this order. */
  constructor(source: YamlSource, file: Plain, chain: readonly string[]) {
    const environments = isPlain(file.environments) ? file.environments : {};
    this.#source = source;
    this.#layers = [
      { prefix: [], blocks: blocksOf(file) },
      ...chain.map((environment) => ({
        environment,
        prefix: ['environments', environment],
        blocks: blocksOf(environments[environment]),
      })),
    ];
    this.blocks = this.#layers.reduce<Plain>(
      (below, { blocks, environment }) =>
        environment === undefined ? blocks : (merge(below, declareKeys(below, blocks)) as Plain),
      {},
    );
  }

  /** The place in the file that decided about a value; undefined when it was not written. */
  written(path: ValuePath): Written | undefined {
    for (const { environment, prefix, blocks } of this.#layers.toReversed()) {
      const full = [...prefix, ...path];
      if (this.#source.has(full)) return { environment, ...this.#source.position(full)!, value: valueAt(blocks, path) };
      const hidden = path.some((_, length) => length > 0 && this.#source.hides([...prefix, ...path.slice(0, length)]));
      if (hidden) return undefined;
    }
    return undefined;
  }

  /** Where to point at when something is wrong with the value, or missing. */
  position(path: ValuePath, atKey = false): Position | undefined {
    for (let length = path.length; length > 0; length--)
      for (const { prefix } of this.#layers.toReversed()) {
        const full = [...prefix, ...path.slice(0, length)];
        if (this.#source.has(full))
          return atKey || length < path.length ? this.#source.keyPosition(full) : this.#source.position(full);
      }
    return this.#source.keyPosition(this.#layers.at(-1)!.prefix);
  }
}

function blocksOf(value: unknown): Plain {
  if (!isPlain(value)) return {};
  return Object.fromEntries(
    BLOCK_NAMES.filter((name) => Object.hasOwn(value, name)).map((name) => [name, value[name]]),
  );
}

/** `API_KEY:` without anything declares a key of a secret; in an override it is no removal while there is nothing to remove. */
function declareKeys(below: Plain, over: Plain): Plain {
  if (!isPlain(over.secrets)) return over;
  const secrets = mapValues(over.secrets, (secret, name) => {
    if (!isPlain(secret) || !isPlain(secret.keys)) return secret;
    const declared = valueAt(below, ['secrets', name, 'keys']);
    const keys = mapValues(secret.keys, (key, id) =>
      key === null && !(isPlain(declared) && Object.hasOwn(declared, id)) ? {} : key,
    );
    return { ...secret, keys };
  });
  return { ...over, secrets };
}

const mapValues = (map: Plain, change: (value: unknown, key: string) => unknown): Plain =>
  Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value, key)]));
