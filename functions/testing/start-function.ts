import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type BundleOptions, bundle } from '../shared/bundle.ts';

/** What Lambda's runtime does with a bundle: load it once, then one event after the other; an error is its message. */
const RUNTIME = `
const { handler } = require(process.argv[1]);
process.on('message', async ({ id, event }) => {
  try { process.send({ id, result: await handler(event, {}) }); }
  catch (error) { process.send({ id, error: error.message }); }
});
process.send('ready');`;

export interface RunningFunction {
  bytes: number;
  /** Throws an error with the message of what the function threw. */
  invoke<T>(event: unknown): Promise<T>;
  /** What it has logged, parsed. */
  logs: Record<string, unknown>[];
  pid: number;
}

/** The bundle of a handler in a process of its own, with only these variables, for the test at hand. */
export async function startFunction(
  entry: string,
  options: BundleOptions & { variables?: Record<string, string> } = {},
): Promise<RunningFunction> {
  const folder = mkdtempSync(join(tmpdir(), 'function-'));
  const file = join(folder, 'index.js');
  const bytes = await bundle(entry, file, options);
  const running = await startBundle(file, options.variables);
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return { bytes, ...running };
}

export async function startBundle(file: string, variables: Record<string, string> = {}) {
  const child = spawn(process.execPath, ['-e', RUNTIME, file], {
    env: variables,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  const logs: Record<string, unknown>[] = [];
  let rest = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    logs.push(...lines.map((line) => JSON.parse(line) as Record<string, unknown>));
  });
  let complaints = '';
  child.stderr!.setEncoding('utf8').on('data', (text: string) => {
    complaints += text;
  });
  onTestFinished(() => void child.kill());

  const waiting = new Map<number, (answer: { result?: unknown; error?: string }) => void>();
  let sent = 0;
  const ended = once(child, 'exit').then(([code]) => {
    for (const answer of waiting.values()) answer({ error: `the process ended with ${code}: ${complaints}` });
  });
  await Promise.race([once(child, 'message'), ended]);
  child.on('message', (message: { id: number; result?: unknown; error?: string }) => {
    waiting.get(message.id)?.(message);
    waiting.delete(message.id);
  });

  return {
    logs,
    pid: child.pid!,
    async invoke<T>(event: unknown): Promise<T> {
      const id = sent++;
      const answer = await new Promise<{ result?: unknown; error?: string }>((resolve) => {
        waiting.set(id, resolve);
        if (child.connected) child.send({ id, event });
        else resolve({ error: `the function does not run: ${complaints}` });
      });
      if (answer.error !== undefined) throw new Error(answer.error);
      return answer.result as T;
    },
  };
}
