import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface Invocation {
  result?: unknown;
  error?: { name: string; message: string };
}

/** As Lambda's runtime does: one invocation after the other in one process, each with a context that knows its time. */
const RUNTIME = `
const { handler } = require(process.argv[1]);
const lines = require('node:readline').createInterface({ input: process.stdin });
(async () => {
  let number = 0;
  for await (const line of lines) {
    const { event, timeoutMs } = JSON.parse(line);
    const end = Date.now() + timeoutMs;
    const context = { awsRequestId: 'request-' + ++number, getRemainingTimeInMillis: () => Math.max(0, end - Date.now()) };
    let answer;
    try { answer = { result: await handler(event, context) }; }
    catch (error) { answer = { error: { name: error.name, message: error.message } }; }
    process.stdout.write('invocation ' + JSON.stringify(answer) + '\\n');
  }
})();`;

/** A function in a process of its own, with nothing in its environment but what is given. */
export class LambdaProcess {
  readonly child: ChildProcess;
  /** Every line it logged. */
  readonly log: string[] = [];
  #answers: ((answer: Invocation | undefined) => void)[] = [];

  constructor(bundle: string, env: Record<string, string>) {
    this.child = spawn(process.execPath, ['-e', RUNTIME, bundle], {
      env: { PATH: process.env.PATH ?? '', ...env },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    this.child.stdin!.on('error', () => {});
    this.child.stderr!.on('data', (text) => this.log.push(String(text)));
    createInterface({ input: this.child.stdout! }).on('line', (line) => {
      if (line.startsWith('invocation ')) this.#answers.shift()?.(JSON.parse(line.slice('invocation '.length)));
      else this.log.push(line);
    });
    this.child.once('exit', () => {
      for (const answer of this.#answers.splice(0)) answer(undefined);
    });
  }

  /** Undefined when the process was killed before it answered. */
  invoke(event: unknown = {}, timeoutMs = 60_000): Promise<Invocation | undefined> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return Promise.resolve(undefined);
    return new Promise((resolve) => {
      this.#answers.push(resolve);
      this.child.stdin!.write(`${JSON.stringify({ event, timeoutMs })}\n`);
    });
  }

  async end(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill(signal);
    await ended;
  }
}
