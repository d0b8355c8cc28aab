import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { asksFromElsewhere, isLoopback } from './asks-from-elsewhere.ts';
import { type AnsweredCall, type CallWatcher, type Desk, dispatch } from './dispatch.ts';
import type { InjectedFault } from './injected-fault.ts';
import { forgetState } from './kernel/forget-state.ts';
import type { HttpRoute } from './kernel/http-route.ts';
import { World } from './kernel/world.ts';
import type { Machine } from './machine/machine.ts';
import { clearMachine, restMachine, wakeMachine } from './machine/machine-life.ts';
import { readRequest } from './protocol/read-request.ts';
import { recognize } from './protocol/recognize.ts';
import type { WireRequest } from './protocol/wire.ts';
import { timerHandler } from './services/load-service.ts';
import { ROUTES } from './services/registry.ts';

export interface SandboxOptions {
  /** Where state lasts; absent: in memory. */
  directory?: string;
  /** Virtual milliseconds per real one; endless unless said otherwise: waiting is skipped. */
  speed?: number;
  /** Size of the journal past which it is folded into a snapshot. */
  foldAtBytes?: number;
  /** 0 (the default) takes any free port. */
  port?: number;
  /** What really runs things; absent: everything is simulated. */
  machine?: Omit<Machine, 'port'>;
  /** Addresses that are no API of AWS, by the start of their path, before all others. */
  routes?: Routes;
}

type Routes = Readonly<Record<string, HttpRoute>>;

/** A pretend AWS behind an HTTP server on loopback. */
export class Sandbox implements Desk {
  readonly endpoint: string;
  readonly faults: InjectedFault[] = [];
  readonly calls: AnsweredCall[] = [];
  readonly unknownOperations: string[] = [];
  readonly defects: unknown[] = [];
  /** For tests that end a client in the middle of what it does. */
  watcher?: CallWatcher;
  readonly #server: Server;
  readonly #open: () => World;
  #world: World;
  #lastRequestAt = Date.now();
  #underWay = 0;

  private constructor(open: (told: (error: unknown) => void) => World, server: Server, routes: Routes) {
    this.#open = () => open((error) => this.defects.push(error));
    this.#world = this.#open();
    this.#server = server;
    this.endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('request', (request, response) => void this.#serve(request, response, routes));
  }

  static async start(options: SandboxOptions = {}): Promise<Sandbox> {
    const { directory, speed, foldAtBytes, port = 0, routes = {} } = options;
    // Longer than any client keeps a connection, or it would meet one that closes under its hands.
    const server = createServer({ keepAliveTimeout: 120_000, requestTimeout: 0 });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
    const machine = options.machine && { ...options.machine, port: (server.address() as AddressInfo).port };
    const open = (onError: (error: unknown) => void) =>
      new World({
        ...(directory === undefined ? {} : { directory }),
        ...(speed === undefined ? {} : { speed }),
        ...(foldAtBytes === undefined ? {} : { foldAtBytes }),
        ...(machine ? { machine } : {}),
        endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        timerHandler,
        onError,
      });
    const sandbox = new Sandbox(open, server, routes);
    await wakeMachine(sandbox.world);
    return sandbox;
  }

  get world(): World {
    return this.#world;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Real milliseconds since anybody asked anything or time had work to do. */
  get idleMs(): number {
    if (this.#underWay > 0 || this.world.busy) this.#lastRequestAt = Date.now();
    return Date.now() - this.#lastRequestAt;
  }

  /** Forgets everything that this AWS holds. */
  async reset(): Promise<void> {
    const speed = this.world.speed;
    await this.#world.close();
    await clearMachine(this.#world);
    if (this.#world.directory !== undefined) forgetState(this.#world.directory);
    this.#world = this.#open();
    await this.#world.setSpeed(speed);
    await wakeMachine(this.#world);
    this.faults.length = 0;
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
    await this.world.close();
    await restMachine(this.world);
  }

  async #serve(message: IncomingMessage, response: ServerResponse, routes: Routes): Promise<void> {
    this.#lastRequestAt = Date.now();
    this.#underWay += 1;
    try {
      if (!isLoopback(message.headers.host)) {
        response.writeHead(421, { 'content-type': 'text/plain' }).end('This server answers to loopback names only.\n');
        return;
      }
      const isForeign = asksFromElsewhere(message.headers);
      const route = await routeOf(message, routes);
      if (route && (!isForeign || isForPages(message.url ?? ''))) {
        await route(message, response, this);
        return;
      }
      const request = await readRequest(message);
      if (isForeign && (route || !onlyReads(request))) {
        response
          .writeHead(403, { 'content-type': 'text/plain' })
          .end('This server answers to pages of its machine only.\n');
        return;
      }
      const answer = await dispatch(request, this);
      if (!answer) {
        message.socket.destroy();
        return;
      }
      const length = typeof answer.body === 'string' ? Buffer.byteLength(answer.body) : answer.body.byteLength;
      const bodiless = answer.status === 204 || answer.status === 304;
      response.writeHead(answer.status, bodiless ? answer.headers : { 'content-length': length, ...answer.headers });
      response.end(bodiless ? undefined : answer.body);
    } catch (error) {
      this.defects.push(error);
      message.socket.destroy();
    } finally {
      this.#underWay -= 1;
      this.#lastRequestAt = Date.now();
    }
  }
}

/** Websites and APIs that were deployed: they say by themselves whose pages may ask them. */
const isForPages = (url: string): boolean =>
  ['/_cloudfront/', '/_apigateway/', '/_lambda-url/'].some((prefix) => url.startsWith(prefix));

/** Any page may show a picture that lies in a bucket. */
const onlyReads = (request: WireRequest): boolean =>
  (request.method === 'GET' || request.method === 'HEAD') && recognize(request).service === 's3';

/** What is signed for AWS is never for a route: `/v2/apis` is API Gateway's, `/v2/` alone the registry's. */
async function routeOf({ url = '/', headers }: IncomingMessage, own: Routes): Promise<HttpRoute | undefined> {
  const found = Object.keys(own).find((prefix) => url.startsWith(prefix));
  if (found !== undefined) return own[found];
  // A function's URL is asked with signatures too; no path of AWS's own begins like ours.
  if (headers.authorization?.startsWith('AWS4-') && !url.startsWith('/_')) return undefined;
  const lazy = Object.keys(ROUTES).find((prefix) => url.startsWith(prefix));
  return lazy === undefined ? undefined : ROUTES[lazy]!();
}
