import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { EngineName } from '../domain/container-engine.ts';

export interface EngineBehaviour {
  /** Version of buildx; absent: there is none. */
  buildx?: string;
  /** The client is there, its daemon is not. */
  silent?: boolean;
  /** No two builds give the same bytes, as with real tools. */
  restless?: boolean;
  /** What a build says, line by line. */
  output?: string[];
  /** A build ends with this. */
  buildFails?: string;
  /** A build goes on until it is stopped. */
  hangs?: boolean;
  /** What the first, the second … push ends with; empty: it works. */
  pushFails?: string[];
  /** What it says that it builds for. */
  platforms?: string[];
  /** It has no Compose. */
  withoutCompose?: boolean;
  /** What a verb of Compose ends with. */
  composeFails?: Record<string, string>;
  /** Containers that have ended by themselves. */
  ended?: string[];
  /** Containers that never become healthy. */
  unready?: string[];
  /** What containers wrote. */
  containerLog?: string[];
  /** Builds for this whatever was asked for. */
  platform?: string;
}

export interface EngineCall {
  words: string[];
  /** What it was given on stdin. */
  input?: string;
  env: Record<string, string | undefined>;
}

export interface FakeEngine {
  /** For the environment of a command: only this engine, and git, is on PATH. */
  env: Record<string, string>;
  calls(): EngineCall[];
  /** Words of the calls of one verb: `build`, `push`, `login`. */
  asked(verb: string): string[][];
  behave(behaviour: EngineBehaviour): void;
}

const PROGRAM = join(import.meta.dirname, 'fake-engine-program.ts');

/** A container engine on PATH that writes down what it was asked, and that pushes for real. */
export function fakeEngine(behaviour: EngineBehaviour = {}, name: EngineName = 'docker'): FakeEngine {
  const folder = mkdtempSync(join(tmpdir(), 'engine-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const behave = (next: EngineBehaviour) => writeFileSync(join(folder, 'behaviour.json'), JSON.stringify(next));
  behave(behaviour);
  mkdirSync(join(folder, 'bin'));
  const script = `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' '${folder}' "$@"\n`;
  writeFileSync(join(folder, 'bin', name), script, { mode: 0o755 });
  const file = join(folder, 'calls.jsonl');
  // A line counts when its end is there: tests look while the engine writes.
  const calls = (): EngineCall[] =>
    existsSync(file)
      ? readFileSync(file, 'utf8')
          .split('\n')
          .slice(0, -1)
          .map((line) => JSON.parse(line))
      : [];
  return {
    env: {
      PATH: [join(folder, 'bin'), process.env.PATH ?? ''].join(delimiter),
      PLATFORM_CONTAINER_ENGINE: name,
    },
    calls,
    asked: (verb) =>
      calls()
        .map(({ words }) => words)
        .filter((words) => words.includes(verb) && words[1] !== 'version'),
    behave,
  };
}
