import { randomBytes } from 'node:crypto';
import { defineTable, type Scope } from '../../kernel/scope.ts';
import type { Table } from '../../kernel/store.ts';
import type { World } from '../../kernel/world.ts';
import type { Checksum } from './checksums.ts';

export interface Tag {
  readonly Key: string;
  readonly Value: string;
}

export interface BucketRow {
  name: string;
  account: string;
  region: string;
  /** Real milliseconds since 1970. */
  createdAt: number;
  versioning?: 'Enabled' | 'Suspended';
  /** Sub-resources, each in the shape in which clients put it, by the name in `configurations.ts`. */
  configurations: Record<string, unknown>;
}

/** What goes along with a body: the headers that come back as they were given. */
export interface ObjectHeaders {
  CacheControl?: string;
  ContentDisposition?: string;
  ContentEncoding?: string;
  ContentLanguage?: string;
  ContentType?: string;
  /** HTTP date, as it was given. */
  Expires?: string;
  StorageClass?: string;
  WebsiteRedirectLocation?: string;
}

export interface Encryption {
  ServerSideEncryption: 'AES256' | 'aws:kms' | 'aws:kms:dsse';
  SSEKMSKeyId?: string;
  BucketKeyEnabled?: boolean;
}

export interface PartOfObject {
  number: number;
  size: number;
  checksum?: Checksum;
}

export interface ObjectVersion {
  key: string;
  /** `null` for what was written without versioning. */
  versionId: string;
  /** Real milliseconds since 1970, rising: also the order of versions. */
  at: number;
  deleteMarker: boolean;
  blob: string;
  size: number;
  /** Without quotes. */
  etag: string;
  headers: ObjectHeaders;
  metadata: Record<string, string>;
  tags: Tag[];
  checksum?: Checksum;
  encryption: Encryption;
  parts?: PartOfObject[];
}

export interface UploadRow {
  id: string;
  key: string;
  at: number;
  headers: ObjectHeaders;
  metadata: Record<string, string>;
  tags: Tag[];
  encryption: Encryption;
  checksum?: { algorithm: Checksum['algorithm']; type: Checksum['type'] };
  /** The key was written or deleted since the upload began, which conditional completion must know. */
  writtenSince: boolean;
  deletedSince: boolean;
}

export interface UploadedPart extends PartOfObject {
  blob: string;
  etag: string;
  at: number;
}

export const buckets = defineTable<BucketRow>('s3.buckets', 'partition');

/** The newest version of each key; a delete marker too. */
export const current = (world: World, bucket: string): Table<ObjectVersion> => world.store.table('s3.current', bucket);

/** Older versions, under `key NUL time`. */
export const older = (world: World, bucket: string): Table<ObjectVersion> => world.store.table('s3.older', bucket);

export const uploads = (world: World, bucket: string): Table<UploadRow> => world.store.table('s3.uploads', bucket);

/** Parts under `upload id / number`. */
export const parts = (world: World, bucket: string): Table<UploadedPart> => world.store.table('s3.parts', bucket);

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._';

export const randomId = (length: number): string =>
  [...randomBytes(length)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');

/** Version ids are 32 characters; the last one follows from the others, so that an invented id is known as such. */
export function newVersionId(): string {
  const start = randomId(31);
  return start + checkCharacter(start);
}

export const isVersionId = (id: string): boolean =>
  id === 'null' || (id.length === 32 && checkCharacter(id.slice(0, 31)) === id.at(-1));

const checkCharacter = (text: string): string =>
  ALPHABET[[...text].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 65_521, 7) % ALPHABET.length]!;

export const bucketNamed = (scope: Scope, name: string): BucketRow | undefined => buckets.in(scope).get(name);

/** Keys are ordered by their UTF-8 bytes; JavaScript's own order differs beyond the basic plane. */
export function compareKeys(a: string, b: string): number {
  if (SURROGATE.test(a) || SURROGATE.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : a > b ? 1 : 0;
}

const SURROGATE = /[\ud800-\udfff]/;
