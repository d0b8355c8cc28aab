import type { Scope } from '../../kernel/scope.ts';
import { digestOf } from './digest.ts';
import { imageExists, invalidParameter, layersNotFound, referencedImagesNotFound, tagImmutable } from './faults.ts';
import { type Manifest, mediaTypeOf, parseManifest } from './manifest.ts';
import { blobs, type ImageRow, images, imageTags, type RepositoryRow } from './state.ts';
import { isImmutable } from './tag-mutability.ts';

interface Push {
  manifest: string;
  mediaType?: string | undefined;
  tag?: string | undefined;
  /** What the client says the digest is. */
  digest?: string | undefined;
  /** PutImage answers ImageAlreadyExistsException where a push over the registry is simply done again. */
  again: 'refuse' | 'accept';
}

/** Keeps a manifest whose layers, or listed images, the repository has, and points the tag to it. */
export function addImage(scope: Scope, repository: RepositoryRow, push: Push): ImageRow {
  const { repositoryName } = repository;
  const manifest = parseManifest(push.manifest);
  if (!manifest) throw invalidParameter('imageManifest', 'Invalid JSON syntax');
  const digest = digestOf(push.manifest);
  if (push.digest && push.digest !== digest)
    throw invalidParameter('imageDigest', `does not match the digest of the manifest, ${digest}`);
  requireParts(scope, repositoryName, manifest);

  const key = `${repositoryName}@${digest}`;
  const tagKey = `${repositoryName}:${push.tag}`;
  const tagged = push.tag === undefined ? undefined : imageTags.in(scope).get(tagKey)?.digest;
  const known = images.in(scope).get(key);
  if (known && (push.tag === undefined || tagged === digest)) {
    if (push.again === 'refuse') throw imageExists(digest, push.tag, repositoryName, scope);
    return known;
  }
  if (push.tag !== undefined && tagged !== undefined && isImmutable(repository, push.tag))
    throw tagImmutable(push.tag, repositoryName);
  if (push.tag !== undefined) imageTags.in(scope).put(tagKey, { digest });
  if (known) return known;
  return images.in(scope).put(key, {
    repositoryName,
    digest,
    mediaType: mediaTypeOf(manifest, push.mediaType),
    manifest: push.manifest,
    size: sizeOf(scope, repositoryName, manifest),
    pushedAt: scope.world.clock.stamp(),
  });
}

function requireParts(scope: Scope, name: string, { config, layers = [], manifests }: Manifest): void {
  if (manifests) {
    const absent = manifests.map(({ digest }) => digest).filter((digest) => !images.in(scope).has(`${name}@${digest}`));
    if (absent.length > 0) throw referencedImagesNotFound(absent, name, scope);
    return;
  }
  if (!config) throw invalidParameter('imageManifest', 'Manifest has neither a configuration nor a list of manifests');
  const absent = [config, ...layers]
    .map(({ digest }) => digest)
    .filter((digest) => !blobs.in(scope).has(`${name}@${digest}`));
  if (absent.length > 0) throw layersNotFound(absent, name, scope);
}

function sizeOf(scope: Scope, name: string, { config, layers = [], manifests }: Manifest): number {
  if (manifests)
    return manifests.reduce((sum, { digest }) => sum + (images.in(scope).get(`${name}@${digest}`)?.size ?? 0), 0);
  return [config!, ...layers].reduce((sum, { size }) => sum + size, 0);
}
