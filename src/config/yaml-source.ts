import { pathKey, type ValuePath } from './value-path.ts';

export interface Position {
  /** One-based, as editors count. */
  line: number;
  column: number;
}

interface Place {
  key?: Position;
  value: Position;
  /** Whether maps of several layers merge here. */
  map: boolean;
}

/** A parsed file: its value, and where each part of it stands. */
export class YamlSource {
  value: unknown = undefined;
  /** Numbers whose text says more than the number: `1.10`. */
  readonly inexactNumbers: { path: ValuePath; text: string }[] = [];
  readonly #numberTexts = new Map<string, string>();
  readonly #places = new Map<string, Place>();

  /** A number as it is written there, where that is more than the number. */
  numberText(at: Position | undefined): string | undefined {
    return at && this.#numberTexts.get(`${at.line}:${at.column}`);
  }

  noteInexact(path: ValuePath, text: string): void {
    const { line, column } = this.position(path)!;
    this.inexactNumbers.push({ path, text });
    this.#numberTexts.set(`${line}:${column}`, text);
  }

  note(path: ValuePath, place: Place): void {
    this.#places.set(pathKey(path), place);
  }

  /** How many values there are, maps and lists among them. */
  get size(): number {
    return this.#places.size;
  }

  has(path: ValuePath): boolean {
    return this.#places.has(pathKey(path));
  }

  /** Whether something other than a map stands at the path: nothing from a lower layer shows through it. */
  hides(path: ValuePath): boolean {
    return this.#places.get(pathKey(path))?.map === false;
  }

  /** Where the value stands, or the nearest thing around it that is written. */
  position(path: ValuePath): Position | undefined {
    for (let length = path.length; length >= 0; length--) {
      const place = this.#places.get(pathKey(path.slice(0, length)));
      if (place) return length === path.length ? place.value : (place.key ?? place.value);
    }
    return undefined;
  }

  /** Where the key of the value stands. */
  keyPosition(path: ValuePath): Position | undefined {
    return this.#places.get(pathKey(path))?.key ?? this.position(path);
  }
}
