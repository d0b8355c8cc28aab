import { checksumMember } from './checksums.ts';
import type { BucketRow, ObjectVersion } from './state.ts';
import { versionIdMember } from './versions.ts';

/** S3 counts in seconds. */
export const lastModified = ({ at }: { at: number }): Date => new Date(Math.floor(at / 1000) * 1000);

export const quoted = (etag: string): string => `"${etag}"`;

/** The owner's canonical id: made of the account, since the sandbox has no such list. */
export const ownerOf = (account: string): { ID: string } => ({
  ID: Buffer.from(account.repeat(3)).toString('hex').slice(0, 64),
});

/** What a write answers. */
export const writtenAnswer = (bucket: BucketRow, version: ObjectVersion) => ({
  ETag: quoted(version.etag),
  ...(version.checksum ? { ...checksumMember(version.checksum), ChecksumType: version.checksum.type } : {}),
  ...version.encryption,
  ...(version.versionId === 'null' ? {} : versionIdMember(bucket, version)),
});

/** What HEAD and GET say of an object, apart from its body. */
export const describedAnswer = (bucket: BucketRow, version: ObjectVersion, withChecksum: boolean) => ({
  AcceptRanges: 'bytes',
  LastModified: lastModified(version),
  ContentLength: version.size,
  ETag: quoted(version.etag),
  ...version.headers,
  StorageClass: version.headers.StorageClass === 'STANDARD' ? undefined : version.headers.StorageClass,
  Metadata: version.metadata,
  ...version.encryption,
  ...versionIdMember(bucket, version),
  ...(version.tags.length > 0 ? { TagCount: version.tags.length } : {}),
  ...(withChecksum && version.checksum
    ? { ...checksumMember(version.checksum), ChecksumType: version.checksum.type }
    : {}),
  Expires: version.headers.Expires === undefined ? undefined : new Date(version.headers.Expires),
});
