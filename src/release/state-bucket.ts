import { fitName } from '../../infra/names.ts';
import type { S3, StoredObject } from '../aws/s3.ts';

/** What the environment's state needs of S3. Conditional requests make the lock safe. */
export interface ObjectStore {
  /** Its name, for people. */
  readonly bucket: string;
  get(key: string): Promise<StoredObject | undefined>;
  put(key: string, body: string): Promise<void>;
  /** The new etag, or undefined when there is such a key already (`If-None-Match: *`). */
  putIfAbsent(key: string, body: string): Promise<string | undefined>;
  /** The new etag, or undefined when the object is no longer the one with this etag (`If-Match`). */
  putIfMatch(key: string, body: string, etag: string): Promise<string | undefined>;
  /** Keys in ascending order; none when there is no bucket yet. */
  list(prefix: string): Promise<string[]>;
}

/**
 * The bucket of a project in one account and region that holds the environments' state. Never the CDK bucket, which
 * a repair may empty. S3 allows 63 characters: https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
 */
export const stateBucketName = ({
  project,
  account,
  region,
}: {
  project: string;
  account: string;
  region: string;
}): string => `${fitName(`platform-${project}`, 63 - account.length - region.length - 2)}-${account}-${region}`;

export const objectsIn = (s3: S3, bucket: string): ObjectStore => ({
  bucket,
  get: (key) => s3.getObject(bucket, key),
  put: async (key, body) => void (await s3.putObject(bucket, key, body, 'application/json')),
  putIfAbsent: (key, body) => s3.putIfAbsent(bucket, key, body),
  putIfMatch: (key, body, etag) => s3.putIfMatch(bucket, key, body, etag),
  list: (prefix) => s3.listPrefix(bucket, prefix),
});
