import { isAlias, isMap, isScalar, isSeq, type LineCounter, type Node, type Pair, type YAMLMap } from 'yaml';
import type { Problem } from '../errors/problem.ts';
import { shownText } from './shown.ts';
import { pathText, type ValuePath } from './value-path.ts';
import { YamlRefused, yamlProblem } from './yaml-problem.ts';
import type { Position, YamlSource } from './yaml-source.ts';

/** Aliases count each time they are used, which is what defuses a bomb of them. */
const MAX_VALUES = 20_000;

/** Turns the nodes of a document into values and notes where each stands. */
export class YamlReader {
  readonly problems: Problem[] = [];
  readonly #source: YamlSource;
  readonly #lines: LineCounter;
  readonly #anchors = new Map<string, Node>();
  readonly #open = new Set<Node>();
  #values = 0;

  constructor(source: YamlSource, lines: LineCounter) {
    this.#source = source;
    this.#lines = lines;
  }

  read(node: Node | null, path: ValuePath = [], key?: Position): unknown {
    if (++this.#values > MAX_VALUES)
      throw this.#refuse(
        node,
        `more than ${MAX_VALUES} values, aliases counted each time`,
        'write less, or fewer aliases',
      );
    this.#source.note(path, {
      key,
      value: this.#position(node) ?? key ?? { line: 1, column: 1 },
      map: isMap(resolved(node, this.#anchors)),
    });
    if (node === null) return null;
    if (isAlias(node)) return this.#alias(node.source, node, path, key);
    if ((isScalar(node) || isMap(node) || isSeq(node)) && node.anchor) this.#anchors.set(node.anchor, node);

    this.#open.add(node);
    try {
      if (isMap(node)) return this.#map(node, path);
      if (isSeq(node)) return node.items.map((item, index) => this.read(item as Node, [...path, index]));
      return isScalar(node) ? this.#scalar(node, path) : undefined;
    } finally {
      this.#open.delete(node);
    }
  }

  #alias(name: string, alias: Node, path: ValuePath, key?: Position): unknown {
    const target = this.#anchors.get(name);
    if (!target)
      return this.#complain(
        alias,
        path,
        `there is no anchor &${shownText(name)} above`,
        'write &name before the value that *name repeats, or put the text in quotes',
      );
    if (this.#open.has(target))
      return this.#complain(
        alias,
        path,
        `the alias *${shownText(name)} stands inside what it repeats`,
        'write the value out',
      );
    const value = this.read(target, path, key);
    this.#source.note(path, { key, value: this.#position(alias)!, map: isMap(target) });
    return value;
  }

  #map(node: YAMLMap, path: ValuePath): Record<string, unknown> {
    const first = new Map<string, number>();
    const entries: [string, unknown][] = [];
    for (const pair of node.items as Pair<Node | null, Node | null>[]) {
      const key = this.#key(pair, path);
      if (key === undefined) continue;
      const position = this.#position(pair.key);
      const before = first.get(key);
      if (before !== undefined)
        this.#complain(
          pair.key,
          [...path, key],
          `the key ${shownText(key)} stands here a second time, first in line ${before}`,
          'keep one of the two',
        );
      else first.set(key, position?.line ?? 1);
      entries.push([key, this.read(pair.value, [...path, key], position)]);
    }
    return Object.fromEntries(entries);
  }

  #key({ key }: Pair<Node | null, Node | null>, path: ValuePath): string | undefined {
    const remedy = 'a key is one word, or text in quotes';
    if (!isScalar(key)) return this.#complain(key, path, 'a map, list or alias stands where a key is expected', remedy);
    const text = typeof key.value === 'string' ? key.value : (key.source ?? '');
    if (text === '<<')
      return this.#complain(
        key,
        path,
        'the merge key << is not read',
        'in an environment, `like: <environment>` takes the overrides of another',
      );
    if (text === '__proto__' || text === '' || text.includes('\0'))
      return this.#complain(key, path, `${shownText(JSON.stringify(text))} cannot be a key`, remedy);
    return text;
  }

  #scalar({ value, source }: { value: unknown; source?: string }, path: ValuePath): unknown {
    if (typeof value === 'number' && source !== undefined && source !== String(value))
      this.#source.noteInexact(path, source);
    return value;
  }

  #complain(node: Node | null, path: ValuePath, message: string, remedy: string): undefined {
    this.problems.push({ ...this.#refuse(node, message, remedy).problem, path: pathText(path) });
  }

  #refuse(node: Node | null, message: string, remedy: string): YamlRefused {
    return new YamlRefused(yamlProblem(this.#lines.linePos(node?.range?.[0] ?? 0), message, remedy));
  }

  #position(node: Node | null): Position | undefined {
    if (!node?.range) return undefined;
    const { line, col } = this.#lines.linePos(node.range[0]);
    return { line, column: col };
  }
}

const resolved = (node: Node | null, anchors: ReadonlyMap<string, Node>) =>
  isAlias(node) ? anchors.get(node.source) : node;
