import { defineTable } from '../../kernel/scope.ts';

export interface Tag {
  Key: string;
  Value: string;
}

export interface RepositoryRow {
  repositoryName: string;
  createdAt: number;
  imageTagMutability: 'MUTABLE' | 'IMMUTABLE' | 'IMMUTABLE_WITH_EXCLUSION' | 'MUTABLE_WITH_EXCLUSION';
  exclusions: string[];
  scanOnPush: boolean;
  encryption: { encryptionType: 'AES256' | 'KMS' | 'KMS_DSSE'; kmsKey?: string };
  policy?: string;
  lifecyclePolicy?: { text: string; changedAt: number };
  tags: Tag[];
}

export interface ImageRow {
  repositoryName: string;
  digest: string;
  mediaType: string;
  /** As it was pushed: its digest is over these characters. */
  manifest: string;
  /** Bytes of configuration and layers; of an index, of what it lists. */
  size: number;
  pushedAt: number;
  pulledAt?: number;
}

export interface BlobRow {
  digest: string;
  size: number;
  /** Where the world keeps its bytes. */
  address: string;
}

export interface UploadRow {
  repositoryName: string;
  /** Addresses of the chunks received so far, in order. */
  chunks: string[];
  /** Bytes received so far. */
  size: number;
}

export const repositories = defineTable<RepositoryRow>('ecr.repositories');
/** Keyed `<repository>@<digest>`. */
export const images = defineTable<ImageRow>('ecr.images');
/** The digest a tag stands for, keyed `<repository>:<tag>`. */
export const imageTags = defineTable<{ digest: string }>('ecr.image-tags');
/** Which blobs a repository has, keyed `<repository>@<digest>`; a layer pushed twice is kept once. */
export const blobs = defineTable<BlobRow>('ecr.blobs');
/** Layer uploads under way, keyed by their id. */
export const uploads = defineTable<UploadRow>('ecr.uploads');
