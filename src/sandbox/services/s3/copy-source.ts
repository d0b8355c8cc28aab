import type { Call } from '../../kernel/scope.ts';
import { invalidArgument } from './faults.ts';
import { findBucket } from './find-bucket.ts';
import type { BucketRow, ObjectVersion } from './state.ts';
import { readVersion } from './versions.ts';

export interface CopySource {
  bucket: BucketRow;
  version: ObjectVersion;
}

/** `bucket/key`, `/bucket/key` or an ARN, percent-encoded, with `?versionId=` behind. */
export function copySource(header: string | undefined, call: Call): CopySource {
  const match = /^\/?(?:arn:aws:s3:::)?([^/]+)\/(.+?)(?:\?versionId=(.*))?$/s.exec(header ?? '');
  if (!match)
    throw invalidArgument(
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
      'x-amz-copy-source',
      header,
    );
  const [, name, key, versionId] = match;
  const bucket = findBucket({ Bucket: decodeURIComponent(name!) }, call);
  const version = readVersion(call, bucket, { Key: decodeURIComponent(key!), VersionId: versionId, method: 'GET' });
  return { bucket, version };
}

/** Told of a source that has versions. */
export const copySourceVersion = ({ bucket, version }: CopySource): { CopySourceVersionId?: string } =>
  bucket.versioning === undefined ? {} : { CopySourceVersionId: version.versionId };
