import { isDigest } from '../services/ecr/digest.ts';
import { assembled, beginUpload, keepLayer, uploadOf } from '../services/ecr/layer-upload.ts';
import { repositoryOf } from '../services/ecr/repositories.ts';
import { blobs, uploads } from '../services/ecr/state.ts';
import type { RegistryAnswer } from './answer.ts';
import { blobUnknown, digestInvalid, RegistryFault, unsupported } from './registry-fault.ts';
import type { RegistryRequest } from './registry-request.ts';

/** Bytes of a body are put away piece by piece, so that a layer is not held in memory while it comes in. */
const PIECE_BYTES = 8 * 1024 * 1024;

export async function readLayer({ scope }: RegistryRequest, name: string, digest: string): Promise<RegistryAnswer> {
  return scope.world.transaction(() => {
    repositoryOf(scope, name);
    const row = blobs.in(scope).get(`${name}@${digest}`);
    if (!row) throw blobUnknown(digest);
    return {
      status: 200,
      headers: { 'content-type': 'application/octet-stream', 'docker-content-digest': digest },
      body: { size: row.size, open: () => scope.world.blobs.read(row.address) },
    };
  });
}

/** An upload's life: POST begins it, PATCH adds bytes, PUT ends it, GET asks how far it is, DELETE gives it up. */
export async function receiveUpload(request: RegistryRequest, name: string, id: string): Promise<RegistryAnswer> {
  const { scope, method, query } = request;
  if (method === 'POST' && id === '') {
    const mounted = await mount(request, name);
    if (mounted) return mounted;
    const begun = await scope.world.transaction(() => beginUpload(scope, repositoryOf(scope, name).repositoryName));
    return query.has('digest') ? complete(request, name, begun) : progress(name, begun, 0);
  }
  const { size } = await scope.world.transaction(() => uploadOf(scope, repositoryOf(scope, name).repositoryName, id));
  if (method === 'PATCH') return progress(name, id, await append(request, id, size));
  if (method === 'PUT') return complete(request, name, id);
  if (method === 'GET') return { ...progress(name, id, size), status: 204 };
  if (method === 'DELETE') {
    await scope.world.transaction(() => void uploads.in(scope).delete(id));
    return { status: 204 };
  }
  throw unsupported();
}

/** A layer that another repository of the registry has need not come again. */
async function mount({ scope, query }: RegistryRequest, name: string): Promise<RegistryAnswer | undefined> {
  const digest = query.get('mount');
  const from = query.get('from');
  if (!digest || !from) return undefined;
  return scope.world.transaction(() => {
    repositoryOf(scope, name);
    const row = blobs.in(scope).get(`${from}@${digest}`);
    if (row) blobs.in(scope).put(`${name}@${digest}`, row);
    return row && created(name, digest);
  });
}

async function append({ message, scope }: RegistryRequest, id: string, before: number): Promise<number> {
  const start = /^(\d+)-\d+$/.exec(message.headers['content-range'] ?? '')?.[1];
  if (start !== undefined && Number(start) !== before)
    throw new RegistryFault('BLOB_UPLOAD_INVALID', `the upload goes on at byte ${before}`, 416);
  const addresses: string[] = [];
  let size = before;
  let pieces: Buffer[] = [];
  let pending = 0;
  const putAway = () => {
    if (pending === 0) return;
    addresses.push(scope.world.blobs.put(Buffer.concat(pieces)));
    pieces = [];
    pending = 0;
  };
  for await (const piece of message as AsyncIterable<Buffer>) {
    pieces.push(piece);
    pending += piece.length;
    size += piece.length;
    if (pending >= PIECE_BYTES) putAway();
  }
  putAway();
  await scope.world.transaction(() => {
    uploads.in(scope).update(id, (draft) => {
      draft.chunks.push(...addresses);
      draft.size = size;
    });
  });
  return size;
}

async function complete(request: RegistryRequest, name: string, id: string): Promise<RegistryAnswer> {
  const { scope, query } = request;
  const digest = query.get('digest') ?? '';
  if (!isDigest(digest)) throw digestInvalid(digest);
  const { size } = uploads.in(scope).get(id)!;
  await append(request, id, size);
  return scope.world.transaction(() => {
    const layer = assembled(scope, id);
    if (layer.digest !== digest) throw digestInvalid(digest);
    keepLayer(scope, { id, repositoryName: name, layer });
    return created(name, digest);
  });
}

const created = (name: string, digest: string): RegistryAnswer => ({
  status: 201,
  headers: { location: `/v2/${name}/blobs/${digest}`, 'docker-content-digest': digest },
});

const progress = (name: string, id: string, size: number): RegistryAnswer => ({
  status: 202,
  headers: {
    location: `/v2/${name}/blobs/uploads/${id}`,
    'docker-upload-uuid': id,
    range: `0-${Math.max(0, size - 1)}`,
  },
});
