import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { EffectiveEnvironment } from '../../config/project.ts';
import type { Context } from '../../context.ts';
import { fileError } from '../../errors/file-error.ts';
import { PlatformError } from '../../errors/platform-error.ts';
import { sandboxNotStarted } from '../../errors/sandbox-not-started.ts';
import { connectSandbox, controlSandbox, findSandbox, hasTraces, stopSandbox } from '../../sandbox/connect.ts';

/** The contract of `sandbox status --json` and `sandbox serve --json`. */
export interface SandboxStanding {
  running: boolean;
  endpoint: string | null;
  pid: number | null;
  port: number | null;
  /** Virtual time per real time; null where waiting is skipped. */
  speed: number | null;
  /** Something is under way: then its time runs. */
  busy: boolean;
  /** Calls that nothing simulates, by name. */
  unknownOperations: string[];
  /** What went wrong inside it. */
  defects: string[];
}

const LOOK_EVERY_MS = 2_000;

export async function sandboxStanding(directory: string): Promise<SandboxStanding> {
  const server = await findSandbox({ directory });
  if (!server) {
    return {
      running: false,
      endpoint: null,
      pid: null,
      port: null,
      speed: null,
      busy: false,
      unknownOperations: [],
      defects: [],
    };
  }
  const { endpoint, pid, port, speed, busy, unknownOperations, defects } = await controlSandbox(server, 'status');
  return { running: true, endpoint, pid, port, speed, busy, unknownOperations, defects };
}

/** Keeps the project's sandbox up whether anybody asks or not. */
export async function serveSandbox(options: {
  directory: string;
  port?: number;
  speed?: number;
}): Promise<SandboxStanding> {
  const { directory, port, speed } = options;
  await connectSandbox({
    directory,
    idleMinutes: 0,
    ...(port === undefined ? {} : { port }),
    ...(speed === undefined ? {} : { speed }),
  }).catch((cause: Error) => Promise.reject(fileError(cause) ?? notServed(directory, cause, port)));
  return sandboxStanding(directory);
}

/** Returns when the server has gone, or when it was told to stop by Ctrl-C; the server is ended then. */
export async function watchServer(
  { clock, signal }: Pick<Context, 'clock' | 'signal'>,
  directory: string,
): Promise<void> {
  while (await findSandbox({ directory })) {
    try {
      await clock.sleep(LOOK_EVERY_MS, signal);
    } catch {
      await stopServer(directory);
      return;
    }
  }
}

/** Ends the server; false when none runs. */
export async function stopServer(directory: string): Promise<boolean> {
  const server = await findSandbox({ directory });
  if (server) await stopSandbox(server);
  return server !== undefined;
}

/** What another client needs to see the environment as we do. */
export const clientVariables = (
  { endpoint }: Pick<SandboxStanding, 'endpoint'>,
  { account = '000000000000', region }: Pick<EffectiveEnvironment, 'account' | 'region'>,
): Record<string, string> => ({
  AWS_ENDPOINT_URL: endpoint ?? '',
  AWS_ACCESS_KEY_ID: `AKIA${account}SBOX`,
  AWS_SECRET_ACCESS_KEY: 'of-the-sandbox',
  AWS_REGION: region,
  // boto3 and the AWS CLI of version 1 know only this one.
  AWS_DEFAULT_REGION: region,
});

/** Clears all accounts and regions of the project's sandbox, after a yes; false when there was nothing. */
export async function resetSandbox(
  { prompter, reporter, flags }: Pick<Context, 'prompter' | 'reporter' | 'flags'>,
  directory: string,
): Promise<boolean> {
  if (!existsSync(directory)) return false;
  await prompter.ask({ text: 'Clear everything in the sandbox of this project?' });
  if (flags.dryRun) {
    reporter.note(`${directory} would be cleared`);
    return false;
  }
  const server = await findSandbox({ directory });
  const kept = server !== undefined && (await controlSandbox(server, 'status')).idleMinutes === 0;
  if (kept) {
    // Somebody serves it: it goes on, empty.
    await controlSandbox(server, 'reset');
    return true;
  }
  // Its server alone knows what it has outside of its directory: containers, and data of database servers.
  const clearing = server ?? (hasTraces(directory) ? await connectSandbox({ directory }) : undefined);
  if (clearing) {
    await controlSandbox(clearing, 'reset');
    await stopSandbox(clearing);
  }
  rmSync(directory, { recursive: true, force: true });
  return true;
}

function notServed(directory: string, cause: Error, port: number | undefined): PlatformError {
  const said = existsSync(join(directory, 'server.log')) ? readFileSync(join(directory, 'server.log'), 'utf8') : '';
  if (port === undefined || !/EADDRINUSE|EACCES/.test(said)) return sandboxNotStarted(directory, cause);
  return new PlatformError({
    id: 'sandbox-port-taken',
    kind: 'usage',
    message: `Port ${port} of 127.0.0.1 cannot be had: ${said.includes('EADDRINUSE') ? 'another program listens there' : 'this user may not listen there'}`,
    remedy: 'name another --port, or none for any free one',
    cause,
  });
}
