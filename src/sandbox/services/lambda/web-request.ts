import type { IncomingMessage, ServerResponse } from 'node:http';
import type { WebAnswer, WebRequest } from './http-event.ts';

/** Reads a request for a function or an API; `path` is what is left of its address. */
export async function readWebRequest(message: IncomingMessage, path: string): Promise<WebRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const headers = Object.fromEntries(
    Object.entries(message.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(',') : String(value),
    ]),
  );
  return {
    method: message.method ?? 'GET',
    path,
    query: new URL(message.url ?? '/', 'http://sandbox').searchParams,
    headers,
    body: Buffer.concat(chunks),
    sourceIp: message.socket.remoteAddress ?? '127.0.0.1',
  };
}

export function writeWebAnswer(
  response: ServerResponse,
  { method }: WebRequest,
  { status, headers, body }: WebAnswer,
): void {
  const length = typeof body === 'string' ? Buffer.byteLength(body) : body.length;
  const bodiless = status === 204 || status === 304;
  const { 'transfer-encoding': _, ...rest } = headers;
  response.writeHead(status, bodiless ? rest : { ...rest, 'content-length': length });
  response.end(bodiless || method === 'HEAD' ? undefined : body);
}
