import { chmod, mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '../../context.ts';
import { writeFileAtomically } from '../../process/write-file.ts';
import { redactedDeep } from './redacted-deep.ts';
import { type Recorded, type RecordedFailure, RUN_FILE, type RunRecord, type Sighting } from './run-record.ts';

/** Of what was seen; with the rest of the document a file stays below 1 MiB. */
const MOST_BYTES = 900 * 1024;
const RUNS_KEPT = 20;
/** What commands leave in `.platform/runs`: `20261121T031500Z-1f2e`, of images `image-20261121…`. */
const RUN_FOLDER = /^(image-)?(\d{8}T\d{6}Z-[0-9a-f]{4})$/;

export type RunFacts = Pick<
  RunRecord,
  'id' | 'command' | 'environment' | 'sandbox' | 'account' | 'region' | 'version' | 'startedAt'
>;

interface Place {
  /** `.platform/runs`. */
  directory: string;
  clock: Pick<Clock, 'now'>;
  /** Told once, when it cannot be written. */
  warn: (text: string) => void;
  /** Takes away values that are known to be secret. */
  mask: (text: string) => string;
  /** Finds out what else is secret; asked once, before words of programs are written down. */
  learn?: () => Promise<void>;
}

/** What holds words of programs; AWS's own sentences name secrets, and hold none. */
const WORDS_OF_PROGRAMS: ReadonlySet<Sighting['kind']> = new Set(['log', 'diagnosis', 'one-off']);

/**
 * Keeps what a command sees as it goes, so that it outlives a stack's rollback and the end of the process. Nothing is
 * written before there is something to keep, and nothing here makes a command fail.
 */
export class Recorder {
  readonly #place: Place;
  #record: RunRecord;
  #sizes: number[] = [];
  #bytes = 0;
  #begun = false;
  #dirty = false;
  #writing: Promise<void> | undefined;
  #broken = false;
  /** Words of programs are in it that were not looked at with all that is secret. */
  #unmasked = false;

  constructor(place: Place, facts: RunFacts) {
    this.#place = place;
    this.#record = { format: 1, ...facts, endedAt: null, outcome: 'running', dropped: 0, seen: [], failure: null };
  }

  get id(): string {
    return this.#record.id;
  }

  /** Whether there is anything to be read later. */
  get holds(): boolean {
    return this.#begun;
  }

  /** The command makes this release, and its record goes by the same name. */
  release(id: string): void {
    if (!this.#begun) this.#record.id = id;
  }

  saw(sighting: Sighting): void {
    const at = new Date(this.#place.clock.now()).toISOString();
    const recorded = redactedDeep<Recorded>({ at, ...sighting }, this.#place.mask);
    this.#unmasked ||= WORDS_OF_PROGRAMS.has(sighting.kind);
    const size = Buffer.byteLength(JSON.stringify(recorded));
    this.#record.seen.push(recorded);
    this.#sizes.push(size);
    this.#bytes += size;
    while (this.#bytes > MOST_BYTES) {
      this.#bytes -= this.#sizes.shift()!;
      this.#record.seen.shift();
      this.#record.dropped += 1;
    }
    this.#touch();
  }

  /** It ended well; without anything to tell there is no record. */
  done(): Promise<void> {
    return this.#end('done');
  }

  failed(failure: RecordedFailure): Promise<void> {
    this.#record.failure = redactedDeep(failure, this.#place.mask);
    this.#unmasked = true;
    this.#begun = true;
    return this.#end('failed');
  }

  async #end(outcome: 'done' | 'failed'): Promise<void> {
    this.#record.outcome = outcome;
    this.#record.endedAt = new Date(this.#place.clock.now()).toISOString();
    if (!this.#begun) return;
    this.#touch();
    await this.#writing;
  }

  #touch(): void {
    this.#begun = true;
    this.#dirty = true;
    if (this.#broken) return;
    this.#writing ??= this.#write().finally(() => {
      this.#writing = undefined;
    });
  }

  /** One write at a time; what comes meanwhile is in the next. */
  async #write(): Promise<void> {
    try {
      const folder = join(this.#place.directory, this.#record.id);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await chmod(folder, 0o700);
      while (this.#dirty) {
        this.#dirty = false;
        await this.#maskAll();
        await writeFileAtomically(join(folder, RUN_FILE), `${JSON.stringify(this.#record, undefined, 1)}\n`, 0o600);
      }
      await this.#prune();
    } catch (error) {
      this.#broken = true;
      this.#place.warn(
        `what is seen of this run cannot be kept in ${this.#place.directory}: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }

  async #maskAll(): Promise<void> {
    const { learn, mask } = this.#place;
    if (!this.#unmasked || !learn) return;
    await learn();
    this.#unmasked = false;
    // What is seen from now on is masked by all that was learned; what was seen before is masked once more.
    const { seen, failure } = this.#record;
    this.#record.seen = seen.map((one) => redactedDeep(one, mask));
    this.#record.failure = failure && redactedDeep(failure, mask);
  }

  async #prune(): Promise<void> {
    const { directory } = this.#place;
    const runs = (await readdir(directory)).filter((name) => RUN_FOLDER.test(name));
    const timeOf = (name: string) => RUN_FOLDER.exec(name)![2]!;
    const old = runs.toSorted((a, b) => timeOf(b).localeCompare(timeOf(a))).slice(RUNS_KEPT);
    for (const name of old)
      if (name !== this.#record.id) await rm(join(directory, name), { recursive: true, force: true });
  }
}
