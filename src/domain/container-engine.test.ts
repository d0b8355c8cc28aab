import { describe, expect, it } from 'vitest';
import {
  type BuildSpec,
  buildArgs,
  builderOf,
  loginArgs,
  logoutArgs,
  probeArgs,
  pushArgs,
} from './container-engine.ts';

const SPEC: BuildSpec = {
  platform: 'linux/amd64',
  context: '/code/app',
  dockerfile: '/code/app/Dockerfile',
  tags: ['r/web:1'],
  cacheFrom: [],
  cacheTo: [],
  noCache: false,
};
const REST = ['--file', '/code/app/Dockerfile', '--tag', 'r/web:1', '/code/app'];

describe('the arguments of a build (S3-41, F-35, F-41)', () => {
  it.each([
    [
      { name: 'docker', builder: 'buildx' } as const,
      [
        'buildx',
        'build',
        '--load',
        '--platform',
        'linux/amd64',
        '--provenance=false',
        '--sbom=false',
        '--progress=plain',
      ],
    ],
    [
      { name: 'docker', builder: 'buildx-old' } as const,
      ['buildx', 'build', '--load', '--platform', 'linux/amd64', '--progress=plain'],
    ],
    [{ name: 'docker', builder: 'plain' } as const, ['build', '--platform', 'linux/amd64']],
    [{ name: 'podman', builder: 'plain' } as const, ['build', '--platform', 'linux/amd64']],
    [
      { name: 'nerdctl', builder: 'plain' } as const,
      ['build', '--platform', 'linux/amd64', '--provenance=false', '--sbom=false', '--progress=plain'],
    ],
    [
      { name: 'finch', builder: 'plain' } as const,
      ['build', '--platform', 'linux/amd64', '--provenance=false', '--sbom=false', '--progress=plain'],
    ],
  ])('for %o', (traits, words) => {
    expect(buildArgs(traits, SPEC)).toEqual([...words, ...REST]);
  });

  it('with caches, without a cache, and with several tags', () => {
    const spec = {
      ...SPEC,
      platform: 'linux/arm64' as const,
      tags: ['r/web:1', 'r/worker:1'],
      cacheFrom: ['type=gha', 'type=registry,ref=r/cache'],
      cacheTo: ['type=gha,mode=max'],
      noCache: true,
    };
    expect(buildArgs({ name: 'docker', builder: 'buildx-old' }, spec)).toEqual([
      ...['buildx', 'build', '--load', '--platform', 'linux/arm64', '--progress=plain', '--no-cache'],
      ...['--cache-from', 'type=gha', '--cache-from', 'type=registry,ref=r/cache', '--cache-to', 'type=gha,mode=max'],
      ...['--file', '/code/app/Dockerfile', '--tag', 'r/web:1', '--tag', 'r/worker:1', '/code/app'],
    ]);
  });
});

it.each([
  ['github.com/docker/buildx v0.17.1 257815a', 'buildx'],
  ['github.com/docker/buildx 0.10.0+unknown ', 'buildx'],
  ['github.com/docker/buildx v0.9.1 ed00243a', 'buildx-old'],
  ['github.com/docker/buildx v1.0.0 abc', 'buildx'],
  ['buildah 1.33.7', 'plain'],
  ['', 'plain'],
])('%j is the builder %s', (answer, builder) => {
  expect(builderOf(answer)).toBe(builder);
});

const AWS = { host: '111111111111.dkr.ecr.us-east-1.amazonaws.com', insecure: false };
const SANDBOX = { host: '127.0.0.1:4600', insecure: true };

it('S3-40: a login names the registry and never the password', () => {
  const plain = ['login', '--username', 'AWS', '--password-stdin', AWS.host];
  for (const name of ['docker', 'podman', 'nerdctl', 'finch'] as const) expect(loginArgs({ name }, AWS)).toEqual(plain);
  const local = ['login', '--username', 'AWS', '--password-stdin', SANDBOX.host];
  expect(loginArgs({ name: 'docker' }, SANDBOX)).toEqual(local);
  expect(loginArgs({ name: 'nerdctl' }, SANDBOX)).toEqual(['--insecure-registry', ...local]);
  expect(loginArgs({ name: 'podman' }, SANDBOX)).toEqual([
    ...['login', '--username', 'AWS', '--password-stdin', '--tls-verify=false', SANDBOX.host],
  ]);
  expect(logoutArgs(AWS)).toEqual(['logout', AWS.host]);
});

it('a push says what each engine has to be told', () => {
  const image = { reference: 'r/web:1', platform: 'linux/amd64' as const };
  expect(pushArgs({ name: 'docker' }, { ...image, insecure: true })).toEqual(['push', 'r/web:1']);
  expect(pushArgs({ name: 'podman' }, { ...image, insecure: false })).toEqual(['push', 'r/web:1']);
  expect(pushArgs({ name: 'podman' }, { ...image, insecure: true })).toEqual(['push', '--tls-verify=false', 'r/web:1']);
  expect(pushArgs({ name: 'nerdctl' }, { ...image, insecure: false })).toEqual([
    'push',
    '--platform',
    'linux/amd64',
    'r/web:1',
  ]);
  expect(pushArgs({ name: 'finch' }, { ...image, insecure: true })).toEqual([
    ...['--insecure-registry', 'push', '--platform', 'linux/amd64', 'r/web:1'],
  ]);
});

it('F-40: it is the daemon that is asked', () => {
  expect(probeArgs('docker')).toEqual(['version', '--format', '{{.Server.Version}}']);
  expect(probeArgs('podman')).toEqual(['info']);
});
