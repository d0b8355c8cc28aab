import type { ServerResponse } from 'node:http';

export interface RegistryAnswer {
  status: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

/** Writes an answer; to HEAD only its headers. */
export function write(response: ServerResponse, method: string | undefined, answer: RegistryAnswer): void {
  const { status, headers = {}, body = '' } = answer;
  response.writeHead(status, {
    'docker-distribution-api-version': 'registry/2.0',
    'content-length': String(Buffer.byteLength(body)),
    ...headers,
  });
  response.end(method === 'HEAD' ? undefined : body);
}
