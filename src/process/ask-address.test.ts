import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import { type Asking, askAddress } from './ask-address.ts';

async function serve(listener: RequestListener): Promise<URL> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await new Promise((resolve) => server.once('listening', resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/x?y=1`);
}

const ask = (url: URL, more: Partial<Asking> = {}) =>
  askAddress({
    url,
    method: 'GET',
    headers: {},
    withinMs: 5_000,
    // A proxy of the surroundings is not asked for what is on this machine.
    variables: { HTTP_PROXY: 'http://127.0.0.1:1' },
    signal: new AbortController().signal,
    ...more,
  });

it('sends what it is given and gives back what comes, redirects not followed', async () => {
  const url = await serve((request, response) => {
    let body = '';
    request.on('data', (part) => {
      body += part;
    });
    request.on('end', () => {
      response.writeHead(302, {
        location: '/elsewhere',
        'x-seen': `${request.method} ${request.url} ${request.headers.origin}`,
      });
      response.end(body);
    });
  });
  const answer = await ask(url, { method: 'POST', headers: { origin: 'https://a.example' }, body: 'ß' });
  expect(answer).toMatchObject({
    status: 302,
    body: 'ß',
    headers: { location: '/elsewhere', 'x-seen': 'POST /x?y=1 https://a.example' },
  });
});

it('reads a megabyte of an answer that does not end', async () => {
  const url = await serve((_, response) => {
    const part = 'x'.repeat(65_536);
    const more = () => {
      while (!response.destroyed && response.write(part));
    };
    response.on('drain', more);
    more();
  });
  expect((await ask(url)).body).toHaveLength(1_048_576);
});

it('says that nobody answers in time, or at all', async () => {
  const silent = await serve(() => {});
  await expect(ask(silent, { withinMs: 50 })).rejects.toThrow('no answer within 0.05 s');
  await expect(ask(new URL('http://127.0.0.1:1/'))).rejects.toThrow('ECONNREFUSED');
});

it('ends with the reason of its signal', async () => {
  const silent = await serve(() => {});
  const controller = new AbortController();
  const asked = ask(silent, { signal: controller.signal });
  controller.abort(new Error('by hand'));
  await expect(asked).rejects.toThrow();
});

it('asks for a name that DNS does not know at the host that is to answer to it', async () => {
  const { port } = await serve((request, response) => response.end(request.headers.host));
  const url = new URL(`http://api.example.invalid:${port}/health`);
  expect(await ask(url, { connectTo: '127.0.0.1' })).toMatchObject({
    status: 200,
    body: `api.example.invalid:${port}`,
  });
});
