import { GetObjectCommand, NoSuchKey, S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { EdgeRequest } from '../shared/edge-event.ts';

export interface Original {
  bytes: Uint8Array;
  /** What the uploader said about caching. */
  cacheControl?: string;
}

/** The original, or why CloudFront should fetch it without us. */
export type ReadOriginal = (
  bucket: Bucket,
  key: string,
  maxBytes: number,
) => Promise<Original | 'absent' | 'too-large'>;

export interface Bucket {
  name: string;
  region: string;
  /** What the origin puts before every path, without slashes around it. */
  prefix: string;
}

/** The bucket that CloudFront is about to ask. Its name is nowhere else: one bundle serves every site. */
export function bucketOf({ origin }: EdgeRequest): Bucket | undefined {
  const { domainName = '', path = '' } = origin?.s3 ?? {};
  const [, name, region] =
    /^(.+)\.s3(?:\.dualstack)?(?:[.-]([a-z0-9-]+))?\.amazonaws\.com(?:\.cn)?$/.exec(domainName) ?? [];
  return name === undefined ? undefined : { name, region: region ?? 'us-east-1', prefix: path.replace(/^\/|\/$/g, '') };
}

/** Clients live as long as the function: the connections of the last request serve the next. */
const clients = new Map<string, S3Client>();

export const readOriginal: ReadOriginal = async ({ name, region, prefix }, key, maxBytes) => {
  const client =
    clients.get(region) ?? new S3Client({ region, maxAttempts: 2, requestHandler: { requestTimeout: 8000 } });
  clients.set(region, client);
  try {
    const Key = prefix === '' ? key : `${prefix}/${key}`;
    const { Body, ContentLength = 0, CacheControl } = await client.send(new GetObjectCommand({ Bucket: name, Key }));
    if (ContentLength > maxBytes) {
      (Body as unknown as { destroy(): void }).destroy();
      return 'too-large';
    }
    return { bytes: await Body!.transformToByteArray(), ...(CacheControl && { cacheControl: CacheControl }) };
  } catch (error) {
    if (isAbsent(error)) return 'absent';
    throw error;
  }
};

/** Who may not list a bucket is told 403 about what is not there. CloudFront asks again and gets S3's own answer. */
const isAbsent = (error: unknown): boolean =>
  error instanceof NoSuchKey ||
  (error instanceof S3ServiceException && [403, 404].includes(error.$metadata.httpStatusCode ?? 0));
