import type { WireRequest } from './wire.ts';

/** Who signed, for where: the part of SigV4 that the sandbox believes. It does not check signatures. */
export interface CredentialScope {
  readonly accessKeyId: string;
  readonly region: string;
  /** The name under which the client signs, for example `monitoring` for CloudWatch. */
  readonly service: string;
}

/** From `Authorization`, or from the query of a presigned address; undefined for an unsigned request. */
export function credentialScope({ headers, query }: WireRequest): CredentialScope | undefined {
  const header = /Credential=([^,\s]+)/.exec(headers.authorization ?? '')?.[1];
  const credential = header ?? query.get('X-Amz-Credential') ?? undefined;
  if (credential === undefined) return legacyScope(query.get('AWSAccessKeyId') ?? undefined, headers.authorization);
  const parts = credential.split('/');
  // SigV4A names no region in its scope, but in a header of its own.
  const [accessKeyId = '', , ...rest] = parts;
  const [region, service] = rest.length >= 3 ? rest : [String(headers['x-amz-region-set'] ?? '*'), rest[0]];
  return { accessKeyId, region: region === '*' || !region ? 'us-east-1' : region, service: service ?? '' };
}

/** Signature version 2, in which older clients still presign addresses of objects; it names neither service nor region. */
function legacyScope(fromQuery: string | undefined, authorization: string | undefined): CredentialScope | undefined {
  const accessKeyId = fromQuery ?? /^AWS ([^:]+):/.exec(authorization ?? '')?.[1];
  return accessKeyId === undefined ? undefined : { accessKeyId, region: 'us-east-1', service: 's3' };
}
