import type { GetObjectAttributesCommandInput, GetObjectAttributesOutput } from '@aws-sdk/client-s3';
import type { Operation } from '../../../kernel/scope.ts';
import { checksumMember } from '../checksums.ts';
import { findBucket } from '../find-bucket.ts';
import { MOST_KEYS } from '../listing.ts';
import { lastModified } from '../object-answer.ts';
import type { ObjectVersion } from '../state.ts';
import { readVersion, versionIdMember } from '../versions.ts';

export const getObjectAttributes: Operation<GetObjectAttributesCommandInput, GetObjectAttributesOutput> = (
  input,
  call,
) => {
  const bucket = findBucket(input, call);
  const version = readVersion(call, bucket, { ...input, method: 'GET' });
  const asked = new Set<string>(input.ObjectAttributes ?? []);
  return {
    LastModified: lastModified(version),
    ...versionIdMember(bucket, version),
    ...(asked.has('ETag') ? { ETag: version.etag } : {}),
    ...(asked.has('Checksum') && version.checksum
      ? { Checksum: { ...checksumMember(version.checksum), ChecksumType: version.checksum.type } }
      : {}),
    ...(asked.has('ObjectSize') ? { ObjectSize: version.size } : {}),
    ...(asked.has('StorageClass') ? { StorageClass: 'STANDARD' } : {}),
    ...(asked.has('ObjectParts') && version.parts ? { ObjectParts: partsPage(version.parts, input) } : {}),
  };
};

function partsPage(all: NonNullable<ObjectVersion['parts']>, input: GetObjectAttributesCommandInput) {
  const marker = Number(input.PartNumberMarker ?? 0);
  const max = Math.min(input.MaxParts ?? MOST_KEYS, MOST_KEYS);
  const after = all.filter(({ number }) => number > marker);
  const shown = after.slice(0, max);
  return {
    TotalPartsCount: all.length,
    PartNumberMarker: String(marker),
    NextPartNumberMarker: String(shown.at(-1)?.number ?? 0),
    MaxParts: max,
    IsTruncated: shown.length < after.length,
    Parts: shown.map(({ number, size, checksum }) => ({ PartNumber: number, Size: size, ...checksumMember(checksum) })),
  };
}
