import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Diagnostic, ValidatorAnswer, ValidatorQuestion } from './validator-thread.ts';

interface Validator {
  validate(name: string, text: string): Promise<Diagnostic[]>;
}

let running: Validator | undefined;

/**
 * The validator in a thread of its own, started at the first call and kept: its engine takes most of a second to start,
 * and here AWS is asked meanwhile. It keeps no process from ending unless an answer is awaited.
 */
export function validator(): Validator {
  running ??= start();
  return running;
}

function start(): Validator {
  const waiting = new Map<number, PromiseWithResolvers<Diagnostic[]>>();
  // The same file beside this one, compiled or not; it gets nothing of what is around the process.
  const file = new URL(`./validator-thread${extname(import.meta.filename)}`, import.meta.url);
  const thread = new Worker(file, { env: {}, execArgv: [] });
  const end = (error: Error) => {
    if (running === started) running = undefined;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  thread.unref();
  thread.on('error', end);
  thread.on('exit', () => end(new Error('the thread of the template validator has ended')));
  thread.on('message', (answer: ValidatorAnswer) => {
    const { resolve, reject } = waiting.get(answer.id)!;
    waiting.delete(answer.id);
    if (waiting.size === 0) thread.unref();
    if ('error' in answer) reject(new Error(answer.error));
    else resolve(answer.diagnostics);
  });
  let asked = 0;
  const started: Validator = {
    validate: (name, text) => {
      const answer = Promise.withResolvers<Diagnostic[]>();
      waiting.set(++asked, answer);
      thread.ref();
      thread.postMessage({ id: asked, name, text } satisfies ValidatorQuestion);
      return answer.promise;
    },
  };
  return started;
}
