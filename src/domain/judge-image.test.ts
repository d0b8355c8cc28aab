import { describe, expect, it } from 'vitest';
import { imageFacts, listedFor } from './image-facts.ts';
import { type ImageUse, judgeImage } from './judge-image.ts';

const OCI = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';
const config = {
  os: 'linux',
  architecture: 'amd64',
  config: { Cmd: ['serve'], ExposedPorts: { '8000/tcp': {}, '9/udp': {} } },
};
const manifest = { config: { digest: 'sha256:c', size: 10 }, layers: [{ size: 90 }] };
const attestation = {
  digest: 'sha256:a',
  platform: { os: 'unknown', architecture: 'unknown' },
  annotations: { 'vnd.docker.reference.type': 'attestation-manifest' },
};
const use: ImageUse = { component: 'web', architecture: 'amd64', port: 8000, flags: '--env prod' };
const facts = imageFacts({ digest: 'sha256:d', mediaType: OCI, manifest, config });

const idsOf = (...[seen, by]: Parameters<typeof judgeImage>) =>
  judgeImage(seen, by).map(({ id, severity }) => `${severity} ${id}`);

describe('what an image says', () => {
  it('is read from manifest and configuration', () => {
    expect(facts).toEqual({
      digest: 'sha256:d',
      mediaType: OCI,
      platforms: ['linux/amd64'],
      attestations: false,
      bytes: 100,
      layers: 1,
      ports: [8000],
      command: ['serve'],
      placeholder: false,
    });
  });

  it('F-41: an index lists platforms, and attestations that are none', () => {
    const listed = { digest: 'sha256:m', platform: { os: 'linux', architecture: 'arm64' } };
    const index = { manifests: [attestation, listed] };
    const seen = imageFacts({ digest: 'sha256:i', mediaType: INDEX, index, manifest, config });
    expect(seen).toMatchObject({ platforms: ['linux/arm64'], attestations: true });
    expect(listedFor(index, 'linux/arm64')).toBe(listed);
    expect(listedFor(index, 'unknown/unknown')).toBeUndefined();
  });

  it('is nothing where the registry holds nonsense', () => {
    expect(imageFacts({ digest: 'sha256:d', mediaType: '' })).toMatchObject({
      platforms: ['unknown'],
      bytes: 0,
      command: [],
    });
  });
});

describe('the judgement of an image', () => {
  it('is silent for one that fits', () => {
    expect(judgeImage(facts, use)).toEqual([]);
  });

  it.each([
    ['S3-70, F-35: for another processor', { ...facts, platforms: ['linux/arm64'] }, use, ['error image-platform']],
    ['F-41: with attestations', { ...facts, attestations: true }, use, ['warning image-attestations']],
    [
      'of a media type that ECS does not run',
      { ...facts, mediaType: 'application/vnd.cncf.helm.config.v1+json' },
      use,
      ['error image-media-type'],
    ],
    ['that exposes another port', { ...facts, ports: [3000] }, use, ['warning image-port']],
    ['that exposes nothing', { ...facts, ports: [] }, use, []],
    ['of a worker, whatever it exposes', facts, { ...use, port: undefined } as never, []],
    ['without a command', { ...facts, command: [] }, use, ['error image-command']],
    ['without a command, which the service has', { ...facts, command: [] }, { ...use, command: ['serve'] }, []],
    ['that is large', { ...facts, bytes: 2 * 1024 ** 3 }, use, ['warning image-size']],
    ['that does not fit in a task', { ...facts, bytes: 11 * 1024 ** 3 }, use, ['error image-size']],
    ['with nothing in it, for the sandbox', { ...facts, placeholder: true, command: [] }, use, []],
  ])('%s', (_, seen, by, ids) => {
    expect(idsOf(seen, by)).toEqual(ids);
  });

  it('names the command that mends it', () => {
    expect(judgeImage({ ...facts, platforms: ['linux/arm64'] }, use)).toEqual([
      {
        id: 'image-platform',
        failure: 'F-35',
        severity: 'error',
        message: 'The image of web is for linux/arm64, but services.web runs on linux/amd64',
        remedy: 'platform image push web --rebuild --env prod; or architecture: arm64 for web in platform.yaml',
      },
    ]);
  });
});
