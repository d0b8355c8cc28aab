import { createHash } from 'node:crypto';
import type { EdgeRequest, EdgeResponse } from '../shared/edge-event.ts';
import type { Image } from './transform.ts';

/**
 * The largest image that can be an answer. A generated response has at most 1 MB with its headers, and bodies travel in
 * base64, four bytes for three: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-lambda-at-edge
 */
export const MOST_IMAGE_BYTES = Math.floor((1_048_576 - 4096) / 4) * 3;

export function imageAnswer({ bytes, format }: Image, cacheControl: string): EdgeResponse {
  return {
    status: '200',
    statusDescription: 'OK',
    headers: {
      'content-type': [{ value: `image/${format}` }],
      'cache-control': [{ value: cacheControl }],
      etag: [{ value: `"${createHash('sha256').update(bytes).digest('hex').slice(0, 32)}"` }],
      'x-content-type-options': [{ value: 'nosniff' }],
    },
    body: Buffer.from(bytes).toString('base64'),
    bodyEncoding: 'base64',
  };
}

const REFUSALS = {
  address: ['400', 'Bad Request', 86_400],
  unsupported: ['415', 'Unsupported Media Type', 60],
  damaged: ['422', 'Unprocessable Content', 60],
  'too-many-pixels': ['422', 'Unprocessable Content', 60],
} as const;

/** A refusal that lasts as long as its reason: an address stays wrong, an object may be replaced. */
export function refusal(reason: keyof typeof REFUSALS, text: string): EdgeResponse {
  const [status, statusDescription, seconds] = REFUSALS[reason];
  return {
    status,
    statusDescription,
    headers: {
      'content-type': [{ value: 'text/plain; charset=utf-8' }],
      'cache-control': [{ value: `public, max-age=${seconds}` }],
      'x-content-type-options': [{ value: 'nosniff' }],
    },
    body: text,
  };
}

/** The original, which CloudFront fetches and keeps under the address that the viewer asked. */
export const original = (request: EdgeRequest, path: string): EdgeRequest => ({ ...request, uri: path });
