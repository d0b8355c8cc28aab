import { appendFile, mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { execa } from 'execa';
import { cleanText } from '../domain/clean-text.ts';
import {
  type BuildSpec,
  buildArgs,
  type EngineTraits,
  loginArgs,
  logoutArgs,
  type Platform,
  pushArgs,
  type RegistryPlace,
} from '../domain/container-engine.ts';
import type { Secret } from '../secret.ts';
import { type OwnLogin, ownLogin } from './own-login.ts';

/** Lines of its output that are kept to say why it ended as it did. */
const KEPT_LINES = 200;
/** A progress bar without line feeds, or a minified file: nobody reads on. */
const LONGEST_LINE = 2_000;
/** `compose ps` writes all that it knows of a container in one line, or of all containers. */
const LONGEST_DOCUMENT = 1_000_000;

/** A value, because failure is an expected answer here: the caller knows what to make of it. */
export type EngineAnswer = { ok: true } | { ok: false; lines: string[] };

export interface Listening {
  /** Each line as it comes, without terminal escapes. */
  onLine(line: string): void;
  /** Where all of it is kept. */
  logFile?: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** A container engine whose daemon has answered. */
export class ContainerEngine {
  readonly traits: EngineTraits;
  readonly #program: string;
  readonly #variables: Variables;
  readonly #signal: AbortSignal | undefined;

  constructor(
    program: string,
    traits: EngineTraits,
    { variables, signal }: { variables: Variables; signal?: AbortSignal },
  ) {
    this.#program = program;
    this.traits = traits;
    this.#variables = variables;
    this.#signal = signal;
  }

  get name(): EngineTraits['name'] {
    return this.traits.name;
  }

  /** Attestations are turned off by a variable too: an engine that does not know the option may know that. */
  build(spec: BuildSpec, listening: Listening): Promise<EngineAnswer> {
    return this.#run(buildArgs(this.traits, spec), {
      ...listening,
      variables: { BUILDX_NO_DEFAULT_ATTESTATIONS: '1' },
    });
  }

  /** What it builds for, itself or by emulation: `linux/amd64`. Undefined for builders that do not say. */
  async platforms(): Promise<string[] | undefined> {
    if (this.traits.builder === 'plain') return undefined;
    const lines: string[] = [];
    await this.#run(['buildx', 'inspect'], { onLine: (line) => lines.push(line) });
    const named = lines.flatMap((line) => /^Platforms:\s*(.+)$/.exec(line)?.[1]?.split(/,\s*/) ?? []);
    // A star marks what somebody chose; variants of a processor run on any of it.
    return named.length > 0 ? named.map((one) => one.replace(/[*]$/, '').trim()) : undefined;
  }

  /** A verb of Docker Compose, or of what this engine has in its place. What it prints can be much longer than a log's line. */
  compose(words: readonly string[], listening: Listening & { input?: string }): Promise<EngineAnswer> {
    return this.#run(['compose', ...words], { ...listening, longestLine: LONGEST_DOCUMENT });
  }

  /**
   * Logs in where no other program looks, so that nothing stays in the user's own configuration; `close` forgets it.
   * The builds themselves keep the user's configuration: a private base image may need its logins.
   */
  async login(place: RegistryPlace, password: Secret): Promise<{ answer: EngineAnswer; login: RegistryLogin }> {
    const own = await ownLogin(this.name, this.#variables, place.host);
    const push: RegistryLogin['push'] = (image, listening) =>
      this.#run(pushArgs(this.traits, { ...image, insecure: place.insecure }), {
        ...listening,
        variables: own.variables,
      });
    const answer = await this.#run(loginArgs(this.traits, place), {
      onLine: () => undefined,
      variables: own.variables,
      input: password.reveal(),
    });
    return { answer, login: { push, close: () => this.#forget(own, place) } };
  }

  async #forget(own: OwnLogin, place: RegistryPlace): Promise<void> {
    if (!own.isolated) await this.#run(logoutArgs(place), { onLine: () => undefined, uninterrupted: true });
    await own.remove();
  }

  /** The only line that starts an engine: words, never a shell. */
  async #run(
    words: readonly string[],
    {
      onLine,
      logFile,
      input,
      variables = {},
      uninterrupted,
      longestLine = LONGEST_LINE,
    }: Listening & { input?: string; variables?: Variables; uninterrupted?: boolean; longestLine?: number },
  ): Promise<EngineAnswer> {
    // Builds print what they are given. Before it starts: what a quick one says while nobody listens is lost.
    if (logFile) await mkdir(dirname(logFile), { recursive: true, mode: 0o700 });
    const child = execa(this.#program, words, {
      env: { ...this.#variables, ...variables },
      extendEnv: false,
      all: true,
      buffer: false,
      reject: false,
      ...(input === undefined ? { stdin: 'ignore' as const } : { input }),
      ...(this.#signal && !uninterrupted ? { cancelSignal: this.#signal, forceKillAfterDelay: 10_000 } : {}),
    });
    const lines: string[] = [];
    for await (const raw of child.iterable({ from: 'all' })) {
      const line = cleanText(String(raw)).trimEnd().slice(0, longestLine);
      if (line === '') continue;
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
      if (logFile) await appendFile(logFile, `${line}\n`, { mode: 0o600 });
      onLine(line);
    }
    const { failed, shortMessage } = await child;
    if (!uninterrupted) this.#signal?.throwIfAborted();
    if (!failed) return { ok: true };
    return { ok: false, lines: lines.length > 0 ? lines : [cleanText(shortMessage ?? '')] };
  }
}

export interface RegistryLogin {
  push(image: { reference: string; platform: Platform }, listening: Listening): Promise<EngineAnswer>;
  close(): Promise<void>;
}
