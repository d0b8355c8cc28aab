import { addImage } from '../services/ecr/add-image.ts';
import { digestOf, isDigest } from '../services/ecr/digest.ts';
import { imageNotFound } from '../services/ecr/faults.ts';
import { findImage, imagesOf, tagsOf } from '../services/ecr/find-image.ts';
import { repositoryOf } from '../services/ecr/repositories.ts';
import { images } from '../services/ecr/state.ts';
import type { RegistryAnswer } from './answer.ts';
import { digestInvalid, RegistryFault } from './registry-fault.ts';
import type { RegistryRequest } from './registry-request.ts';

/** As large as the specification asks registries to take. */
const MAX_MANIFEST_BYTES = 4 * 1024 * 1024;

const byReference = (reference: string) => (isDigest(reference) ? { digest: reference } : { tag: reference });

export async function readManifest(request: RegistryRequest, name: string, reference: string): Promise<RegistryAnswer> {
  const { scope, method } = request;
  return scope.world.transaction(() => {
    repositoryOf(scope, name);
    const { digest, tag } = { digest: undefined, tag: undefined, ...byReference(reference) };
    const row = findImage(scope, name, { digest, tag });
    if (!row) throw imageNotFound({ imageDigest: digest, imageTag: tag }, name, scope);
    if (method === 'GET') {
      images.in(scope).update(`${name}@${row.digest}`, (draft) => {
        draft.pulledAt = scope.world.clock.stamp();
      });
    }
    return {
      status: 200,
      headers: { 'content-type': row.mediaType, 'docker-content-digest': row.digest },
      body: row.manifest,
    };
  });
}

export async function putManifest(request: RegistryRequest, name: string, reference: string): Promise<RegistryAnswer> {
  const { scope, message } = request;
  const text = await bodyOf(request);
  const digest = digestOf(text);
  if (isDigest(reference) && reference !== digest) throw digestInvalid(reference);
  await scope.world.transaction(() =>
    addImage(scope, repositoryOf(scope, name), {
      manifest: text,
      mediaType: message.headers['content-type'],
      tag: isDigest(reference) ? undefined : reference,
      again: 'accept',
    }),
  );
  return {
    status: 201,
    headers: { location: `/v2/${name}/manifests/${digest}`, 'docker-content-digest': digest },
  };
}

export async function listTags({ scope, query }: RegistryRequest, name: string): Promise<RegistryAnswer> {
  return scope.world.transaction(() => {
    repositoryOf(scope, name);
    const all = imagesOf(scope, name)
      .flatMap((row) => tagsOf(scope, row))
      .sort();
    const after = query.get('last');
    const rest = after === null ? all : all.filter((tag) => tag > after);
    const size = Number(query.get('n') ?? rest.length);
    const tags = rest.slice(0, size);
    const next = tags.length < rest.length && tags.length > 0;
    return {
      status: 200,
      headers: {
        'content-type': 'application/json',
        ...(next ? { link: `</v2/${name}/tags/list?n=${size}&last=${tags.at(-1)}>; rel="next"` } : {}),
      },
      body: JSON.stringify({ name, tags }),
    };
  });
}

async function bodyOf({ message }: RegistryRequest): Promise<string> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of message as AsyncIterable<Buffer>) {
    size += piece.length;
    if (size > MAX_MANIFEST_BYTES) throw new RegistryFault('MANIFEST_INVALID', 'The manifest is too large.', 413);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}
