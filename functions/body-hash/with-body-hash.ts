import { createHash } from 'node:crypto';
import type { EdgeRequest, EdgeResponse } from '../shared/edge-event.ts';

/** The header by which the one who signs learns what the body is: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html */
const HASH = 'x-amz-content-sha256';

/** Methods that CloudFront sends without a body; it signs them by itself. */
const WITHOUT_BODY: readonly string[] = ['GET', 'HEAD'];

/**
 * The request with the hash of its body, which CloudFront then signs. Lambda@Edge shows at most the first megabyte of
 * a body: beyond that only the client knows the hash, and where it has not sent one the request would be refused by
 * the function URL with a signature error. That is told as what it is.
 */
export function withBodyHash(request: EdgeRequest): EdgeRequest | EdgeResponse {
  if (WITHOUT_BODY.includes(request.method)) return request;
  const { data = '', encoding = 'base64', inputTruncated = false } = request.body ?? {};
  if (inputTruncated) return isHash(request.headers[HASH]?.[0]?.value) ? request : tooLarge();

  // What a client sent is replaced: a wrong hash is refused far from its cause.
  const body = Buffer.from(data, encoding === 'base64' ? 'base64' : 'utf8');
  const value = createHash('sha256').update(body).digest('hex');
  return { ...request, headers: { ...request.headers, [HASH]: [{ key: HASH, value }] } };
}

const isHash = (value: string | undefined): boolean => /^[0-9a-f]{64}$/.test(value ?? '');

const tooLarge = (): EdgeResponse => ({
  status: '413',
  statusDescription: 'Content Too Large',
  headers: {
    'content-type': [{ value: 'application/json' }],
    'cache-control': [{ value: 'no-store' }],
  },
  body: JSON.stringify({
    message: `The body is larger than 1 MB, and the request has no ${HASH} header with its SHA-256 in hexadecimal digits`,
  }),
});
