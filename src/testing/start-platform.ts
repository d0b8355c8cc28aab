import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { run } from '../cli/run.ts';
import type { Questions } from '../io/asking-prompter.ts';
import type { Sink } from '../io/surroundings.ts';
import { ownAccessKeyId } from '../sandbox/kernel/access-keys.ts';
import { type RunningSandbox, type StartSandboxOptions, startSandbox } from './start-sandbox.ts';

export interface StartPlatformOptions {
  /** Contents of platform.yaml; null for none. */
  yaml?: string | null;
  /** Further files, by their path in the project. */
  files?: Readonly<Record<string, string>>;
  /** Further environment variables. */
  env?: Readonly<Record<string, string>>;
  /** Account of the credentials in the environment. */
  account?: string;
  sandbox?: StartSandboxOptions;
}

export interface Outcome {
  exitCode: number;
  stdout: string;
  stderr: string;
}

export interface FinishedRun extends Outcome {
  /** The one document of `--json`. */
  // biome-ignore lint/suspicious/noExplicitAny: documents are asserted, not used
  json(): any;
}

type Answer = (question: string) => boolean | string | Promise<boolean | string>;

export interface RunOptions {
  env?: Readonly<Record<string, string>>;
  /** Below the project's folder. */
  directory?: string;
  /** Given the function that presses Ctrl-C. */
  during?: (interrupt: () => void) => void;
  /** Given all that stands on stderr, as often as something is added. */
  hear?: (stderr: string) => void;
  /** What a person at a terminal answers: to a question for a yes, and to one for a name. Absent: nobody is there. */
  answer?: Answer;
}

export interface StartedPlatform {
  /** The project's folder. */
  directory: string;
  aws: RunningSandbox;
  /** One command line, split at spaces that are not in quotes, or given as words. */
  platform(words: string | readonly string[], options?: RunOptions): Promise<FinishedRun>;
}

export const DEFAULT_YAML = `project: demo
services:
  web:
    image: { context: . }
    port: 8080
    http: { certificate: none, insecure: true }
    health: { path: / }
environments:
  dev: { kind: dev, account: "111111111111" }
  prod: { kind: prod, account: "222222222222" }
`;

/**
 * A project in a folder of its own, an AWS of its own over HTTP, and the whole program in this process. Environments of
 * every kind reach that AWS: those on the sandbox because it is theirs, the others through AWS_ENDPOINT_URL.
 */
export async function startPlatform(options: StartPlatformOptions = {}): Promise<StartedPlatform> {
  const { yaml = DEFAULT_YAML, files = {}, env = {}, account = '111111111111' } = options;
  const aws = await startSandbox({ account, ...options.sandbox });
  const home = mkdtempSync(join(tmpdir(), 'platform-'));
  const directory = join(home, 'project');
  // What was left by a second Ctrl-C may still write.
  onTestFinished(() => rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  const written = {
    ...emptyRepository,
    Dockerfile: 'FROM scratch\n',
    ...files,
    ...(yaml === null ? {} : { 'platform.yaml': yaml }),
  };
  for (const [path, text] of Object.entries(written)) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
  mkdirSync(join(directory, '.git', 'objects'), { recursive: true });
  mkdirSync(join(directory, '.git', 'refs'), { recursive: true });

  const around: Record<string, string> = {
    PATH: process.env.PATH ?? '',
    HOME: home,
    CDK_HOME: join(home, '.cdk'),
    CDK_VALIDATION: 'false',
    JSII_DEPRECATED: 'quiet',
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_ACCESS_KEY_ID: ownAccessKeyId(account),
    AWS_SECRET_ACCESS_KEY: 'x',
    AWS_EC2_METADATA_DISABLED: 'true',
    // What a test builds must not depend on the machine it runs on.
    PLATFORM_CONTAINER_ENGINE: 'none',
    PLATFORM_POSTGRES: 'none',
    // Nobody answers there, and says so at once.
    PLATFORM_NAME_SERVERS: '127.0.0.1:1',
    ...env,
  };
  return {
    directory,
    aws,
    platform: (words, runOptions = {}) =>
      runOnce(typeof words === 'string' ? split(words) : words, {
        variables: { ...around, ...runOptions.env },
        directory: join(directory, runOptions.directory ?? ''),
        aws,
        ...(runOptions.during ? { during: runOptions.during } : {}),
        ...(runOptions.hear ? { hear: runOptions.hear } : {}),
        ...(runOptions.answer ? { answer: runOptions.answer } : {}),
      }),
  };
}

/** A repository that git accepts, made without git. */
const emptyRepository = {
  '.git/HEAD': 'ref: refs/heads/main\n',
  '.git/config': '[core]\n\trepositoryformatversion = 0\n\tbare = false\n',
};

async function runOnce(
  words: readonly string[],
  surroundings: {
    variables: Record<string, string>;
    directory: string;
    aws: Pick<RunningSandbox, 'endpoint' | 'control'>;
    during?: (interrupt: () => void) => void;
    hear?: (stderr: string) => void;
    answer?: Answer;
  },
): Promise<FinishedRun> {
  const { variables, directory, aws, during, hear, answer } = surroundings;
  const written = { stdout: '', stderr: '' };
  const left = Promise.withResolvers<number>();
  const sink = (stream: keyof typeof written): Sink => ({
    write: (text) => {
      written[stream] += text;
      if (stream === 'stderr') hear?.(written.stderr);
    },
    isTerminal: false,
    columns: () => 100,
    rows: () => 40,
  });
  // The SDK and toolkit-lib read the process's own variables, and toolkit-lib's part writes there.
  underWay += 1;
  if (underWay === 1) around = { ...process.env };
  replaceEnvironment(variables);
  try {
    const finished = run(words, {
      variables,
      directory,
      stdout: sink('stdout'),
      stderr: sink('stderr'),
      stdinIsTerminal: false,
      connectSandbox: async () => ({ endpoint: aws.endpoint, ...aws.control }),
      onInterrupt: (listener) => {
        during?.(listener);
        return () => {};
      },
      leave: (exitCode) => left.resolve(exitCode),
      pollMs: 20,
      ...(answer ? { questions: questionsOf(answer) } : {}),
    });
    // Left at once, the process would take with it what goes on here.
    const exitCode = await Promise.race([finished, left.promise]);
    return { exitCode, ...written, json: () => JSON.parse(written.stdout) };
  } finally {
    underWay -= 1;
    if (underWay === 0) replaceEnvironment(around);
  }
}

/** Runs may go on side by side in one process: its own variables come back when the last has ended. */
let underWay = 0;
let around: NodeJS.ProcessEnv = {};

const questionsOf = (answer: Answer): Questions => ({
  confirm: async (text) => (await answer(text)) === true,
  input: async (text) => String(await answer(text)),
  choose: async (text) => String(await answer(text)),
});

function replaceEnvironment(variables: NodeJS.ProcessEnv): void {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, variables);
}

const split = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(([, single, double, bare]) => single ?? double ?? bare ?? '');
