import { expect, it } from 'vitest';
import { spawnPlatform } from '../testing/spawn-platform.ts';

const YAML = 'project: demo\nqueues: { jobs: {} }\nenvironments: { local: { kind: local } }\n';

it('S4-100: status looks at the server of the sandbox without starting it, and down ends it with its state', async () => {
  const { platform } = spawnPlatform(YAML);
  const run = async (words: string) => {
    const { exitCode, stdout, stderr } = await platform([...words.split(' '), '--json']);
    expect({ words, exitCode, stderr }).toMatchObject({ words, exitCode: 0 });
    return JSON.parse(stdout);
  };
  const asleep = {
    environment: 'local',
    emulator: { kind: 'sandbox', endpoint: null, running: false },
    containers: [],
  };
  expect(await run('local status')).toEqual(asleep);
  const { endpoint } = await run('sandbox serve --detach');
  expect((await run('local status')).emulator).toEqual({ kind: 'sandbox', endpoint, running: true });
  // What it lives on is that server, in an account of its own.
  expect(await run('local urls')).toEqual({ environment: 'local', urls: [{ component: 'emulator', url: endpoint }] });
  expect(await run('local down')).toMatchObject({ sandbox: true, containers: false, volumes: false });
  expect(await run('local status')).toEqual(asleep);
  expect(await run('local down')).toMatchObject({ sandbox: false });
});
