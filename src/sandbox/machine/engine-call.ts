import { type IncomingMessage, request } from 'node:http';
import type { EngineEndpoint } from './engine-endpoint.ts';

/** The engine refused: its own sentence, and the status that says what kind of refusal. */
export class EngineFault extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.name = 'EngineFault';
    this.status = status;
  }
}

export interface EngineRequest {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  query?: Readonly<Record<string, string | number | boolean | undefined>>;
  body?: object;
  headers?: Readonly<Record<string, string>>;
  /** Real milliseconds until it is given up; absent: as long as it takes. */
  timeoutMs?: number;
  signal?: AbortSignal | undefined;
}

/**
 * One call of the Docker Engine API, which podman speaks too: https://docs.docker.com/reference/api/engine/
 * Version 1.40 (Docker 19.03) has everything that is asked here.
 */
export function callEngine(endpoint: EngineEndpoint, call: EngineRequest): Promise<IncomingMessage> {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(call.query ?? {})) if (value !== undefined) query.set(name, String(value));
  const body = call.body === undefined ? undefined : JSON.stringify(call.body);
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        ...endpoint,
        method: call.method,
        path: `/v1.40${call.path}${query.size > 0 ? `?${query}` : ''}`,
        headers: {
          host: 'docker',
          ...(body === undefined
            ? {}
            : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
          ...call.headers,
        },
        agent: false,
        ...(call.timeoutMs === undefined ? {} : { timeout: call.timeoutMs }),
        ...(call.signal ? { signal: call.signal } : {}),
      },
      (response) => {
        if ((response.statusCode ?? 500) < 400) return resolve(response);
        textOf(response).then((text) => reject(new EngineFault(messageIn(text), response.statusCode ?? 500)), reject);
      },
    );
    asked.on('timeout', () => asked.destroy(new EngineFault(`the engine did not answer ${call.path}`, 504)));
    asked.on('error', reject);
    asked.end(body);
  });
}

export async function textOf(response: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of response) pieces.push(piece as Buffer);
  return Buffer.concat(pieces).toString('utf8');
}

function messageIn(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text;
  } catch {
    return text;
  }
}
