import type { ListObjectVersionsCommandInput, ListObjectVersionsOutput } from '@aws-sdk/client-s3';
import type { Operation } from '../../../kernel/scope.ts';
import { invalidArgument } from '../faults.ts';
import { findBucket } from '../find-bucket.ts';
import { encoder, list, pageSize } from '../listing.ts';
import { lastModified, ownerOf, quoted } from '../object-answer.ts';
import { compareKeys, current, type ObjectVersion, older } from '../state.ts';

export const listObjectVersions: Operation<ListObjectVersionsCommandInput, ListObjectVersionsOutput> = (
  input,
  call,
) => {
  const bucket = findBucket(input, call);
  const encode = encoder(input.EncodingType);
  const { KeyMarker = '', VersionIdMarker = '', Prefix = '' } = input;
  if (VersionIdMarker !== '' && KeyMarker === '')
    throw invalidArgument(
      'A version-id marker cannot be specified without a key marker.',
      'version-id-marker',
      VersionIdMarker,
    );

  const latest = current(call.world, bucket.name);
  const all = [...latest.values(), ...older(call.world, bucket.name).values()].sort(
    (a, b) => compareKeys(a.key, b.key) || b.at - a.at,
  );
  const from = all.findIndex(({ key, versionId }) => key === KeyMarker && versionId === VersionIdMarker);
  const max = pageSize(input.MaxKeys, 'max-keys');
  const found = list(all, ({ key }) => key, {
    prefix: Prefix,
    delimiter: input.Delimiter,
    max,
    marker: KeyMarker,
    isAfterStart: (version) => {
      const order = compareKeys(version.key, KeyMarker);
      return order > 0 || (order === 0 && from >= 0 && all.indexOf(version) > from);
    },
  });

  const entry = (version: ObjectVersion) => ({
    Key: encode(version.key),
    VersionId: version.versionId,
    IsLatest: latest.get(version.key)?.versionId === version.versionId,
    LastModified: lastModified(version),
    Owner: ownerOf(bucket.account),
  });
  return {
    Name: bucket.name,
    Prefix: encode(Prefix),
    Delimiter: encode(input.Delimiter || undefined),
    KeyMarker: encode(KeyMarker),
    VersionIdMarker,
    MaxKeys: max,
    EncodingType: input.EncodingType,
    IsTruncated: found.truncated,
    ...(found.truncated ? nextMarkers(found.last!, encode) : {}),
    Versions: found.items
      .filter(({ deleteMarker }) => !deleteMarker)
      .map((version) => ({
        ...entry(version),
        ETag: quoted(version.etag),
        ...(version.checksum
          ? { ChecksumAlgorithm: [version.checksum.algorithm], ChecksumType: version.checksum.type }
          : {}),
        Size: version.size,
        StorageClass: 'STANDARD' as const,
      })),
    DeleteMarkers: found.items.filter(({ deleteMarker }) => deleteMarker).map(entry),
    CommonPrefixes: found.prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
  };
};

const nextMarkers = (last: { item: ObjectVersion } | { prefix: string }, encode: (text: string) => string) =>
  'prefix' in last
    ? { NextKeyMarker: encode(last.prefix) }
    : { NextKeyMarker: encode(last.item.key), NextVersionIdMarker: last.item.versionId };
