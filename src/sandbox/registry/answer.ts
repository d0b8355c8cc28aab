import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Bytes that are not held in memory. */
interface Streamed {
  size: number;
  open: () => Readable;
}

export interface RegistryAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array | Streamed;
}

/** Writes an answer; to HEAD only its headers. */
export async function write(
  response: ServerResponse,
  method: string | undefined,
  answer: RegistryAnswer,
): Promise<void> {
  const { status, headers = {}, body = '' } = answer;
  const streamed = typeof body === 'object' && 'open' in body ? body : undefined;
  const whole = typeof body === 'string' || body instanceof Uint8Array ? body : '';
  response.writeHead(status, {
    'docker-distribution-api-version': 'registry/2.0',
    'content-length': String(streamed?.size ?? Buffer.byteLength(whole)),
    ...headers,
  });
  if (method === 'HEAD') response.end();
  else if (!streamed) response.end(whole);
  // A client that goes away in the middle has what it wanted.
  else await pipeline(streamed.open(), response).catch(() => undefined);
}
