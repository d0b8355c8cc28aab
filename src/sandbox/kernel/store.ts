import type { Journal } from './journal.ts';

export type RowChange = [table: string, partition: string, id: string, value: unknown];

/** `undefined` stands for a deleted row; the journal writes it as null. */
type Partition = Map<string, unknown>;

/**
 * All state of the sandbox: tables of plain JSON rows. Rows are deeply frozen, so the only way to change one is
 * `put` or `update`, and what was put is exactly what the journal has: nothing can be changed and not be kept.
 */
export class Store {
  readonly #tables = new Map<string, Map<string, Partition>>();
  readonly #journal: Journal | undefined;
  #undo: (() => void)[] = [];
  #changes: RowChange[] = [];

  constructor(journal?: Journal) {
    this.#journal = journal;
    for (const [table, partition, id, value] of journal?.load() ?? []) this.#apply(table, partition, id, value);
  }

  table<T>(name: string, partition: string): Table<T> {
    return new Table<T>(this.#partition(name, partition), (id, value) => this.#write(name, partition, id, value));
  }

  /** The partitions of a table that hold rows: how a look over all accounts and regions is done. */
  partitions(name: string): string[] {
    return [...(this.#tables.get(name)?.keys() ?? [])];
  }

  /** Every row of every table. */
  *rows(): Iterable<unknown> {
    for (const [, , , value] of this.everything()) yield value;
  }

  /** Makes everything since the last commit durable, as one line that is there whole or not at all. */
  commit(): void {
    if (this.#changes.length > 0) this.#journal?.append(this.#changes, () => this.everything());
    this.#undo = [];
    this.#changes = [];
  }

  /** Takes back everything since the last commit: an operation that is refused leaves nothing behind. */
  rollback(): void {
    for (const undo of this.#undo.reverse()) undo();
    this.#undo = [];
    this.#changes = [];
  }

  #write(table: string, partition: string, id: string, value: unknown): void {
    const rows = this.#partition(table, partition);
    const before = rows.get(id);
    this.#undo.push(() => this.#apply(table, partition, id, before));
    this.#changes.push([table, partition, id, value ?? null]);
    this.#apply(table, partition, id, value);
  }

  #apply(table: string, partition: string, id: string, value: unknown): void {
    const rows = this.#partition(table, partition);
    if (value === undefined || value === null) rows.delete(id);
    else rows.set(id, freeze(value));
  }

  #partition(table: string, partition: string): Partition {
    const partitions = this.#tables.get(table) ?? new Map<string, Partition>();
    const rows = partitions.get(partition) ?? new Map<string, unknown>();
    this.#tables.set(table, partitions.set(partition, rows));
    return rows;
  }

  /** Every row, with its table, partition and id. */
  *everything(): Iterable<RowChange> {
    for (const [table, partitions] of this.#tables)
      for (const [partition, rows] of partitions) for (const [id, value] of rows) yield [table, partition, id, value];
  }
}

/** Rows of one kind in one account and region, in the order they were first put. */
export class Table<T> {
  readonly #rows: ReadonlyMap<string, unknown>;
  readonly #write: (id: string, value: T | undefined) => void;

  constructor(rows: ReadonlyMap<string, unknown>, write: (id: string, value: T | undefined) => void) {
    this.#rows = rows;
    this.#write = write;
  }

  get size(): number {
    return this.#rows.size;
  }

  /** A frozen row, or undefined. */
  get(id: string): T | undefined {
    return this.#rows.get(id) as T | undefined;
  }

  has(id: string): boolean {
    return this.#rows.has(id);
  }

  values(): T[] {
    return [...this.#rows.values()] as T[];
  }

  entries(): [string, T][] {
    return [...this.#rows.entries()] as [string, T][];
  }

  /** Keeps a copy of the value; answers with the frozen copy. Only JSON: no Date, no class, no Buffer. */
  put(id: string, value: T): T {
    this.#write(id, structuredClone(value));
    return this.get(id)!;
  }

  /** Changes a copy of the row and puts it back. Throws when there is no such row: look first. */
  update(id: string, change: (draft: T) => void): T {
    const before = this.get(id);
    if (before === undefined) throw new Error(`no row ${id} to update`);
    const draft = structuredClone(before);
    change(draft);
    this.#write(id, draft);
    return this.get(id)!;
  }

  delete(id: string): boolean {
    const existed = this.has(id);
    if (existed) this.#write(id, undefined);
    return existed;
  }
}

function freeze(value: unknown): unknown {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const child of Object.values(value)) freeze(child);
  }
  return value;
}
