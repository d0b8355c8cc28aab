import type { Questions } from './asking-prompter.ts';

/** Somewhere text goes. */
export interface Sink {
  write(text: string): void;
  /** A person is looking: lines may be drawn over. */
  readonly isTerminal: boolean;
  /** Characters per line; read at each drawing, because windows are resized. */
  columns(): number;
  rows(): number;
}

/** The process as the program sees it. Only `src/io` and `main.ts` know the real one; tests put their own in its place. */
export interface Surroundings {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly directory: string;
  readonly stdout: Sink;
  readonly stderr: Sink;
  /** A person can be asked. */
  readonly stdinIsTerminal: boolean;
  /** Calls back at every Ctrl-C; answers with what ends the listening. */
  onInterrupt(listener: () => void): () => void;
  /** Calls back with an error that nobody awaited. */
  readonly onCrash?: (listener: (error: unknown) => void) => void;
  /** A sandbox in place of the project's own: for tests, which run theirs in the same process. */
  readonly connectSandbox?: ConnectSandbox;
  /** Who answers in place of a person at the terminal: for tests. */
  readonly questions?: Questions;
  /** Real milliseconds between two looks at AWS, where they are not ours to choose: for tests. */
  readonly pollMs?: number;
  /** Ends at once, with work under way: the second Ctrl-C. */
  leave(exitCode: number): void;
}

/** Finds the project's sandbox, or starts it. Where a speed was asked for, answers with the one before. */
export type ConnectSandbox = (options: {
  directory: string;
  speed?: number;
}) => Promise<{ endpoint: string; port: number; token: string; previousSpeed?: number }>;
