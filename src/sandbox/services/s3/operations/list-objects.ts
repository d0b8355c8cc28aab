import type {
  _Object,
  ListObjectsCommandInput,
  ListObjectsOutput,
  ListObjectsV2CommandInput,
  ListObjectsV2Output,
} from '@aws-sdk/client-s3';
import type { Operation } from '../../../kernel/scope.ts';
import { invalidArgument } from '../faults.ts';
import { findBucket } from '../find-bucket.ts';
import { byKey, encoder, type Listing, list, pageSize } from '../listing.ts';
import { lastModified, ownerOf, quoted } from '../object-answer.ts';
import { compareKeys, current, type ObjectVersion } from '../state.ts';

const CONTINUES = 'after ';

export const listObjectsV2: Operation<ListObjectsV2CommandInput, ListObjectsV2Output> = (input, call) => {
  const bucket = findBucket(input, call);
  const encode = encoder(input.EncodingType);
  const after = input.ContinuationToken === undefined ? (input.StartAfter ?? '') : readToken(input.ContinuationToken);
  const max = pageSize(input.MaxKeys, 'max-keys');
  const found = page(current(call.world, bucket.name).values(), { ...input, after, max });
  return {
    Name: bucket.name,
    Prefix: encode(input.Prefix ?? ''),
    Delimiter: encode(input.Delimiter || undefined),
    MaxKeys: max,
    EncodingType: input.EncodingType,
    KeyCount: found.items.length + found.prefixes.length,
    IsTruncated: found.truncated,
    ContinuationToken: input.ContinuationToken,
    ...(found.truncated ? { NextContinuationToken: writeToken(endOf(found)) } : {}),
    ...(input.StartAfter === undefined || input.ContinuationToken !== undefined
      ? {}
      : { StartAfter: encode(input.StartAfter) }),
    Contents: found.items.map((version) => ({
      ...contents(version, encode),
      ...(input.FetchOwner ? { Owner: ownerOf(bucket.account) } : {}),
    })),
    CommonPrefixes: found.prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
  };
};

export const listObjects: Operation<ListObjectsCommandInput, ListObjectsOutput> = (input, call) => {
  const bucket = findBucket(input, call);
  const encode = encoder(input.EncodingType);
  const max = pageSize(input.MaxKeys, 'max-keys');
  const found = page(current(call.world, bucket.name).values(), { ...input, after: input.Marker ?? '', max });
  return {
    Name: bucket.name,
    Prefix: encode(input.Prefix ?? ''),
    Delimiter: encode(input.Delimiter || undefined),
    Marker: encode(input.Marker ?? ''),
    MaxKeys: max,
    EncodingType: input.EncodingType,
    IsTruncated: found.truncated,
    // Without a delimiter the last key is the marker, and S3 leaves it to the client to see that.
    ...(found.truncated && input.Delimiter ? { NextMarker: encode(endOf(found)) } : {}),
    Contents: found.items.map((version) => ({ ...contents(version, encode), Owner: ownerOf(bucket.account) })),
    CommonPrefixes: found.prefixes.map((prefix) => ({ Prefix: encode(prefix) })),
  };
};

function page(
  versions: ObjectVersion[],
  options: { Prefix?: string | undefined; Delimiter?: string | undefined; after: string; max: number },
): Listing<ObjectVersion> {
  const live = versions.filter(({ deleteMarker }) => !deleteMarker);
  return list(
    byKey(live, ({ key }) => key),
    ({ key }) => key,
    {
      prefix: options.Prefix ?? '',
      delimiter: options.Delimiter,
      max: options.max,
      marker: options.after,
      isAfterStart: ({ key }) => compareKeys(key, options.after) > 0,
    },
  );
}

const endOf = ({ last }: Listing<ObjectVersion>): string =>
  last === undefined ? '' : 'prefix' in last ? last.prefix : last.item.key;

const contents = (version: ObjectVersion, encode: (text: string) => string): _Object => ({
  Key: encode(version.key),
  LastModified: lastModified(version),
  ETag: quoted(version.etag),
  ...(version.checksum ? { ChecksumAlgorithm: [version.checksum.algorithm], ChecksumType: version.checksum.type } : {}),
  Size: version.size,
  StorageClass: (version.headers.StorageClass ?? 'STANDARD') as NonNullable<_Object['StorageClass']>,
});

const writeToken = (after: string): string => Buffer.from(CONTINUES + after).toString('base64url');

function readToken(token: string): string {
  const text = Buffer.from(token, 'base64url').toString('utf8');
  if (!text.startsWith(CONTINUES))
    throw invalidArgument('The continuation token provided is incorrect', 'continuation-token');
  return text.slice(CONTINUES.length);
}
