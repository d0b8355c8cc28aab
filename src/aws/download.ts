import { get as getPlain } from 'node:http';
import { get } from 'node:https';
import { agents } from './client-settings.ts';
import type { Connection } from './connection.ts';

const MOST_BYTES = 4 * 1024 * 1024;
const ANSWER_MS = 30_000;

/**
 * What a pre-signed address gives. It is fetched the way the SDK's calls go, through the same proxy and with the same
 * certificate authorities. The address opens what it names, so it stands in no error.
 */
export function download(connection: Connection, address: string): Promise<Buffer> {
  const url = new URL(address);
  const { httpAgent, httpsAgent } = agents(connection);
  const secure = url.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const request = (secure ? get : getPlain)(
      url,
      {
        agent: secure ? httpsAgent : httpAgent,
        timeout: ANSWER_MS,
        ...(connection.signal ? { signal: connection.signal } : {}),
      },
      (answer) => {
        const pieces: Buffer[] = [];
        let size = 0;
        answer.on('data', (piece: Buffer) => {
          size += piece.length;
          if (size > MOST_BYTES) request.destroy(new Error(`${url.host} sends more than ${MOST_BYTES} bytes`));
          pieces.push(piece);
        });
        answer.on('error', reject);
        answer.on('end', () => {
          if (answer.statusCode === 200) resolve(Buffer.concat(pieces));
          else reject(new Error(`${url.host} answers ${answer.statusCode}`));
        });
      },
    );
    request.on('timeout', () => request.destroy(new Error(`${url.host} does not answer within ${ANSWER_MS / 1000} s`)));
    request.on('error', reject);
  });
}
