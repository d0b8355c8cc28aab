import { get as getPlain } from 'node:http';
import { get } from 'node:https';
import { agents } from './client-settings.ts';
import type { Connection } from './connection.ts';

const MOST_BYTES = 4 * 1024 * 1024;
const ANSWER_MS = 30_000;
/** Between two pieces: whoever passes them on may be slower than whoever sends them. */
const PIECE_MS = 300_000;

/**
 * What a pre-signed address gives. It is fetched the way the SDK's calls go, through the same proxy and with the same
 * certificate authorities. The address opens what it names, so it stands in no error.
 */
export async function download(connection: Connection, address: string): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of await downloadStream(connection, address)) {
    size += piece.length;
    if (size > MOST_BYTES) throw new Error(`${new URL(address).host} sends more than ${MOST_BYTES} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

/** The same, however large: piece by piece, as they come. One that breaks off throws. */
export function downloadStream(connection: Connection, address: string): Promise<AsyncIterable<Uint8Array>> {
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
        request.setTimeout(PIECE_MS);
        if (answer.statusCode === 200) return resolve(answer);
        answer.resume();
        reject(new Error(`${url.host} answers ${answer.statusCode}`));
      },
    );
    request.on('timeout', () => request.destroy(new Error(`${url.host} does not answer within ${ANSWER_MS / 1000} s`)));
    request.on('error', reject);
  });
}
