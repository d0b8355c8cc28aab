import { randomUUID } from 'node:crypto';
import { onTestFinished } from 'vitest';
import { CONTROL_PATH, controlRoute } from '../sandbox/control.ts';
import type { AnsweredCall } from '../sandbox/dispatch.ts';
import type { InjectedFault } from '../sandbox/injected-fault.ts';
import { ownAccessKeyId } from '../sandbox/kernel/access-keys.ts';
import type { Scope } from '../sandbox/kernel/scope.ts';
import type { World } from '../sandbox/kernel/world.ts';
import type { Machine } from '../sandbox/machine/machine.ts';
import { Sandbox } from '../sandbox/sandbox.ts';

export interface StartSandboxOptions {
  /** Where state lasts; in memory when absent. */
  directory?: string;
  /** Virtual milliseconds per real one; endless unless said otherwise. */
  speed?: number;
  account?: string;
  region?: string;
  /** What really runs; nothing unless said otherwise. */
  machine?: Omit<Machine, 'port'>;
  /** Addresses that this test asks on purpose although nothing simulates them: `service:Operation`. */
  expectUnknown?: readonly string[];
}

interface ClientConfig {
  endpoint: string;
  region: string;
  credentials: { accessKeyId: string; secretAccessKey: string };
  maxAttempts: number;
}

export interface RunningSandbox {
  endpoint: string;
  /** What opens the control calls. */
  control: { port: number; token: string };
  credentials: { accessKeyId: string; secretAccessKey: string };
  world: World;
  /** The account and region that `client` speaks for, to look into tables with. */
  scope: Scope;
  faults: InjectedFault[];
  calls: AnsweredCall[];
  unknownOperations: string[];
  /** An unmodified SDK client of this sandbox; tries once, so that errors show at once. */
  client<C extends { destroy(): void }>(
    Client: new (config: ClientConfig) => C,
    as?: { account?: string; region?: string },
  ): C;
  /** Runs timers until nothing is under way. */
  settle(): Promise<void>;
  /** Lets so many milliseconds of virtual time pass. */
  advance(ms: number): Promise<void>;
  close(): Promise<void>;
}

/**
 * A sandbox of its own for the test at hand, which it outlives by nothing. The test fails when something was asked
 * that is not simulated, or when the sandbox itself broke, even if the client swallowed the answer.
 */
export async function startSandbox(options: StartSandboxOptions = {}): Promise<RunningSandbox> {
  const { account = '000000000000', region = 'us-east-1', expectUnknown = [] } = options;
  const token = randomUUID();
  const sandbox: Sandbox = await Sandbox.start({
    ...options,
    routes: {
      [CONTROL_PATH]: (...given) =>
        controlRoute(token, { idleMinutes: 0 }, { sandbox: () => sandbox, stop: () => void close() })(...given),
    },
  });
  const clients: { destroy(): void }[] = [];
  let closed: Promise<void> | undefined;

  const close = () => {
    closed ??= (async () => {
      for (const client of clients) client.destroy();
      await sandbox.close();
    })();
    return closed;
  };

  onTestFinished(async () => {
    await close();
    if (sandbox.defects.length > 0) throw new AggregateError(sandbox.defects, 'the sandbox itself broke');
    const unexpected = sandbox.unknownOperations.filter((each) => !expectUnknown.includes(each));
    if (unexpected.length > 0) throw new Error(`not simulated, but asked: ${[...new Set(unexpected)].join(', ')}`);
  });

  return {
    endpoint: sandbox.endpoint,
    control: { port: sandbox.port, token },
    credentials: credentialsOf(account),
    world: sandbox.world,
    scope: { world: sandbox.world, account, region },
    faults: sandbox.faults,
    calls: sandbox.calls,
    unknownOperations: sandbox.unknownOperations,
    client(Client, as = {}) {
      const client = new Client({
        endpoint: sandbox.endpoint,
        region: as.region ?? region,
        credentials: credentialsOf(as.account ?? account),
        maxAttempts: 1,
      });
      clients.push(client);
      return client;
    },
    settle: () => sandbox.world.settle(),
    advance: (ms) => sandbox.world.advance(ms),
    close,
  };
}

const credentialsOf = (account: string) => ({
  accessKeyId: ownAccessKeyId(account),
  secretAccessKey: 'any secret is taken',
});
