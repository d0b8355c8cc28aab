import { createHash } from 'node:crypto';
import { ECRClient, GetAuthorizationTokenCommand } from '@aws-sdk/client-ecr';
import type { RunningSandbox } from './start-sandbox.ts';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';

export interface PushedImage {
  digest: string;
  /** Of each platform's manifest, in the order they were named. */
  manifests: string[];
}

/** Sends one request to the sandbox's registry, logged in as ECR's clients are. */
export async function askRegistry(
  sandbox: Pick<RunningSandbox, 'endpoint' | 'client'>,
  path: string,
  init: { method?: string; headers?: Record<string, string>; body?: string | Uint8Array<ArrayBuffer> } = {},
): Promise<Response> {
  const { authorizationData } = await sandbox.client(ECRClient).send(new GetAuthorizationTokenCommand({}));
  const { authorizationToken, proxyEndpoint } = authorizationData![0]!;
  const headers = { authorization: `Basic ${authorizationToken}`, ...init.headers };
  return fetch(new URL(path, proxyEndpoint), { ...init, headers });
}

/**
 * Pushes an image of one small layer as `docker push` would. One architecture gives a single manifest, several (or
 * `index: true`) an index of them; `text` makes images differ.
 */
export async function pushImage(
  sandbox: Pick<RunningSandbox, 'endpoint' | 'client'>,
  {
    repository,
    tag,
    architectures = ['amd64'],
    index = architectures.length > 1,
    text = 'hello',
    attested = false,
  }: {
    repository: string;
    tag: string;
    architectures?: string[];
    index?: boolean;
    text?: string;
    /** With the attestation that buildx adds to an index by itself. */
    attested?: boolean;
  },
): Promise<PushedImage> {
  const layer = await pushLayer(sandbox, repository, text);
  const manifests: {
    mediaType: string;
    digest: string;
    size: number;
    platform: { os: string; architecture: string };
  }[] = [];
  for (const architecture of architectures) {
    const config = await pushLayer(
      sandbox,
      repository,
      JSON.stringify({ os: 'linux', architecture, rootfs: { type: 'layers' } }),
    );
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: MANIFEST,
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
      layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', ...layer }],
    });
    const digest = digestOf(manifest);
    await putManifest(sandbox, `/v2/${repository}/manifests/${index ? digest : tag}`, MANIFEST, manifest);
    manifests.push({ mediaType: MANIFEST, digest, size: manifest.length, platform: { os: 'linux', architecture } });
  }
  const digests = manifests.map(({ digest }) => digest);
  if (attested) manifests.push({ ...manifests[0]!, platform: { os: 'unknown', architecture: 'unknown' } });
  if (!index) return { digest: digests[0]!, manifests: digests };
  const list = JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests });
  await putManifest(sandbox, `/v2/${repository}/manifests/${tag}`, INDEX, list);
  return { digest: digestOf(list), manifests: digests };
}

async function pushLayer(sandbox: Parameters<typeof askRegistry>[0], repository: string, text: string) {
  const digest = digestOf(text);
  const begun = await askRegistry(sandbox, `/v2/${repository}/blobs/uploads/`, { method: 'POST' });
  if (begun.status !== 202) throw new Error(`POST answered ${begun.status}: ${await begun.text()}`);
  const body = new TextEncoder().encode(text);
  const done = await askRegistry(sandbox, `${begun.headers.get('location')}?digest=${digest}`, { method: 'PUT', body });
  if (done.status !== 201) throw new Error(`PUT answered ${done.status}: ${await done.text()}`);
  return { digest, size: body.length };
}

async function putManifest(sandbox: Parameters<typeof askRegistry>[0], path: string, type: string, body: string) {
  const answer = await askRegistry(sandbox, path, { method: 'PUT', headers: { 'content-type': type }, body });
  if (answer.status !== 201) throw new Error(`PUT ${path} answered ${answer.status}: ${await answer.text()}`);
}

const digestOf = (text: string): string => `sha256:${createHash('sha256').update(text).digest('hex')}`;
