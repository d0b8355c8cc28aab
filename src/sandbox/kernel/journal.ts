import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { JOURNAL_FILE, refuseForeignState, SNAPSHOT_FILE, STATE_FORMAT } from './state-format.ts';
import type { RowChange } from './store.ts';

/** Past this size the journal is folded into a new snapshot, unless somebody wants it sooner. */
const FOLD_AT_BYTES = 32 * 1024 * 1024;

/**
 * State on disk: a snapshot and the lines written since. A commit is one line, written before its answer is sent, so
 * a killed server loses at most a call that nobody was told about. A last line cut short by the kill is dropped.
 * Snapshot and journal carry a generation, so a kill between writing the one and emptying the other applies nothing twice.
 */
export class Journal {
  readonly #snapshotFile: string;
  readonly #journalFile: string;
  readonly #foldAtBytes: number;
  #generation = 0;
  #descriptor: number | undefined;
  #closed = false;
  #bytes = 0;

  constructor(directory: string, foldAtBytes = FOLD_AT_BYTES) {
    this.#foldAtBytes = foldAtBytes;
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    refuseForeignState(directory);
    this.#snapshotFile = join(directory, SNAPSHOT_FILE);
    this.#journalFile = join(directory, JOURNAL_FILE);
  }

  *load(): Iterable<RowChange> {
    if (existsSync(this.#snapshotFile)) {
      const [head, ...rows] = lines(readFileSync(this.#snapshotFile, 'utf8'));
      this.#generation = (JSON.parse(head!) as { generation: number }).generation;
      for (const row of rows) yield JSON.parse(row) as RowChange;
    }
    if (!existsSync(this.#journalFile)) return;

    const text = readFileSync(this.#journalFile, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) truncateSync(this.#journalFile, Buffer.byteLength(whole));
    const [head, ...commits] = lines(whole);
    if (!head || (JSON.parse(head) as { generation: number }).generation !== this.#generation) return;
    for (const commit of commits) yield* JSON.parse(commit) as RowChange[];
    this.#bytes = Buffer.byteLength(whole);
    this.#descriptor = openSync(this.#journalFile, 'a', 0o600);
  }

  append(changes: RowChange[], everything: () => Iterable<RowChange>): void {
    // To begin again would empty the file that another process may have opened by now.
    if (this.#closed) throw new Error('the journal is closed');
    this.#descriptor ??= this.#begin();
    this.#bytes += writeSync(this.#descriptor, `${JSON.stringify(changes)}\n`);
    if (this.#bytes > this.#foldAtBytes) this.#fold(everything());
  }

  close(): void {
    this.#closed = true;
    this.#release();
  }

  #release(): void {
    if (this.#descriptor !== undefined) closeSync(this.#descriptor);
    this.#descriptor = undefined;
  }

  #begin(): number {
    const descriptor = openSync(this.#journalFile, 'w', 0o600);
    this.#bytes = writeSync(descriptor, `${JSON.stringify({ format: STATE_FORMAT, generation: this.#generation })}\n`);
    return descriptor;
  }

  #fold(everything: Iterable<RowChange>): void {
    const generation = this.#generation + 1;
    const draft = `${this.#snapshotFile}.draft`;
    const descriptor = openSync(draft, 'w', 0o600);
    writeSync(descriptor, `${JSON.stringify({ format: STATE_FORMAT, generation })}\n`);
    for (const row of everything) writeSync(descriptor, `${JSON.stringify(row)}\n`);
    fsyncSync(descriptor);
    closeSync(descriptor);
    renameSync(draft, this.#snapshotFile);
    this.#release();
    this.#generation = generation;
    this.#descriptor = this.#begin();
  }
}

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');
