import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';

export interface Finished {
  exitCode: number;
  stdout: string;
  stderr: string;
  // biome-ignore lint/suspicious/noExplicitAny: documents are asserted, not used
  json(): any;
}

export const REPOSITORY = join(import.meta.dirname, '..', '..', '..');
const BIN = join(REPOSITORY, 'bin', 'platform.js');

/** Starts a program without a terminal and waits for its end. Never throws for an exit code. */
export function runProgram(
  file: string,
  words: readonly string[],
  { cwd, env = {} }: { cwd: string; env?: Record<string, string | undefined> },
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, words, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => (stdout += chunk));
    child.stderr.on('data', (chunk) => (stderr += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ exitCode: code ?? -1, stdout, stderr, json: () => JSON.parse(stdout) }));
  });
}

export interface BuiltProject {
  directory: string;
  /** The built program, as a user runs it, in the project's folder. */
  platform(...words: string[]): Promise<Finished>;
  /** The same, and fails the test with both streams unless it exits with 0. */
  succeed(...words: string[]): Promise<Finished>;
}

/** Ends the server that a project's commands have started. */
function stopSandbox(directory: string): void {
  const file = join(directory, '.platform', 'sandbox', 'server.json');
  if (!existsSync(file)) return;
  try {
    process.kill(JSON.parse(readFileSync(file, 'utf8')).pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/**
 * A project in a folder of its own; its sandbox is stopped when the test is over. Nothing really runs there, whatever
 * the machine has, unless `real` is asked for.
 */
export function builtProject(
  files: Readonly<Record<string, string>> = {},
  { bin = BIN, real = false, env: own = {} }: { bin?: string; real?: boolean; env?: Record<string, string> } = {},
): BuiltProject {
  const home = mkdtempSync(join(tmpdir(), 'journey-'));
  const directory = join(home, 'project');
  mkdirSync(join(directory, '.git'), { recursive: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  const env = {
    HOME: home,
    AWS_PROFILE: undefined,
    AWS_ENDPOINT_URL: undefined,
    NO_COLOR: '1',
    ...(real ? {} : { PLATFORM_CONTAINER_ENGINE: 'none', PLATFORM_POSTGRES: 'none' }),
    ...own,
  };
  const platform = (...words: string[]) => runProgram(process.execPath, [bin, ...words], { cwd: directory, env });
  const succeed = async (...words: string[]) => {
    const finished = await platform(...words);
    if (finished.exitCode !== 0) {
      throw new Error(
        `platform ${words.join(' ')} exited with ${finished.exitCode}\n${finished.stderr}\n${finished.stdout}`,
      );
    }
    return finished;
  };
  onTestFinished(async () => {
    if (real) await platform('sandbox', 'reset', '--yes');
    stopSandbox(directory);
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });
  return { directory, platform, succeed };
}
