import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type BundleOptions, bundle } from '../shared/bundle.ts';
import { LambdaProcess } from './lambda-process.ts';

export interface RunningFunction {
  /** Throws an error with the message of what the function threw. */
  invoke<T>(event: unknown): Promise<T>;
  /** What it has logged so far, parsed. */
  logs(): Record<string, unknown>[];
}

/** The bundle of a handler in a process of its own, with only these variables, for the test at hand. */
export async function startFunction(
  entry: string,
  options: BundleOptions & { variables?: Record<string, string> } = {},
): Promise<RunningFunction & { bytes: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'function-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'index.js');
  const bytes = await bundle(entry, file, options);
  return { bytes, ...startBundle(file, options.variables) };
}

export function startBundle(file: string, variables: Record<string, string> = {}): RunningFunction {
  const running = new LambdaProcess(file, variables);
  onTestFinished(() => running.end());
  return {
    async invoke<T>(event: unknown): Promise<T> {
      const answer = await running.invoke(event);
      if (!answer) throw new Error(`the function has ended: ${running.log.join('\n')}`);
      if (answer.error) throw new Error(answer.error.message);
      return answer.result as T;
    },
    logs: () => running.log.filter((line) => line.startsWith('{')).map((line) => JSON.parse(line)),
  };
}
