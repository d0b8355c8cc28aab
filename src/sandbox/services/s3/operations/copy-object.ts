import type { CopyObjectCommandInput, CopyObjectOutput } from '@aws-sdk/client-s3';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { etagOf } from '../body.ts';
import { type ChecksumAlgorithm, checksumMember, checksumOf } from '../checksums.ts';
import { copySource, copySourceVersion } from '../copy-source.ts';
import { encryptionFor } from '../encryption.ts';
import { findBucket } from '../find-bucket.ts';
import { lastModified, quoted } from '../object-answer.ts';
import { headersOf, tagsFromHeader } from '../object-input.ts';
import { checkCopySource } from '../read-conditions.ts';
import { current } from '../state.ts';
import { addVersion } from '../versions.ts';
import { checkWrite } from '../write-conditions.ts';

export const copyObject: Operation<CopyObjectCommandInput, CopyObjectOutput> = (input, call) => {
  const bucket = findBucket(input, call);
  const key = input.Key ?? '';
  const source = copySource(input.CopySource, call);
  checkCopySource(input, source.version);
  checkWrite(input, key, current(call.world, bucket.name).get(key));

  const replaces = input.MetadataDirective === 'REPLACE';
  const inPlace = source.bucket.name === bucket.name && source.version.key === key;
  const changes = replaces || input.StorageClass || input.ServerSideEncryption || input.TaggingDirective === 'REPLACE';
  // A bucket that encrypts in its own way makes a copy in place worth while, and so does an older version.
  if (inPlace && !changes && !bucket.configurations.encryption && !input.CopySource?.includes('versionId='))
    if (input.IfMatch === undefined)
      throw new AwsFault(
        'InvalidRequest',
        "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
      );

  const bytes = call.world.blobs.get(source.version.blob);
  const encryption = encryptionFor(input, bucket, call);
  const algorithm =
    (input.ChecksumAlgorithm as ChecksumAlgorithm | undefined) ?? source.version.checksum?.algorithm ?? 'CRC64NVME';
  const headers = replaces ? headersOf(input) : { ...source.version.headers };
  if (input.StorageClass !== undefined) headers.StorageClass = input.StorageClass;
  const version = addVersion(call, bucket, {
    key,
    deleteMarker: false,
    blob: source.version.blob,
    size: source.version.size,
    etag: etagOf(bytes, encryption),
    headers,
    metadata: replaces ? (input.Metadata ?? {}) : source.version.metadata,
    tags: input.TaggingDirective === 'REPLACE' ? tagsFromHeader(input.Tagging) : source.version.tags,
    checksum: { algorithm, value: checksumOf(algorithm, bytes), type: 'FULL_OBJECT' },
    encryption,
  });
  return {
    CopyObjectResult: {
      ETag: quoted(version.etag),
      LastModified: lastModified(version),
      ...checksumMember(version.checksum),
      ChecksumType: 'FULL_OBJECT',
    },
    ...copySourceVersion(source),
    ...(version.versionId === 'null' ? {} : { VersionId: version.versionId }),
    ...encryption,
  };
};
