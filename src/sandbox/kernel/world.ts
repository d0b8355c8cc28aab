import { randomUUID } from 'node:crypto';
import type { Machine } from '../machine/machine.ts';
import { Blobs } from './blobs.ts';
import { Clock } from './clock.ts';
import { Holds } from './holds.ts';
import { Journal } from './journal.ts';
import type { Scope } from './scope.ts';
import type { TimerHandler } from './service-definition.ts';
import { Store, type Table } from './store.ts';
import { earliest, type TimerRow } from './timer-row.ts';

export interface WorldOptions {
  /** Where state lasts; absent: in memory only. */
  directory?: string;
  /** Virtual milliseconds per real one; `Infinity` jumps to the next timer at once (tests). */
  speed?: number;
  /** Size of the journal past which it is folded into a snapshot. */
  foldAtBytes?: number;
  /** Finds what runs for a kind of timer; services are loaded when they are first needed. */
  timerHandler: (kind: string) => Promise<TimerHandler>;
  /** Told of an error in a timer, which has no caller to hear it. */
  onError?: (error: unknown) => void;
  /** Where clients and functions reach this world. */
  endpoint?: string;
  /** What this machine can really run; absent: nothing, everything is simulated. */
  machine?: Machine;
}

/** What calls meet that come too late: the end of a server, not a defect. */
export const WORLD_CLOSED = new Error('this world is closed');

/** One pretend AWS: its state, its time, and the work that time will bring. */
export class World {
  readonly store: Store;
  readonly clock: Clock;
  /** Where state lasts; undefined when it lives in memory only. */
  readonly directory: string | undefined;
  /** Bytes too large for rows. */
  readonly blobs: Blobs;
  /** What really runs for this world; undefined when everything is simulated. */
  readonly machine: Machine | undefined;
  readonly endpoint: string;
  readonly #journal: Journal | undefined;
  readonly #options: WorldOptions;
  readonly #timers: Table<TimerRow>;
  readonly #time: Table<{ now: number; order: number }>;
  #queue: Promise<unknown> = Promise.resolve();
  #wake: NodeJS.Timeout | undefined;
  /** Where real and virtual time last met, while time runs. */
  #anchor: { real: number; virtual: number } | undefined;
  #speed: number;
  readonly #holds = new Holds((apply) => this.#repace(apply));
  #paused = false;
  #isWorking = false;
  #closed = false;
  readonly #closing = new AbortController();

  constructor(options: WorldOptions) {
    this.#options = options;
    this.directory = options.directory;
    this.machine = options.machine;
    this.endpoint = options.endpoint ?? 'http://127.0.0.1';
    this.#speed = bounded(options.speed);
    this.#journal = options.directory === undefined ? undefined : new Journal(options.directory, options.foldAtBytes);
    this.store = new Store(this.#journal);
    this.blobs = new Blobs(options.directory);
    this.blobs.sweep(this.store.rows());
    this.#timers = this.store.table<TimerRow>('kernel.timers', 'aws');
    this.#time = this.store.table<{ now: number; order: number }>('kernel.time', 'aws');
    this.clock = new Clock(this.#time.get('time')?.now ?? 0);
    this.#arm();
  }

  /**
   * Runs work alone and makes its changes durable before it answers; a throw takes all its changes back.
   * Everything that reads or changes state goes through here: requests and timers alike.
   */
  transaction<T>(work: () => T | Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(WORLD_CLOSED);
    const turn = this.#queue.then(async () => {
      try {
        this.#catchUp();
        this.#isWorking = true;
        const result = await work();
        this.store.commit();
        return result;
      } catch (error) {
        this.store.rollback();
        throw error;
      } finally {
        this.#isWorking = false;
        this.#arm();
      }
    });
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /**
   * Has the timer `kind` run after so much virtual time, in a transaction of its own; survives a restart.
   * `background` timers (an hour of evidence, a month of recovery) run when time passes them but do not make it pass.
   */
  schedule(scope: Scope, timer: { afterMs: number; kind: string; payload: unknown; background?: boolean }): string {
    const id = randomUUID();
    const order = (this.#time.get('time')?.order ?? 0) + 1;
    this.#time.put('time', { now: this.clock.now(), order });
    this.#timers.put(id, {
      at: this.clock.now() + timer.afterMs,
      order,
      kind: timer.kind,
      account: scope.account,
      region: scope.region,
      background: timer.background ?? false,
      payload: timer.payload,
    });
    return id;
  }

  /** Forgets a timer; one that has run already is no error. */
  cancel(timerId: string): void {
    this.#timers.delete(timerId);
  }

  /**
   * Says that something really happens on this machine: until the answer is called time runs no faster than the real
   * clock, so that a grace period of a minute is a minute for a program that is starting.
   */
  hold(): () => void {
    return this.#holds.take();
  }

  /** Aborted when this world ends: for whatever is waited for beside it. */
  get closing(): AbortSignal {
    return this.#closing.signal;
  }

  /** Runs work beside the world's own, which is told of what breaks in it; the world's end is not an error. */
  beside(work: () => Promise<void>): void {
    work().catch((error) => {
      if (error !== WORLD_CLOSED) this.#options.onError?.(error);
    });
  }

  /** Whether anything is under way: then time runs. */
  get busy(): boolean {
    return this.#holds.any || this.#timers.values().some(({ background }) => !background);
  }

  /** Lets so much virtual time pass, timers included: for tests, and for `platform sandbox` to skip ahead. */
  async advance(ms: number): Promise<void> {
    const until = this.clock.now() + ms;
    await this.#idle();
    for (let next = this.#next(until, true); next; next = this.#next(until, true)) {
      await this.#fire(next);
      await this.#idle();
    }
    await this.transaction(() => this.#moveTo(until));
  }

  /** Runs timers until nothing is under way. */
  async settle(): Promise<void> {
    for (;;) {
      await this.#idle();
      const next = this.#next(Infinity, false);
      // What really runs takes its own time, in which the clock goes on.
      if (this.#holds.any) await this.#holds.none();
      else if (next) await this.#fire(next);
      else return;
    }
  }

  /** Waits for work at hand: a timer that is running is no longer among those to come, but may set others. */
  async #idle(): Promise<void> {
    for (let queue: Promise<unknown> | undefined; queue !== this.#queue; ) {
      queue = this.#queue;
      await queue;
    }
  }

  /** Virtual milliseconds per real one. */
  get speed(): number {
    return this.#speed;
  }

  /** Lets time run faster or slower from now on. */
  setSpeed(speed: number): Promise<void> {
    return this.transaction(() => {
      this.#anchor = undefined;
      this.#speed = bounded(speed);
    });
  }

  /** Stops time, for tests that step it themselves. */
  pause(): void {
    this.#paused = true;
    clearTimeout(this.#wake);
    this.#wake = undefined;
  }

  /** Waits for the work at hand, then lets go of the files. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#closing.abort();
    clearTimeout(this.#wake);
    this.#holds.forget();
    await this.#queue;
    this.#journal?.close();
  }

  /** Lets a change of pace count from now on; for a transaction that is under way time stands still. */
  #repace(change: () => void): void {
    if (!this.#isWorking) this.#catchUp();
    this.#anchor = undefined;
    change();
    this.#arm();
  }

  /** Virtual milliseconds per real one just now. */
  get #pace(): number {
    return this.#holds.any ? Math.min(1, this.#speed) : this.#speed;
  }

  /** Brings virtual time to where the real clock says it is, but not past work that is still to be done. */
  #catchUp(): void {
    const next = this.#next(Infinity, false);
    if (!this.#anchor || !next) return;
    this.clock.moveTo(
      Math.min(next[1].at, this.#anchor.virtual + (performance.now() - this.#anchor.real) * this.#pace),
    );
  }

  #arm(): void {
    clearTimeout(this.#wake);
    this.#wake = undefined;
    if (this.#closed || this.#paused) return;
    const next = this.#next(Infinity, false);
    if (!next) {
      this.#anchor = undefined;
      return;
    }
    this.#anchor ??= { real: performance.now(), virtual: this.clock.now() };
    const dueInMs = (next[1].at - this.#anchor.virtual) / this.#pace - (performance.now() - this.#anchor.real);
    // A longer timeout than the longest is none at all: https://nodejs.org/api/timers.html#settimeoutcallback-delay-args
    this.#wake =
      dueInMs > LONGEST_TIMEOUT_MS
        ? setTimeout(() => this.#arm(), LONGEST_TIMEOUT_MS)
        : setTimeout(() => this.#fire(next).catch((error) => this.#options.onError?.(error)), Math.max(0, dueInMs));
  }

  /** The earliest timer due by then; with `background` also those that do not make time run. */
  #next(until: number, background: boolean): [string, TimerRow] | undefined {
    const foreground = this.#timers.entries().filter(([, row]) => background || !row.background);
    const limit = background ? until : Math.min(until, earliest(foreground)?.[1].at ?? -1);
    return earliest(this.#timers.entries().filter(([, { at }]) => at <= limit));
  }

  async #fire([id, timer]: [string, TimerRow]): Promise<void> {
    try {
      await this.transaction(async () => {
        if (!this.#timers.delete(id)) return;
        this.#moveTo(timer.at);
        const handler = await this.#options.timerHandler(timer.kind);
        await handler(timer.payload, { world: this, account: timer.account, region: timer.region });
      });
    } catch (error) {
      // Kept, it would come due again at once and for ever.
      await this.transaction(() => {
        this.#timers.delete(id);
        this.#moveTo(timer.at);
      });
      throw error;
    }
  }

  #moveTo(now: number): void {
    this.clock.moveTo(now);
    if (this.#anchor) this.#anchor = { real: performance.now(), virtual: this.clock.now() };
    this.#time.put('time', { now: this.clock.now(), order: this.#time.get('time')?.order ?? 0 });
  }
}

const LONGEST_TIMEOUT_MS = 2 ** 31 - 1;

/** Endless speed times no time at all would be no number. */
const bounded = (speed = Number.POSITIVE_INFINITY): number => Math.min(speed, Number.MAX_SAFE_INTEGER);
