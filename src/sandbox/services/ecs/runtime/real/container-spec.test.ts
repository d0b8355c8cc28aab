import { expect, it } from 'vitest';
import { type ContainerPlan, containerName, containerSpec } from './container-spec.ts';

const PLAN: ContainerPlan = {
  owner: '/project/.platform/sandbox',
  task: '111111111111/us-east-1/shop/0123',
  container: {
    name: 'web',
    command: ['serve'],
    stopTimeout: 5,
    ulimits: [{ name: 'nofile', softLimit: 1, hardLimit: 2 }],
  },
  image: '127.0.0.1:4000/web@sha256:00',
  environment: { KEY: 'two\nlines', EMPTY: '' },
  cpuUnits: 512,
  memoryMiB: 1024,
  ports: [8000],
};
const MIB = 1024 * 1024;

it('publishes the ports of a task on loopback alone, at any free port', () => {
  const spec = containerSpec(PLAN, { cpus: 2, network: 'bridge' });
  expect(spec).toMatchObject({
    Image: '127.0.0.1:4000/web@sha256:00',
    Env: ['KEY=two\nlines', 'EMPTY='],
    Cmd: ['serve'],
    StopTimeout: 5,
    ExposedPorts: { '8000/tcp': {} },
    HostConfig: {
      NetworkMode: 'bridge',
      PortBindings: { '8000/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] },
      NanoCpus: 5e8,
      Memory: 1024 * MIB,
      MemorySwap: 1024 * MIB,
      Ulimits: [{ Name: 'nofile', Soft: 1, Hard: 2 }],
    },
  });
  expect(spec).not.toHaveProperty('Entrypoint');
});

it('shares the network of the first container, which alone publishes', () => {
  const spec = containerSpec({ ...PLAN, network: 'abc' }, { cpus: 2, network: 'bridge' });
  expect(spec.HostConfig.NetworkMode).toBe('container:abc');
  expect(spec.HostConfig).not.toHaveProperty('PortBindings');
});

it('publishes nothing where the machine’s own network is used', () => {
  for (const network of [undefined, 'abc']) {
    const spec = containerSpec({ ...PLAN, network }, { cpus: 2, network: 'host' });
    expect(spec.HostConfig.NetworkMode).toBe('host');
    expect(spec.HostConfig).not.toHaveProperty('PortBindings');
  }
});

it('asks for no more processors than the engine has, and for the container’s own memory', () => {
  const container = { ...PLAN.container, memory: 256, memoryReservation: 128 };
  const { HostConfig } = containerSpec({ ...PLAN, container, cpuUnits: 4096 }, { cpus: 2, network: 'bridge' });
  expect(HostConfig).toMatchObject({ NanoCpus: 2e9, Memory: 256 * MIB, MemoryReservation: 128 * MIB });
});

it('is named for its task in a way that engines take', () => {
  expect(containerName('shop-web', '0123456789abcdef', 'web')).toBe('platform-shop-web-01234567-web');
});
