import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';

/** A blob's name in a row: the SHA-256 of its bytes. Whatever looks like one in any row keeps its blob alive. */
const ADDRESS = /^[0-9a-f]{64}$/;

/** Bytes too large for rows, by their hash: files beside the journal, or memory. The same bytes are kept once. */
export class Blobs {
  readonly #directory: string | undefined;
  readonly #memory = new Map<string, Uint8Array>();

  constructor(directory?: string) {
    this.#directory = directory === undefined ? undefined : join(directory, 'blobs');
    if (this.#directory !== undefined) mkdirSync(this.#directory, { recursive: true, mode: 0o700 });
  }

  /** Answers with the address to keep in a row; the bytes are there before the row is. */
  put(bytes: Uint8Array): string {
    const address = createHash('sha256').update(bytes).digest('hex');
    if (this.#directory === undefined) {
      this.#memory.set(address, Uint8Array.from(bytes));
      return address;
    }
    const file = join(this.#directory, address);
    if (!existsSync(file)) {
      writeFileSync(`${file}.draft`, bytes, { mode: 0o600 });
      renameSync(`${file}.draft`, file);
    }
    return address;
  }

  /** Puts blobs together, one after the other, without holding more than one of them in memory. */
  join(addresses: readonly string[]): { address: string; size: number } {
    if (addresses.length === 1 || this.#directory === undefined) {
      const bytes = Buffer.concat(addresses.map((address) => this.get(address)));
      return { address: this.put(bytes), size: bytes.length };
    }
    const draft = join(this.#directory, `${randomUUID()}.draft`);
    const hash = createHash('sha256');
    const file = openSync(draft, 'w', 0o600);
    let size = 0;
    for (const address of addresses) {
      const bytes = this.get(address);
      hash.update(bytes);
      writeSync(file, bytes);
      size += bytes.length;
    }
    closeSync(file);
    const whole = hash.digest('hex');
    renameSync(draft, join(this.#directory, whole));
    return { address: whole, size };
  }

  /** A blob piece by piece. */
  read(address: string): Readable {
    return this.#directory === undefined
      ? Readable.from([this.get(address)])
      : createReadStream(join(this.#directory, address));
  }

  get(address: string): Buffer {
    if (this.#directory !== undefined) return readFileSync(join(this.#directory, address));
    const bytes = this.#memory.get(address);
    if (!bytes) throw new Error(`no blob ${address}`);
    return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** Removes what no row names: done when a world opens, since a refused call may have left bytes behind. */
  sweep(rows: Iterable<unknown>): void {
    if (this.#directory === undefined) return;
    const kept = new Set<string>();
    for (const row of rows) collect(row, kept);
    for (const name of readdirSync(this.#directory))
      if (!kept.has(name)) rmSync(join(this.#directory, name), { force: true });
  }
}

function collect(value: unknown, kept: Set<string>): void {
  if (typeof value === 'string' && ADDRESS.test(value)) kept.add(value);
  else if (typeof value === 'object' && value !== null) for (const child of Object.values(value)) collect(child, kept);
}
