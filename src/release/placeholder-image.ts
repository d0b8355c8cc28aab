import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

export interface PlaceholderImage {
  digest: string;
  manifest: string;
  mediaType: string;
  blobs: { digest: string; body: Buffer }[];
}

const digestOf = (body: Buffer): string => `sha256:${createHash('sha256').update(body).digest('hex')}`;

/**
 * An image with nothing in it, for the sandbox where no container engine can build the real one. The same platform
 * gives the same bytes and so the same digest. Whatever depends on it says `simulated`.
 */
export function placeholderImage(architecture: 'amd64' | 'arm64'): PlaceholderImage {
  // Two empty blocks end a tar archive.
  const archive = Buffer.alloc(1024);
  const layer = gzipSync(archive);
  const config = Buffer.from(
    JSON.stringify({
      architecture,
      os: 'linux',
      config: { Labels: { 'platform.placeholder': 'true' } },
      rootfs: { type: 'layers', diff_ids: [digestOf(archive)] },
    }),
  );
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const manifest = JSON.stringify({
    schemaVersion: 2,
    mediaType,
    config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf(config), size: config.length },
    layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', digest: digestOf(layer), size: layer.length }],
  });
  return {
    digest: digestOf(Buffer.from(manifest)),
    manifest,
    mediaType,
    blobs: [config, layer].map((body) => ({ digest: digestOf(body), body })),
  };
}
