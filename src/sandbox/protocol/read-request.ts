import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { gunzipSync } from 'node:zlib';
import type { WireRequest } from './wire.ts';

/** Reads a request to its end. */
export async function readRequest(message: IncomingMessage): Promise<WireRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const raw = Buffer.concat(chunks);
  // Not `URL`: it would fold `..` and `//`, which are fair parts of an S3 key.
  const address = message.url ?? '/';
  const mark = address.indexOf('?');
  const { body, headers } = isAwsChunked(message.headers)
    ? unchunk(raw, message.headers)
    : { body: isPacked(message.headers) ? unpacked(raw) : raw, headers: message.headers };
  return {
    method: message.method ?? 'GET',
    path: mark < 0 ? address : address.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : address.slice(mark + 1)),
    headers,
    body,
  };
}

/**
 * SDKs pack what is larger than 10 KB where an operation takes it, as PutMetricData does; on an object of S3 the same
 * header belongs to the object: https://smithy.io/2.0/spec/behavior-traits.html#requestcompression-trait
 */
const isPacked = (headers: IncomingHttpHeaders): boolean =>
  headers['content-encoding'] === 'gzip' &&
  (headers['x-amz-target'] !== undefined ||
    headers['smithy-protocol'] !== undefined ||
    String(headers['content-type']).startsWith('application/x-www-form-urlencoded'));

/** The most that a request may be when it is unpacked. */
const MOST_BYTES = 32 * 1024 * 1024;

/** What is not packed as it says is read as it is, and refused as what it then looks like. */
function unpacked(raw: Buffer): Buffer {
  try {
    return gunzipSync(raw, { maxOutputLength: MOST_BYTES });
  } catch {
    return raw;
  }
}

const isAwsChunked = (headers: IncomingHttpHeaders): boolean =>
  String(headers['content-encoding'] ?? '').includes('aws-chunked') ||
  String(headers['x-amz-content-sha256'] ?? '').startsWith('STREAMING-');

/**
 * Takes the chunk signatures off a streamed upload and adds its trailers, such as checksums, to the headers.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export function unchunk(raw: Buffer, headers: IncomingHttpHeaders): { body: Buffer; headers: IncomingHttpHeaders } {
  const parts: Buffer[] = [];
  const whole: IncomingHttpHeaders = { ...headers };
  let at = 0;
  while (at < raw.length) {
    const lineEnd = raw.indexOf('\r\n', at);
    if (lineEnd < 0) break;
    const size = Number.parseInt(raw.toString('latin1', at, lineEnd).split(';')[0]!, 16);
    at = lineEnd + 2;
    if (!(size > 0)) break;
    parts.push(raw.subarray(at, at + size));
    at += size + 2;
  }
  for (const line of raw.toString('latin1', at).split(/\r?\n/)) {
    const colon = line.indexOf(':');
    if (colon > 0) whole[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  const encodings = String(headers['content-encoding'] ?? '')
    .split(',')
    .map((encoding) => encoding.trim())
    .filter((encoding) => encoding !== '' && encoding !== 'aws-chunked');
  delete whole['content-encoding'];
  if (encodings.length > 0) whole['content-encoding'] = encodings.join(',');
  const body = Buffer.concat(parts);
  whole['content-length'] = String(body.length);
  return { body, headers: whole };
}
