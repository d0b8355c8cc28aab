import { createHash } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateRepositoryCommand,
  DescribeImagesCommand,
  ECRClient,
  PutImageTagMutabilityCommand,
} from '@aws-sdk/client-ecr';
import { describe, expect, it } from 'vitest';
import { askRegistry, pushImage } from '../../testing/push-image.ts';
import { startSandbox } from '../../testing/start-sandbox.ts';

const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`;

async function registryWith(repositoryName: string, directory?: string) {
  const sandbox = await startSandbox(directory ? { directory } : {});
  const ecr = sandbox.client(ECRClient);
  await ecr.send(new CreateRepositoryCommand({ repositoryName }));
  return { ...sandbox, ecr, ask: (path: string, init = {}) => askRegistry(sandbox, path, init) };
}

describe('the registry', () => {
  it('asks for a login, and says so as Docker expects', async () => {
    const { endpoint } = await registryWith('shop/web');
    const answer = await fetch(`${endpoint}/v2/`);
    expect(answer.status).toBe(401);
    expect(answer.headers.get('www-authenticate')).toContain('Basic realm=');
  });

  it('says that a login is too old (F-38)', async () => {
    const { endpoint } = await registryWith('shop/web');
    const claims = { account: '000000000000', region: 'us-east-1', expiresAt: 1 };
    const password = Buffer.from(JSON.stringify(claims)).toString('base64url');
    const authorization = `Basic ${Buffer.from(`AWS:${password}`).toString('base64')}`;
    const answer = await fetch(`${endpoint}/v2/`, { headers: { authorization } });
    expect(answer.status).toBe(403);
    expect(await answer.json()).toEqual({
      errors: [{ code: 'DENIED', message: 'Your authorization token has expired. Reauthenticate and try again.' }],
    });
  });

  it('takes a push and gives it back by tag and by digest', async () => {
    const sandbox = await registryWith('shop/web');
    const { digest } = await pushImage(sandbox, { repository: 'shop/web', tag: 'v1' });
    for (const reference of ['v1', digest]) {
      const answer = await sandbox.ask(`/v2/shop/web/manifests/${reference}`);
      expect(answer.status).toBe(200);
      expect(answer.headers.get('docker-content-digest')).toBe(digest);
      expect(digestOf(await answer.text())).toBe(digest);
    }
    const layer = await sandbox.ask(`/v2/shop/web/blobs/${digestOf('hello')}`);
    expect(await layer.text()).toBe('hello');
    expect(await sandbox.ask('/v2/shop/web/tags/list').then((answer) => answer.json())).toEqual({
      name: 'shop/web',
      tags: ['v1'],
    });
    const { imageDetails } = await sandbox.ecr.send(new DescribeImagesCommand({ repositoryName: 'shop/web' }));
    expect(imageDetails).toMatchObject([{ imageDigest: digest, imageTags: ['v1'], imageStatus: 'ACTIVE' }]);
  });

  it('takes a layer in chunks and refuses a chunk that does not follow', async () => {
    const { ask } = await registryWith('web');
    const begun = await ask('/v2/web/blobs/uploads/', { method: 'POST' });
    const location = begun.headers.get('location')!;
    const first = await ask(location, { method: 'PATCH', body: 'abc', headers: { 'content-range': '0-2' } });
    expect([first.status, first.headers.get('range')]).toEqual([202, '0-2']);
    const gap = await ask(location, { method: 'PATCH', body: 'x', headers: { 'content-range': '7-7' } });
    expect(gap.status).toBe(416);
    await ask(location, { method: 'PATCH', body: 'def', headers: { 'content-range': '3-5' } });
    const done = await ask(`${location}?digest=${digestOf('abcdef')}`, { method: 'PUT' });
    expect(done.status).toBe(201);
    const head = await ask(`/v2/web/blobs/${digestOf('abcdef')}`, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '6']);
  });

  it('refuses bytes that are not what their digest says', async () => {
    const { ask } = await registryWith('web');
    const answer = await ask(`/v2/web/blobs/uploads/?digest=${digestOf('other')}`, { method: 'POST', body: 'this' });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ errors: [{ code: 'DIGEST_INVALID' }] });
  });

  it('knows only repositories that ECR has', async () => {
    const { ask } = await registryWith('web');
    const answer = await ask('/v2/other/blobs/uploads/', { method: 'POST' });
    expect(answer.status).toBe(404);
    expect(await answer.json()).toEqual({
      errors: [
        {
          code: 'NAME_UNKNOWN',
          message: "The repository with name 'other' does not exist in the registry with id '000000000000'",
        },
      ],
    });
  });

  it('does not move an immutable tag, but takes the same image again (F-39)', async () => {
    const sandbox = await registryWith('web');
    await sandbox.ecr.send(
      new PutImageTagMutabilityCommand({ repositoryName: 'web', imageTagMutability: 'IMMUTABLE' }),
    );
    await pushImage(sandbox, { repository: 'web', tag: 'v1' });
    await pushImage(sandbox, { repository: 'web', tag: 'v1' });
    await expect(pushImage(sandbox, { repository: 'web', tag: 'v1', text: 'changed' })).rejects.toThrow(
      /400.*TAG_INVALID.*The image tag 'v1' already exists in the 'web' repository and cannot be overwritten because the tag is immutable\./,
    );
  });

  it('refuses a manifest whose layers never came', async () => {
    const { ask } = await registryWith('web');
    const layer = { mediaType: 'application/vnd.oci.image.layer.v1.tar', digest: digestOf('gone'), size: 4 };
    const manifest = JSON.stringify({ schemaVersion: 2, config: layer, layers: [layer] });
    const answer = await ask('/v2/web/manifests/v1', { method: 'PUT', body: manifest });
    expect(await answer.json()).toMatchObject({ errors: [{ code: 'MANIFEST_BLOB_UNKNOWN' }] });
  });

  it('mounts a layer from another repository', async () => {
    const sandbox = await registryWith('one');
    await sandbox.ecr.send(new CreateRepositoryCommand({ repositoryName: 'two' }));
    await pushImage(sandbox, { repository: 'one', tag: 'v1' });
    const digest = digestOf('hello');
    const answer = await sandbox.ask(`/v2/two/blobs/uploads/?mount=${digest}&from=one`, { method: 'POST' });
    expect(answer.status).toBe(201);
    expect((await sandbox.ask(`/v2/two/blobs/${digest}`)).status).toBe(200);
  });

  it('has its images still after a restart', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'registry-'));
    const first = await registryWith('web', directory);
    const { digest } = await pushImage(first, { repository: 'web', tag: 'v1' });
    await first.close();
    const second = await startSandbox({ directory });
    const manifest = await askRegistry(second, '/v2/web/manifests/v1');
    expect(digestOf(await manifest.text())).toBe(digest);
    const layer = await askRegistry(second, `/v2/web/blobs/${digestOf('hello')}`);
    expect(await layer.text()).toBe('hello');
  });
});
