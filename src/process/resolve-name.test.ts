import { createSocket, type Socket } from 'node:dgram';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { addressesOf } from './resolve-name.ts';

/** A name server of our own on loopback: `here.test` has an address, `refused.test` is refused, nothing else exists. */
let server: Socket;
let address = '';
beforeAll(async () => {
  server = createSocket('udp4');
  server.on('message', (question, from) => server.send(answerTo(question), from.port, from.address));
  await new Promise<void>((bound) => server.bind(0, '127.0.0.1', bound));
  address = `127.0.0.1:${server.address().port}`;
});
afterAll(() => server.close());

/** https://www.rfc-editor.org/rfc/rfc1035#section-4.1 */
function answerTo(question: Buffer): Buffer {
  const name = question.toString('latin1', 12).replaceAll(/[\0-\x1f]/g, '.');
  const isHere = name.includes('here.test');
  const code = isHere ? 0 : name.includes('refused.test') ? 5 : 3;
  const head = Buffer.from(question.subarray(0, 12));
  head.writeUInt16BE(0x8180 | code, 2);
  head.writeUInt16BE(isHere ? 1 : 0, 6);
  head.writeUInt32BE(0, 8);
  const end = question.indexOf(0, 12) + 5;
  const record = Buffer.from([0xc0, 0x0c, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4, 192, 0, 2, 7]);
  return Buffer.concat([head, question.subarray(12, end), ...(isHere ? [record] : [])]);
}

it('tells the addresses of a name, that there is none, and that nobody said', async () => {
  expect(await addressesOf('here.test', [address])).toEqual(['192.0.2.7']);
  expect(await addressesOf('missing.test', [address])).toEqual([]);
  expect(await addressesOf('refused.test', [address])).toBe('unanswered');
});
