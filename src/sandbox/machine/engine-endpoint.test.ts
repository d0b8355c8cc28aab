import { expect, it } from 'vitest';
import { engineEndpoint, parseEndpoint } from './engine-endpoint.ts';

it.each([
  ['unix:///run/user/1000/docker.sock', { socketPath: '/run/user/1000/docker.sock' }],
  ['npipe:////./pipe/docker_engine', { socketPath: '\\\\.\\pipe\\docker_engine' }],
  ['tcp://127.0.0.1:2375', { host: '127.0.0.1', port: 2375 }],
  ['tcp://[::1]:2375', { host: '::1', port: 2375 }],
  ['tcp://build.example.com:2376', undefined],
  ['ssh://me@build.example.com', undefined],
])('%s is %o', (address, endpoint) => {
  expect(parseEndpoint(address)).toEqual(endpoint);
});

it('is none when none is wanted, whatever DOCKER_HOST says', async () => {
  const DOCKER_HOST = 'unix:///var/run/docker.sock';
  for (const PLATFORM_CONTAINER_ENGINE of ['none', 'nerdctl', 'finch'])
    expect(await engineEndpoint({ DOCKER_HOST, PLATFORM_CONTAINER_ENGINE })).toBeUndefined();
});
