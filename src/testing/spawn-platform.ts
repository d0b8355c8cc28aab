import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { onTestFinished } from 'vitest';
import { findSandbox, stopSandbox } from '../sandbox/connect.ts';
import { DEFAULT_YAML } from './start-platform.ts';

export interface Ended {
  exitCode: number | null;
  stdout: string;
  stderr: string;
  /** Addresses of the modules that were loaded. */
  modules: string[];
}

export interface SpawnedPlatform {
  directory: string;
  /** One command line in a process of its own, from the sources. */
  platform(words: readonly string[], env?: Record<string, string>): Promise<Ended>;
  /** The same, still running. */
  start(words: readonly string[], env?: Record<string, string>): ChildProcessWithoutNullStreams;
}

const MAIN = pathToFileURL(join(import.meta.dirname, '..', 'main.ts')).href;
const RECORDER = pathToFileURL(join(import.meta.dirname, 'record-modules.ts')).href;

/** A project in a folder of its own, and the program as a process: for what only processes have. */
export function spawnPlatform(yaml = DEFAULT_YAML): SpawnedPlatform {
  const home = mkdtempSync(join(tmpdir(), 'platform-'));
  const directory = join(home, 'project');
  mkdirSync(join(directory, '.git'), { recursive: true });
  writeFileSync(join(directory, 'platform.yaml'), yaml);
  writeFileSync(join(directory, 'Dockerfile'), 'FROM scratch\n');
  const record = join(home, 'modules');
  onTestFinished(async () => {
    const server = await findSandbox({ directory: join(directory, '.platform', 'sandbox') });
    if (server) await stopSandbox(server);
    rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });

  const start = (words: readonly string[], env: Record<string, string> = {}) =>
    spawn(
      process.execPath,
      ['--import', RECORDER, '-e', `import('${MAIN}').then(({ main }) => main(process.argv.slice(1)))`, '--', ...words],
      {
        cwd: directory,
        env: {
          PATH: process.env.PATH,
          HOME: home,
          PLATFORM_CONTAINER_ENGINE: 'none',
          PLATFORM_POSTGRES: 'none',
          RECORD_MODULES: record,
          CDK_VALIDATION: 'false',
          ...env,
        },
      },
    );
  return {
    directory,
    start,
    platform: async (words, env) => {
      const child = start(words, env);
      const [stdout, stderr, exitCode] = await Promise.all([
        textOf(child.stdout),
        textOf(child.stderr),
        new Promise<number | null>((resolve) => child.on('close', resolve)),
      ]);
      return { exitCode, stdout, stderr, modules: readFileSync(record, 'utf8').split('\n') };
    },
  };
}

async function textOf(stream: NodeJS.ReadableStream): Promise<string> {
  let text = '';
  for await (const chunk of stream) text += chunk;
  return text;
}
