import { readFileSync } from 'node:fs';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { PlatformError } from '../errors/platform-error.ts';
import type { Connection } from './connection.ts';

const PATIENT = { maxAttempts: 6, connectMs: 5_000, answerMs: 60_000 };
const HURRIED = { maxAttempts: 2, connectMs: 2_500, answerMs: 5_000 };

/**
 * The settings of every client. A fenced connection sets all that the SDK would otherwise look up: a stray variable
 * or shared configuration file can neither move a rehearsal nor break it.
 */
export function clientSettings(connection: Connection) {
  const { region, credentials, endpoint, fenced, profile } = connection;
  const { maxAttempts, connectMs, answerMs } = connection.hurried ? HURRIED : PATIENT;
  return {
    region,
    credentials,
    retryMode: 'adaptive',
    maxAttempts,
    requestHandler: {
      ...agents(connection),
      connectionTimeout: connectMs,
      requestTimeout: answerMs,
      // Without it the SDK only logs a warning when the time is over.
      throwOnRequestTimeout: true,
    },
    ...(profile === undefined ? {} : { profile }),
    ...(endpoint === undefined ? {} : { endpoint, disableHostPrefix: true }),
    ...(fenced
      ? {
          useFipsEndpoint: false,
          useDualstackEndpoint: false,
          defaultsMode: 'standard' as const,
          authSchemePreference: [],
        }
      : {}),
  };
}

/** Node's own agents know HTTPS_PROXY and NO_PROXY since 22.21: no package is needed for it. */
export function agents({
  endpoint,
  fenced,
  variables,
  authorities = variables.AWS_CA_BUNDLE,
}: Pick<Connection, 'endpoint' | 'fenced' | 'variables' | 'authorities'>) {
  const loopback = fenced || (endpoint !== undefined && /^https?:\/\/(127\.|localhost|\[::1\])/.test(endpoint));
  const proxyEnv = loopback ? {} : { proxyEnv: variables };
  const ca = authorities ? { ca: certificateAuthorities(authorities) } : {};
  return {
    httpAgent: new HttpAgent({ keepAlive: true, maxSockets: 50, ...proxyEnv }),
    httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets: 50, ...proxyEnv, ...ca }),
  };
}

/**
 * The agent for others' clients that take one for everything: only where a proxy or a private authority asks for it,
 * because it can do HTTPS alone.
 */
export function sharedAgent(connection: Connection): HttpsAgent | undefined {
  const { variables, endpoint = variables.AWS_ENDPOINT_URL, authorities = variables.AWS_CA_BUNDLE } = connection;
  const proxied = Object.keys(variables).some((name) => /^https?_proxy$/i.test(name) && variables[name]);
  if (endpoint?.startsWith('http:') || (!authorities && (!proxied || connection.fenced))) return undefined;
  return agents(connection).httpsAgent;
}

/** As for the AWS CLI, the bundle takes the place of the built-in authorities. */
function certificateAuthorities(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    throw new PlatformError({
      id: 'ca-bundle-unreadable',
      kind: 'usage',
      message: `The bundle of certificate authorities ${file} cannot be read`,
      remedy: 'set AWS_CA_BUNDLE, or ca_bundle of the profile, to a PEM file, or unset both',
      cause,
    });
  }
}

/** A client of the connection. Its signal is put on every request here, so that no gateway has to carry it. */
export function connect<T extends SignalledClient>(
  Client: new (settings: ReturnType<typeof clientSettings>) => T,
  connection: Connection,
): T {
  const client = new Client(clientSettings(connection));
  const { signal, debug, region } = connection;
  if (debug) client.middlewareStack.add(timing(debug, region), { step: 'initialize', name: 'timing' });
  if (signal === undefined) return client;
  const handler = client.config.requestHandler;
  const handle = handler.handle.bind(handler);
  handler.handle = (request, options) => handle(request, { abortSignal: signal, ...options });
  return client;
}

/** One line for each call, with what AWS's support asks for. Never the input or the output: they may hold secrets. */
const timing =
  (debug: (text: string) => void, region: string) =>
  (
    next: (input: unknown) => Promise<{ output: { $metadata?: Answered } }>,
    { clientName, commandName }: { clientName?: string; commandName?: string },
  ) =>
  async (input: unknown) => {
    const started = performance.now();
    const call = `${clientName?.replace(/Client$/, '')} ${commandName?.replace(/Command$/, '')} in ${region}`;
    const say = (answer: string, metadata: Answered = {}) => {
      const { httpStatusCode: status, requestId, attempts = 1 } = metadata;
      const tries = attempts > 1 ? `, ${attempts} attempts` : '';
      const request = requestId ? `, request ${requestId}` : '';
      debug(
        `${call}: ${[status, answer].filter(Boolean).join(' ')}, ${Math.round(performance.now() - started)} ms${tries}${request}`,
      );
    };
    try {
      const answered = await next(input);
      say('', answered.output.$metadata);
      return answered;
    } catch (error) {
      const { name, $metadata } = error as { name?: string; $metadata?: Answered };
      say(name ?? 'failed', $metadata);
      throw error;
    }
  };

/** What the SDK says of every answer. */
interface Answered {
  httpStatusCode?: number;
  requestId?: string;
  attempts?: number;
}

interface SignalledClient {
  // biome-ignore-start lint/suspicious/noExplicitAny: these are the SDK's own, different for each client
  config: { requestHandler: { handle(request: any, options?: any): Promise<any> } };
  middlewareStack: { add(middleware: any, options: any): void };
  // biome-ignore-end lint/suspicious/noExplicitAny: see above
}
