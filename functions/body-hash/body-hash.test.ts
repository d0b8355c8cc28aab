import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EdgeHeaders, EdgeRequest, EdgeRequestEvent, EdgeResponse } from '../shared/edge-event.ts';
import { startFunction } from '../testing/start-function.ts';
import { withBodyHash } from './with-body-hash.ts';

const MEGABYTE = 1_048_576;
const sha256 = (body: Buffer): string => createHash('sha256').update(body).digest('hex');

/** What CloudFront shows of a request when the body is included: in base64, and cut off at a megabyte. */
const shown = (method: string, body: Buffer, headers: EdgeHeaders = {}): EdgeRequest => ({
  method,
  uri: '/api/orders',
  querystring: '',
  headers,
  body: {
    action: 'read-only',
    data: body.subarray(0, MEGABYTE).toString('base64'),
    encoding: 'base64',
    inputTruncated: body.length > MEGABYTE,
  },
});

describe('the hash of a body', () => {
  it('F-117: is that of the bytes, whatever they are', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 4096 }),
        fc.constantFrom('POST', 'PUT', 'PATCH', 'DELETE'),
        (bytes, method) => {
          const body = Buffer.from(bytes);
          const { headers } = withBodyHash(shown(method, body)) as EdgeRequest;
          expect(headers['x-amz-content-sha256']).toEqual([{ key: 'x-amz-content-sha256', value: sha256(body) }]);
        },
      ),
    );
  });

  it('F-117: replaces one that a client got wrong, and leaves all else as it was', () => {
    const request = shown('POST', Buffer.from('a=1'), {
      cookie: [{ value: 'session=1' }],
      'x-amz-content-sha256': [{ value: 'wrong' }],
    });
    const before = structuredClone(request);
    const after = withBodyHash(request) as EdgeRequest;
    expect(after).toEqual({
      ...before,
      headers: {
        ...before.headers,
        'x-amz-content-sha256': [{ key: 'x-amz-content-sha256', value: sha256(Buffer.from('a=1')) }],
      },
    });
    expect(request).toEqual(before);
  });

  it('F-117: is that of nothing where a method has no body, and reading needs none', () => {
    const { body: _, ...bare } = shown('POST', Buffer.alloc(0));
    expect((withBodyHash(bare) as EdgeRequest).headers['x-amz-content-sha256']?.[0]?.value).toBe(
      sha256(Buffer.alloc(0)),
    );
    for (const method of ['GET', 'HEAD']) expect(withBodyHash({ ...bare, method })).toEqual({ ...bare, method });
  });
});

/** A function URL behind origin access control, as far as bodies go: it refuses a body that is not what was signed. */
async function startFunctionUrl() {
  const server = createServer(async (request, response) => {
    const body = await read(request);
    const signed = request.headers['x-amz-content-sha256'] ?? 'UNSIGNED-PAYLOAD';
    const agrees = request.method === 'GET' || signed === sha256(body);
    response
      .writeHead(agrees ? 200 : 403)
      .end(agrees ? String(body.length) : '{"message":"InvalidSignatureException"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** CloudFront with the function on its origin request. */
async function startEdge(origin: string, invoke: (event: EdgeRequestEvent) => Promise<EdgeRequest | EdgeResponse>) {
  const server = createServer(async (request, response) => {
    const body = await read(request);
    const headers = Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [name, [{ value: String(value) }]]),
    );
    const event = {
      Records: [{ cf: { config: { requestId: 'r1' }, request: shown(request.method!, body, headers) } }],
    } as EdgeRequestEvent;
    const answer = await invoke(event);
    if ('status' in answer) {
      response.writeHead(Number(answer.status)).end(answer.body);
      return;
    }
    const passed = Object.fromEntries(
      Object.entries(answer.headers)
        .filter(([name]) => name.startsWith('x-amz'))
        .map(([name, [first]]) => [name, first!.value]),
    );
    const asked = await fetch(origin, {
      method: answer.method,
      headers: passed,
      body: answer.method === 'GET' ? null : body,
    });
    response.writeHead(asked.status).end(await asked.text());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

it('F-117: the bundle lets POST, PUT and uploads through to a function URL that refuses unsigned bodies', async () => {
  const { invoke, bytes, logs } = await startFunction(join(import.meta.dirname, 'handler.ts'));
  const origin = await startFunctionUrl();
  const edge = await startEdge(origin, invoke);
  const large = Buffer.alloc(MEGABYTE + 1, 'x');
  const post = (body: Buffer | string, headers = {}) =>
    fetch(edge, { method: 'POST', body, headers }).then(async (response) => [response.status, await response.text()]);

  expect((await fetch(origin, { method: 'POST', body: 'x' })).status).toBe(403);

  expect((await fetch(edge)).status).toBe(200);
  expect(await post('name=ä')).toEqual([200, '7']);
  expect(await post('')).toEqual([200, '0']);
  expect(await post(large.subarray(1))).toEqual([200, String(MEGABYTE)]);
  expect(await post(large)).toEqual([413, expect.stringContaining('larger than 1 MB')]);
  expect(await post(large, { 'x-amz-content-sha256': sha256(large) })).toEqual([200, String(MEGABYTE + 1)]);
  expect(logs()).toEqual([{ level: 'warn', event: 'body-too-large', requestId: 'r1', method: 'POST' }]);
  expect(bytes).toBeLessThan(4096);
});
