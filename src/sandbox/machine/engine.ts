import type { IncomingMessage } from 'node:http';
import { callEngine, EngineFault, type EngineRequest, textOf } from './engine-call.ts';
import { type EngineEndpoint, engineEndpoint } from './engine-endpoint.ts';
import { LogFrames } from './log-frames.ts';

/** How containers of one task come to a network of their own. */
export type NetworkMode =
  /** A bridge, with ports published on loopback. */
  | 'bridge'
  /** The machine's own network, for engines that cannot bridge: a port is there once. */
  | 'host';

export interface EngineFacts {
  /** As in platforms: `amd64`, `arm64`. */
  architecture: string;
  cpus: number;
  network: NetworkMode;
  /** The machine's own address on the bridge, where it has one: engines in a virtual machine have none here. */
  gateway?: string;
}

export interface ContainerState {
  id: string;
  name: string;
  running: boolean;
  exitCode: number;
  oomKilled: boolean;
  startedAt: string;
  labels: Readonly<Record<string, string>>;
  /** By `<port>/tcp`. */
  hostPorts: Readonly<Record<string, number>>;
}

/** The container engine of this machine, through its API. */
export class Engine {
  readonly facts: EngineFacts;
  readonly #endpoint: EngineEndpoint;

  private constructor(endpoint: EngineEndpoint, facts: EngineFacts) {
    this.#endpoint = endpoint;
    this.facts = facts;
  }

  /** The engine whose daemon answers, if there is one. */
  static async find(environment: Readonly<Record<string, string | undefined>>): Promise<Engine | undefined> {
    const endpoint = await engineEndpoint(environment);
    if (!endpoint) return undefined;
    try {
      const info = JSON.parse(
        await textOf(await callEngine(endpoint, { method: 'GET', path: '/info', timeoutMs: 5_000 })),
      ) as { OSType?: string; Architecture: string; NCPU: number };
      if ((info.OSType ?? 'linux') !== 'linux') return undefined;
      const bridge = await bridgeOf(endpoint);
      return new Engine(endpoint, {
        architecture: ARCHITECTURES[info.Architecture] ?? info.Architecture,
        cpus: info.NCPU,
        network: bridge ? 'bridge' : 'host',
        ...(bridge?.gateway ? { gateway: bridge.gateway } : {}),
      });
    } catch {
      // No daemon behind the socket, or none that we may ask: there is no engine then.
      return undefined;
    }
  }

  /** Brings an image here. The engine tells of refusals in the middle of its progress. */
  async pull(reference: string, { platform, login }: { platform: string; login?: object }): Promise<void> {
    const response = await this.#call({
      method: 'POST',
      path: '/images/create',
      query: { fromImage: reference, platform },
      headers: login ? { 'x-registry-auth': urlSafe(Buffer.from(JSON.stringify(login)).toString('base64')) } : {},
    });
    for (const line of (await textOf(response)).split('\n')) {
      const { error } = line.trim() === '' ? {} : (JSON.parse(line) as { error?: string });
      if (error) throw new EngineFault(error, 404);
    }
  }

  async create(name: string, body: object): Promise<string> {
    const answer = await this.#json<{ Id: string }>({
      method: 'POST',
      path: '/containers/create',
      query: { name },
      body,
    });
    return answer.Id;
  }

  async start(id: string): Promise<void> {
    await this.#done({ method: 'POST', path: `/containers/${id}/start` });
  }

  /** SIGTERM (or the image's own signal), SIGKILL after so many seconds. One that has ended is no error. */
  async stop(id: string, seconds: number): Promise<void> {
    await unlessGone(this.#done({ method: 'POST', path: `/containers/${id}/stop`, query: { t: seconds } }));
  }

  async remove(id: string): Promise<void> {
    try {
      await unlessGone(this.#done({ method: 'DELETE', path: `/containers/${id}`, query: { force: true, v: true } }));
    } catch (error) {
      // Somebody else is removing it already.
      if (!(error instanceof EngineFault) || error.status !== 409) throw error;
    }
  }

  /** Waits until it runs no more; undefined when it is gone. */
  async ended(id: string, signal: AbortSignal): Promise<number | undefined> {
    const answer = await unlessGone(
      this.#json<{ StatusCode: number }>({ method: 'POST', path: `/containers/${id}/wait`, signal }),
    );
    return answer?.StatusCode;
  }

  async inspect(id: string): Promise<ContainerState | undefined> {
    const found = await unlessGone(this.#json<Inspected>({ method: 'GET', path: `/containers/${id}/json` }));
    return found && stateOf(found);
  }

  /** Every container with this label, those that have ended too. */
  async labelled(label: string): Promise<string[]> {
    const found = await this.#json<{ Id: string }[]>({
      method: 'GET',
      path: '/containers/json',
      query: { all: true, filters: JSON.stringify({ label: [label] }) },
    });
    return found.map(({ Id }) => Id);
  }

  /** Everything it wrote from then on, line by line, each with its time before it, until it ends. */
  async *lines(id: string, { since, signal }: { since: string; signal: AbortSignal }): AsyncIterable<string[]> {
    const response = await unlessGone(
      this.#call({
        method: 'GET',
        path: `/containers/${id}/logs`,
        query: { follow: true, stdout: true, stderr: true, timestamps: true, since },
        signal,
      }),
    );
    if (!response) return;
    const frames = new LogFrames();
    for await (const piece of response) yield frames.push(piece as Buffer);
    yield frames.end();
  }

  /** Runs a command in it and answers with its exit code; undefined when it took too long. */
  async run(id: string, command: readonly string[], timeoutMs: number): Promise<number | undefined> {
    const { Id } = await this.#json<{ Id: string }>({
      method: 'POST',
      path: `/containers/${id}/exec`,
      body: { Cmd: command, AttachStdout: true, AttachStderr: true },
    });
    const signal = AbortSignal.timeout(timeoutMs);
    try {
      const output = await this.#call({ method: 'POST', path: `/exec/${Id}/start`, body: { Detach: false }, signal });
      for await (const _ of output);
    } catch (error) {
      if (signal.aborted) return undefined;
      throw error;
    }
    const { ExitCode } = await this.#json<{ ExitCode: number | null }>({ method: 'GET', path: `/exec/${Id}/json` });
    return ExitCode ?? undefined;
  }

  #call(call: EngineRequest): Promise<IncomingMessage> {
    return callEngine(this.#endpoint, call);
  }

  async #json<T>(call: EngineRequest): Promise<T> {
    return JSON.parse(await textOf(await this.#call(call))) as T;
  }

  async #done(call: EngineRequest): Promise<void> {
    await textOf(await this.#call(call));
  }
}

/** Node's own `base64url` leaves out the padding, which the engine wants. */
const urlSafe = (base64: string): string => base64.replaceAll('+', '-').replaceAll('/', '_');

const ARCHITECTURES: Readonly<Record<string, string>> = { x86_64: 'amd64', aarch64: 'arm64' };

async function bridgeOf(endpoint: EngineEndpoint): Promise<{ gateway?: string } | undefined> {
  const answer = await callEngine(endpoint, { method: 'GET', path: '/networks', timeoutMs: 5_000 });
  const networks = JSON.parse(await textOf(answer)) as {
    Name: string;
    Driver: string;
    IPAM?: { Config?: { Gateway?: string; Subnet?: string }[] | null };
  }[];
  const bridge = networks.find(({ Name, Driver }) => Driver === 'bridge' && (Name === 'bridge' || Name === 'podman'));
  const ipv4 = bridge?.IPAM?.Config?.find(({ Subnet }) => Subnet?.includes('.'));
  // An engine that chose the network itself does not tell its own address there: it is the first of them.
  const gateway = ipv4?.Gateway ?? ipv4?.Subnet?.replace(/\d+\/\d+$/, '1');
  return bridge && (gateway ? { gateway } : {});
}

async function unlessGone<T>(asked: Promise<T>): Promise<T | undefined> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof EngineFault && error.status === 404) return undefined;
    throw error;
  }
}

interface Inspected {
  Id: string;
  Name: string;
  State: { Running: boolean; ExitCode: number; OOMKilled: boolean; StartedAt: string };
  Config: { Labels?: Record<string, string> | null };
  NetworkSettings: { Ports?: Record<string, { HostPort: string }[] | null> | null };
}

const stateOf = ({ Id, Name, State, Config, NetworkSettings }: Inspected): ContainerState => ({
  id: Id,
  name: Name,
  running: State.Running,
  exitCode: State.ExitCode,
  oomKilled: State.OOMKilled,
  startedAt: State.StartedAt,
  labels: Config.Labels ?? {},
  hostPorts: Object.fromEntries(
    Object.entries(NetworkSettings.Ports ?? {}).flatMap(([port, bound]) =>
      bound?.[0] ? [[port, Number(bound[0].HostPort)]] : [],
    ),
  ),
});
