import type { Scope } from '../../kernel/scope.ts';
import { addImage } from '../../services/ecr/add-image.ts';
import { digestOf } from '../../services/ecr/digest.ts';
import { repositoryOf } from '../../services/ecr/repositories.ts';
import { blobs } from '../../services/ecr/state.ts';
import type { Bench } from '../bench.ts';
import type { StepInput } from '../break-steps.ts';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const CONFIG = 'application/vnd.oci.image.config.v1+json';
/** What buildx adds: https://docs.docker.com/build/metadata/attestations/attestation-storage/ */
const STATEMENT = 'application/vnd.in-toto+json';

/** One platform gives a single manifest, several, or an attestation, an index of them. */
export function pushImage({ repository, tag, platforms, attestation }: StepInput<'push-image'>, bench: Bench): string {
  const row = repositoryOf(bench, repository);
  const layer = keepBlob(bench, repository, `layer of ${tag}`);
  const described = platforms.map((platform) => {
    const [os = '', architecture = ''] = platform.split('/');
    const config = keepBlob(bench, repository, JSON.stringify({ os, architecture, rootfs: { type: 'layers' } }));
    return {
      platform: { os, architecture },
      manifest: manifestOf({ ...config, mediaType: CONFIG }, [
        { ...layer, mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip' },
      ]),
    };
  });
  const single = described.length === 1 && !attestation;
  if (single) {
    const { digest } = addImage(bench, row, { manifest: described[0]!.manifest, tag, again: 'accept' });
    return `${repository}:${tag} is ${platforms[0]} (${digest})`;
  }
  const listed = described.map(({ platform, manifest }) => listedAs(bench, row, manifest, { platform }));
  if (attestation) {
    const config = keepBlob(bench, repository, JSON.stringify({ os: 'unknown', architecture: 'unknown' }));
    const statement = keepBlob(bench, repository, JSON.stringify({ _type: 'https://in-toto.io/Statement/v0.1', tag }));
    const manifest = manifestOf({ ...config, mediaType: CONFIG }, [{ ...statement, mediaType: STATEMENT }]);
    listed.push(
      listedAs(bench, row, manifest, {
        platform: { os: 'unknown', architecture: 'unknown' },
        annotations: {
          'vnd.docker.reference.digest': listed[0]!.digest,
          'vnd.docker.reference.type': 'attestation-manifest',
        },
      }),
    );
  }
  const index = JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests: listed });
  const { digest } = addImage(bench, row, { manifest: index, tag, again: 'accept' });
  return `${repository}:${tag} is ${platforms.join(', ')}${attestation ? ' with an attestation' : ''} (${digest})`;
}

interface Blob {
  digest: string;
  size: number;
}

function keepBlob(scope: Scope, repository: string, text: string): Blob {
  const bytes = Buffer.from(text);
  const blob = { digest: digestOf(text), size: bytes.length, address: scope.world.blobs.put(bytes) };
  blobs.in(scope).put(`${repository}@${blob.digest}`, blob);
  return { digest: blob.digest, size: blob.size };
}

const manifestOf = (config: Blob & { mediaType: string }, layers: (Blob & { mediaType: string })[]): string =>
  JSON.stringify({ schemaVersion: 2, mediaType: MANIFEST, config, layers });

function listedAs<More extends object>(
  scope: Scope,
  repository: Parameters<typeof addImage>[1],
  manifest: string,
  more: More,
) {
  const { digest } = addImage(scope, repository, { manifest, again: 'accept' });
  return { mediaType: MANIFEST, digest, size: manifest.length, ...more };
}
