import type { Scope } from '../../kernel/scope.ts';
import { type Manifest, parseManifest } from './manifest.ts';
import { blobs, type ImageRow, images, imageTags } from './state.ts';

/** The image of a repository by digest, else by tag. */
export function findImage(
  scope: Scope,
  repositoryName: string,
  { digest, tag }: { digest?: string | undefined; tag?: string | undefined },
): ImageRow | undefined {
  const wanted = digest ?? imageTags.in(scope).get(`${repositoryName}:${tag}`)?.digest;
  return wanted === undefined ? undefined : images.in(scope).get(`${repositoryName}@${wanted}`);
}

export const tagsOf = (scope: Scope, { repositoryName, digest }: ImageRow): string[] =>
  imageTags
    .in(scope)
    .entries()
    .filter(([key, row]) => row.digest === digest && key.slice(0, key.lastIndexOf(':')) === repositoryName)
    .map(([key]) => key.slice(key.lastIndexOf(':') + 1));

export const imagesOf = (scope: Scope, repositoryName: string): ImageRow[] =>
  images
    .in(scope)
    .values()
    .filter((row) => row.repositoryName === repositoryName);

type PlatformMatch = 'matches' | 'no-descriptor' | 'other-architecture' | 'unknown';

/**
 * Whether an image can run on `linux/<architecture>`: an index must list that platform; a single manifest says so in
 * its configuration, which is unknown when its bytes were never pushed (PutImage without layers).
 */
export function platformMatch(scope: Scope, image: ImageRow, architecture: string): PlatformMatch {
  const manifest = parseManifest(image.manifest);
  if (!manifest) return 'unknown';
  if (manifest.manifests) {
    const found = manifest.manifests.some(
      ({ platform }) => platform?.architecture === architecture && (platform.os ?? 'linux') === 'linux',
    );
    return found ? 'matches' : 'no-descriptor';
  }
  const config = configOf(scope, image, manifest);
  if (!config?.architecture) return 'unknown';
  return config.architecture === architecture && (config.os ?? 'linux') === 'linux' ? 'matches' : 'other-architecture';
}

function configOf(
  scope: Scope,
  { repositoryName }: ImageRow,
  { config }: Manifest,
): { architecture?: string; os?: string } | undefined {
  const row = config && blobs.in(scope).get(`${repositoryName}@${config.digest}`);
  const bytes = row && row.size < MAX_CONFIG_BYTES ? scope.world.blobs.get(row.address) : undefined;
  return bytes && (parseManifest(bytes.toString('utf8')) as { architecture?: string; os?: string } | undefined);
}

/** Configurations are a few kilobytes; anything larger is not read into memory. */
const MAX_CONFIG_BYTES = 4 * 1024 * 1024;
