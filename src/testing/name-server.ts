import { createSocket } from 'node:dgram';
import { onTestFinished } from 'vitest';

/** Addresses by what a name begins with; everything else does not exist. */
export type Answers = Readonly<Record<string, string>>;

const A = 1;

/** A name server of the test's own on loopback, which knows addresses alone: `127.0.0.1:<port>`. */
export async function startNameServer(answers: Answers): Promise<string> {
  const server = createSocket('udp4');
  onTestFinished(() => void server.close());
  server.on('message', (question, from) => server.send(answerTo(question, answers), from.port, from.address));
  await new Promise<void>((bound) => server.bind(0, '127.0.0.1', bound));
  return `127.0.0.1:${server.address().port}`;
}

/** https://www.rfc-editor.org/rfc/rfc1035#section-4.1 */
function answerTo(question: Buffer, answers: Answers): Buffer {
  const end = question.indexOf(0, 12) + 1;
  const labels: string[] = [];
  for (let at = 12; question[at]! > 0; at += question[at]! + 1)
    labels.push(question.toString('latin1', at + 1, at + 1 + question[at]!));
  const name = labels.join('.');
  const [, address] = Object.entries(answers).find(([beginning]) => name.startsWith(beginning)) ?? [];
  const isAsked = address !== undefined && question.readUInt16BE(end) === A;
  const head = Buffer.from(question.subarray(0, 12));
  head.writeUInt16BE(0x8180 | (address === undefined ? 3 : 0), 2);
  head.writeUInt16BE(isAsked ? 1 : 0, 6);
  head.writeUInt32BE(0, 8);
  const record = Buffer.from([0xc0, 0x0c, 0, A, 0, 1, 0, 0, 0, 60, 0, 4, ...(address ?? '').split('.').map(Number)]);
  return Buffer.concat([head, question.subarray(12, end + 4), ...(isAsked ? [record] : [])]);
}
