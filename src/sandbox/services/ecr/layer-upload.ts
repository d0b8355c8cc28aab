import { randomUUID } from 'node:crypto';
import type { Scope } from '../../kernel/scope.ts';
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

/** Puts an upload's bytes together; it is no layer of the repository yet. */
export function assembled(scope: Scope, id: string): BlobRow {
  const { address, size } = scope.world.blobs.join(uploads.in(scope).get(id)!.chunks);
  return { digest: `sha256:${address}`, size, address };
}

/** Makes the assembled bytes a layer of the repository and ends the upload. */
export function keepLayer(
  scope: Scope,
  { id, repositoryName, layer }: { id: string; repositoryName: string; layer: BlobRow },
): BlobRow {
  uploads.in(scope).delete(id);
  return blobs.in(scope).put(`${repositoryName}@${layer.digest}`, layer);
}
