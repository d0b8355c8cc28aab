import { readBound } from './rest-binding.ts';
import { matchRoute } from './rest-route.ts';
import { faultElements, isHeader, readBody, writeRest } from './rest-xml.ts';
import { faultOnWire } from './service-model.ts';
import type { Protocol, WireRequest } from './wire.ts';
import { escapeXml } from './xml-shape.ts';

/** Names under which this server is known; what stands before them is a bucket. */
const HOST = /^(?:(?<bucket>.+?)\.)?(?:s3(?:\.[a-z0-9-]+)?\.)?localhost$/;

/** Splits the bucket off: from the host (`bucket.localhost`, `bucket.s3.us-east-1.localhost`) or the path. */
export function splitBucket(request: WireRequest): { bucket?: string; request: WireRequest } {
  const host = String(request.headers.host ?? '').replace(/:\d+$/, '');
  const { bucket: virtual } = HOST.exec(host)?.groups ?? {};
  if (virtual && virtual !== 's3') return { bucket: virtual, request };
  const [, first = '', rest = ''] = /^\/([^/]*)(\/.*)?$/s.exec(request.path) ?? [];
  if (first === '') return { request };
  return { bucket: decodeURIComponent(first), request: { ...request, path: rest || '/' } };
}

/** REST-XML as S3 speaks it: a bucket in the address, bare errors, and a location that is text. */
export const s3: Protocol = {
  operationName(whole, model) {
    const { bucket, request } = splitBucket(whole);
    if (bucket === undefined) return request.method === 'GET' ? 'ListBuckets' : undefined;
    const name = matchRoute(request, model)?.operation.name;
    // Their addresses differ in the bucket alone.
    return name === 'ListBuckets' ? 'ListObjects' : name;
  },

  readInput(whole, operation, model) {
    const { bucket, request } = splitBucket(whole);
    const labels = matchRoute(request, model)?.labels ?? {};
    const bound = readBound(operation.input, request, bucket === undefined ? labels : { ...labels, Bucket: bucket });
    return { ...readBody(request, operation), ...bound };
  },

  unknownOperationCode: 'NotImplemented',

  writeOutput(output, operation, model, requestId) {
    const { status, headers, body } = writeRest(output, operation, model);
    const location =
      operation.name === 'GetBucketLocation'
        ? `<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint xmlns="${model.xmlNamespace}">${escapeXml((output as { LocationConstraint?: string }).LocationConstraint ?? '')}</LocationConstraint>`
        : undefined;
    return { status, headers: { ...headers, ...ids(requestId) }, body: location ?? body };
  },

  writeFault(fault, model, requestId, request) {
    const known = faultOnWire(fault, model);
    const own = Object.entries(fault.fields).filter(([field]) => isHeader(field));
    const headers = { ...ids(requestId), ...(Object.fromEntries(own) as Record<string, string>) };
    if (request.method === 'HEAD' || known.status === 304) return { status: known.status, headers, body: '' };
    const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error>${faultElements(fault, known)}<RequestId>${requestId}</RequestId><HostId>${hostId(requestId)}</HostId></Error>`;
    return { status: known.status, headers: { ...headers, 'content-type': 'application/xml' }, body };
  },
};

const hostId = (requestId: string): string => Buffer.from(`sandbox/${requestId}`).toString('base64');

const ids = (requestId: string): Record<string, string> => ({
  'x-amz-request-id': requestId,
  'x-amz-id-2': hostId(requestId),
  server: 'AmazonS3',
});
