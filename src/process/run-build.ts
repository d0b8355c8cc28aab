import { execa } from 'execa';

export interface BuildRun {
  /** Null for one that was ended by a signal. */
  exitCode: number | null;
  /** The last lines of both streams. */
  tail: string[];
}

const KEPT_LINES = 40;

/** Runs a command of the project's own configuration in the shell, as a person would type it there. */
export async function runBuild(
  command: string,
  {
    directory,
    variables,
    signal,
    onLine,
  }: {
    directory: string;
    variables: Readonly<Record<string, string | undefined>>;
    signal: AbortSignal;
    onLine: (line: string) => void;
  },
): Promise<BuildRun> {
  const tail: string[] = [];
  const child = execa(command, {
    shell: true,
    cwd: directory,
    env: { ...variables },
    extendEnv: false,
    stdin: 'ignore',
    all: true,
    buffer: false,
    reject: false,
    cancelSignal: signal,
  });
  for await (const line of child.iterable({ from: 'all' })) {
    tail.push(line);
    if (tail.length > KEPT_LINES) tail.shift();
    onLine(line);
  }
  const { exitCode } = await child;
  return { exitCode: exitCode ?? null, tail };
}
