import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { controlSandbox, findSandbox } from '../../sandbox/connect.ts';
import { smallYaml } from '../deployable.ts';
import { type SpawnedPlatform, spawnPlatform } from '../spawn-platform.ts';

vi.setConfig({ testTimeout: 180_000 });

const SLOW = 0.01;

/** Starts a deployment in a process of its own, and answers when it says this; then time all but stands still. */
async function deployUntil(project: SpawnedPlatform, says: RegExp, speed = SLOW) {
  const child = project.start(['deploy', '--env', 'sandbox', '--yes', '--speed', String(speed)]);
  let stderr = '';
  const closed = once(child, 'close');
  await new Promise<void>((said) => {
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
      if (says.test(stderr)) said();
    });
    void closed.then(() => said());
  });
  const server = await findSandbox({ directory: join(project.directory, '.platform', 'sandbox') });
  if (speed > SLOW) await controlSandbox(server!, 'configure', { speed: SLOW });
  return { child, closed, stderr: () => stderr };
}

const serverOf = ({ directory }: SpawnedPlatform): number =>
  JSON.parse(readFileSync(join(directory, '.platform', 'sandbox', 'server.json'), 'utf8')).pid;

it('two at once, a killed one, a sandbox that ends: each says what is, and the next goes on at once (D14, F-133)', async () => {
  const project = spawnPlatform(smallYaml('buckets: { files: {} }\nqueues: { jobs: {} }'));
  const json = async (words: string) => {
    const { stdout, exitCode } = await project.platform([...words.split(' '), '--env', 'sandbox', '--json']);
    return { ...JSON.parse(stdout), exitCode };
  };
  await project.platform(['bootstrap', '--env', 'sandbox', '--yes']);

  // Before its first resource is begun a second passes, of AWS's time.
  const first = await deployUntil(project, /^ +\S.*(jobs|files)/m, 10 * SLOW);
  const second = await json('deploy --yes');
  expect(second.exitCode).toBe(8);
  expect(second.error.id).toBe('environment-locked');
  expect(second.error.message).toContain(`(process ${first.child.pid}) has been running "deploy"`);

  first.child.kill('SIGKILL');
  await first.closed;
  expect(await json('lock status')).toMatchObject({
    held: true,
    stale: true,
    holder: { pid: first.child.pid, command: 'deploy', standing: 'dead' },
  });

  // It waits for what the killed one had begun, and then the server ends under it.
  const third = await deployUntil(project, /Waiting for/);
  process.kill(serverOf(project), 'SIGKILL');
  expect((await third.closed)[0]).toBe(1);
  expect(third.stderr()).toContain('id: sandbox-gone');
  expect(third.stderr()).not.toContain('ECONNREFUSED');

  const { release, exitCode } = await json('deploy --yes --speed 100000');
  expect(exitCode).toBe(0);
  expect(release.id).toMatch(/^\d{8}T/);
  expect(await json('lock status')).toMatchObject({ held: false });
});
