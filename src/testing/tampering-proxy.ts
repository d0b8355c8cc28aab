import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** Something on the way to AWS that changes the answers to one operation; answers with its address. */
export async function tamperingProxy(
  endpoint: string,
  { operation, change }: { operation: string; change: (body: string) => string },
): Promise<string> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const headers = Object.fromEntries(
      Object.entries(request.headers).flatMap(([name, value]) =>
        typeof value === 'string' && !['connection', 'content-length', 'expect'].includes(name) ? [[name, value]] : [],
      ),
    );
    const hasBody = !['GET', 'HEAD'].includes(request.method!);
    const answer = await fetch(new URL(request.url!, endpoint), {
      method: request.method!,
      headers,
      ...(hasBody ? { body: Buffer.concat(chunks) } : {}),
    });
    const body = Buffer.from(await answer.arrayBuffer());
    const isTarget = request.headers['x-amz-target']?.toString().endsWith(`.${operation}`);
    response.writeHead(answer.status, Object.fromEntries([...answer.headers].filter(([name]) => KEPT.test(name))));
    response.end(isTarget ? change(body.toString()) : body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const KEPT = /^(content-type|date|etag|x-amz.*|last-modified)$/;
