import { randomUUID } from 'node:crypto';
import type { Scope } from '../../kernel/scope.ts';
import { digestOf } from './digest.ts';
import { uploadNotFound } from './faults.ts';
import { type BlobRow, blobs, type UploadRow, uploads } from './state.ts';

/** Begins to receive a layer; answers with the id of the upload. */
export function beginUpload(scope: Scope, repositoryName: string): string {
  const id = randomUUID();
  uploads.in(scope).put(id, { repositoryName, chunks: [], size: 0 });
  return id;
}

/** The upload under way, or UploadNotFoundException. */
export function uploadOf(scope: Scope, repositoryName: string, id: string): UploadRow {
  const row = uploads.in(scope).get(id);
  if (row?.repositoryName !== repositoryName) throw uploadNotFound(id, repositoryName, scope);
  return row;
}

/** Takes the next bytes of an upload; answers with how many it has now. */
export function receive(scope: Scope, id: string, bytes: Uint8Array): number {
  if (bytes.length === 0) return uploads.in(scope).get(id)!.size;
  const address = scope.world.blobs.put(bytes);
  return uploads.in(scope).update(id, (draft) => {
    draft.chunks.push(address);
    draft.size += bytes.length;
  }).size;
}

/** What the upload's bytes hash to; nothing is kept yet. */
export function uploadedBytes(scope: Scope, id: string): { bytes: Buffer; digest: string } {
  const { chunks } = uploads.in(scope).get(id)!;
  const bytes = Buffer.concat(chunks.map((address) => scope.world.blobs.get(address)));
  return { bytes, digest: digestOf(bytes) };
}

/** Makes the uploaded bytes a layer of the repository and ends the upload. */
export function keepLayer(
  scope: Scope,
  { id, repositoryName, bytes }: { id: string; repositoryName: string; bytes: Buffer },
): BlobRow {
  uploads.in(scope).delete(id);
  const address = scope.world.blobs.put(bytes);
  const digest = `sha256:${address}`;
  return blobs.in(scope).put(`${repositoryName}@${digest}`, { digest, size: bytes.length, address });
}
