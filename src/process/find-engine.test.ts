import { existsSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { EngineName } from '../domain/container-engine.ts';
import { Secret } from '../secret.ts';
import { fakeEngine } from '../testing/fake-engine.ts';
import { findEngine } from './find-engine.ts';
import { ownLogin } from './own-login.ts';

const PLACE = { host: '127.0.0.1:1', insecure: true };

function home(): string {
  const folder = mkdtempSync(join(tmpdir(), 'home-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Only the folders of these engines, and the shell that their scripts need. */
const onlyThese = (...engines: { env: Record<string, string> }[]) => ({
  HOME: home(),
  PATH: engines.map(({ env }) => env.PATH!.split(delimiter)[0]).join(delimiter),
});

describe('the container engine (F-40)', () => {
  it('is the first whose daemon answers, in the order docker, podman, nerdctl, finch', async () => {
    const silent = fakeEngine({ silent: true }, 'docker');
    const podman = fakeEngine({}, 'podman');
    const finch = fakeEngine({}, 'finch');
    const found = await findEngine({ variables: onlyThese(finch, silent, podman) });
    expect(found.engine?.traits).toEqual({ name: 'podman', builder: 'plain' });
  });

  it('is the one that is named, and no other', async () => {
    const docker = fakeEngine({ buildx: '0.12.0' }, 'docker');
    const podman = fakeEngine({}, 'podman');
    const variables = onlyThese(docker, podman);
    const named = await findEngine({ variables: { ...variables, PLATFORM_CONTAINER_ENGINE: 'podman' } });
    expect(named.engine?.name).toBe('podman');
    const absent = await findEngine({ variables: { ...variables, PLATFORM_CONTAINER_ENGINE: 'nerdctl' } });
    expect(absent).toEqual({ why: 'nerdctl is not on PATH', forbidden: false });
    await expect(findEngine({ variables: { PLATFORM_CONTAINER_ENGINE: 'dokcer' } })).rejects.toMatchObject({
      id: 'engine-unknown',
      kind: 'usage',
    });
  });

  it('is not looked for where nobody wants one, and else the reason is said', async () => {
    const docker = fakeEngine({}, 'docker');
    const none = await findEngine({ variables: { ...docker.env, PLATFORM_CONTAINER_ENGINE: 'none' } });
    expect(none).toEqual({ why: 'PLATFORM_CONTAINER_ENGINE is none', forbidden: true });
    expect(docker.calls()).toEqual([]);
    expect(await findEngine({ variables: { PATH: '' } })).toEqual({
      why: 'none of docker, podman, nerdctl and finch is on PATH',
      forbidden: false,
    });
    const silent = fakeEngine({ silent: true }, 'docker');
    expect(await findEngine({ variables: onlyThese(silent) })).toMatchObject({
      why: expect.stringMatching(/^docker is installed, but its daemon does not answer \(Cannot connect/),
    });
  });

  it.each([
    ['0.17.1', undefined, 'buildx'],
    ['0.9.1', undefined, 'buildx-old'],
    ['0.17.1', '0', 'plain'],
    [undefined, undefined, 'plain'],
  ])('docker with buildx %s and DOCKER_BUILDKIT %s builds with %s', async (buildx, buildkit, builder) => {
    const docker = fakeEngine(buildx ? { buildx } : {}, 'docker');
    const variables = { ...onlyThese(docker), ...(buildkit ? { DOCKER_BUILDKIT: buildkit } : {}) };
    expect((await findEngine({ variables })).engine?.traits.builder).toBe(builder);
  });
});

describe('a login with a registry (S3-40)', () => {
  it.each<[EngineName, string]>([
    ['docker', 'DOCKER_CONFIG'],
    ['nerdctl', 'DOCKER_CONFIG'],
    ['podman', 'REGISTRY_AUTH_FILE'],
  ])('of %s lies where %s leads, for as long as it is needed', async (name, variable) => {
    const fake = fakeEngine({}, name);
    const { engine } = await findEngine({ variables: onlyThese(fake) });
    const { answer, login } = await engine!.login(PLACE, new Secret('password', 'canary'));
    expect(answer).toEqual({ ok: true });
    const call = fake.calls().find(({ words }) => words.includes('login'))!;
    expect(call.input).toBe('canary');
    const place = call.env[variable]!;
    expect(existsSync(place)).toBe(true);
    await login.close();
    expect(existsSync(place)).toBe(false);
    expect(JSON.stringify(fake.calls().map(({ words }) => words))).not.toContain('canary');
  });

  it('of finch, which knows no such variable, is taken back by a logout', async () => {
    const fake = fakeEngine({}, 'finch');
    const { engine } = await findEngine({ variables: onlyThese(fake) });
    const { login } = await engine!.login(PLACE, new Secret('password', 'canary'));
    await login.close();
    expect(fake.asked('logout')).toEqual([['logout', PLACE.host]]);
  });

  it('keeps the way to the daemon and its plug-ins, and takes over no login and no credential store', async () => {
    const folder = home();
    mkdirSync(join(folder, '.docker', 'contexts'), { recursive: true });
    writeFileSync(
      join(folder, '.docker', 'config.json'),
      JSON.stringify({
        currentContext: 'colima',
        credsStore: 'osxkeychain',
        credHelpers: { 'ghcr.io': 'pass' },
        auths: { 'https://index.docker.io/v1/': { auth: 'canary' } },
      }),
    );
    const own = await ownLogin('docker', { HOME: folder }, 'registry');
    const place = own.variables.DOCKER_CONFIG!;
    expect(JSON.parse(readFileSync(join(place, 'config.json'), 'utf8'))).toEqual({
      currentContext: 'colima',
      auths: { registry: {} },
    });
    expect(lstatSync(place).mode & 0o777).toBe(0o700);
    expect(existsSync(join(place, 'contexts'))).toBe(true);
    await own.remove();
    expect(existsSync(join(folder, '.docker', 'contexts'))).toBe(true);
  });
});
