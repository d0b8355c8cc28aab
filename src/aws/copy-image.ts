import type { ECR } from '@aws-sdk/client-ecr';
import { call, find } from './call.ts';

/** Pieces that ECR takes: at least 5 MiB but the last, at most 20 MiB. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_UploadLayerPart.html */
const PIECE_BYTES = 10 * 1024 * 1024;

/** Those that a repository does not have yet. */
export async function missingLayers(client: ECR, repository: string, digests: readonly string[]): Promise<string[]> {
  if (digests.length === 0) return [];
  const { layers = [] } = await call('ecr:BatchCheckLayerAvailability', () =>
    client.batchCheckLayerAvailability({ repositoryName: repository, layerDigests: [...digests] }),
  );
  const there = layers.filter(({ layerAvailability }) => layerAvailability === 'AVAILABLE');
  return digests.filter((digest) => !there.some(({ layerDigest }) => layerDigest === digest));
}

/** Receives a layer piece by piece: none is ever whole in memory. ECR compares it with its digest. */
export async function receiveLayer(
  client: ECR,
  repository: string,
  { digest, bytes }: { digest: string; bytes: AsyncIterable<Uint8Array> },
): Promise<void> {
  const { uploadId } = await call('ecr:InitiateLayerUpload', () =>
    client.initiateLayerUpload({ repositoryName: repository }),
  );
  let sent = 0;
  for await (const piece of inPieces(bytes)) {
    const [partFirstByte, partLastByte] = [sent, sent + piece.length - 1];
    await call('ecr:UploadLayerPart', () =>
      client.uploadLayerPart({
        repositoryName: repository,
        uploadId,
        partFirstByte,
        partLastByte,
        layerPartBlob: piece,
      }),
    );
    sent += piece.length;
  }
  await find('ecr:CompleteLayerUpload', ['LayerAlreadyExistsException'], () =>
    client.completeLayerUpload({ repositoryName: repository, uploadId, layerDigests: [digest] }),
  );
}

async function* inPieces(bytes: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  let held: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    held.push(chunk);
    size += chunk.length;
    if (size < PIECE_BYTES) continue;
    yield Buffer.concat(held);
    [held, size] = [[], 0];
  }
  if (size > 0) yield Buffer.concat(held);
}
