import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { ownProcess } from '../process/process-identity.ts';
import { readAudit } from '../release/audit-trail.ts';
import { type Lock, lookAtLock, takeLock } from '../release/lock.ts';
import { type Deployable, QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';
import { stateObjects } from '../testing/state-objects.ts';

const ANNA = { principal: 'arn:aws:iam::111111111111:user/anna', host: 'laptop', command: 'deploy', commit: 'c0ffee' };

const { commit: _, ...WHO } = ANNA;

const placeOf = ({ aws }: Deployable, now = Date.now) => ({ objects: stateObjects(aws), environment: 'dev', now });

async function deployed() {
  const project = await startDeployable({ yaml: smallYaml(QUEUE) });
  await project.succeed('deploy --env dev --yes');
  return project;
}

/** Of a process on this machine that was killed. */
async function deadProcess() {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  const identity = { ...ownProcess(), pid: child.pid! };
  child.kill('SIGKILL');
  await once(child, 'close');
  return identity;
}

describe('platform lock', () => {
  it('says who holds an environment, and frees it by its name only while the holder may be at work', async () => {
    const project = await deployed();
    expect((await project.succeed('lock status --env dev --json')).json()).toEqual({
      environment: 'dev',
      held: false,
      stale: false,
      holder: null,
    });
    const release = await project.succeed('lock release --env dev --json');
    expect(release.json()).toEqual({
      environment: 'dev',
      released: false,
      previous: null,
      unreadable: false,
      dryRun: false,
    });

    await takeLock(placeOf(project), { ...ANNA, process: ownProcess() });
    const { holder, ...rest } = (await project.succeed('lock status --env dev --json')).json();
    expect(rest).toEqual({ environment: 'dev', held: true, stale: false });
    expect(holder).toMatchObject({
      principal: ANNA.principal,
      host: 'laptop',
      pid: process.pid,
      command: 'deploy',
      commit: 'c0ffee',
      standing: 'alive',
    });
    expect((await project.succeed('lock status --env dev')).stdout).toContain('its process runs on this machine');

    project.forget();
    for (const flags of ['', '--yes', '--yes --confirm dev/locks', '--yes --confirm prod/lock']) {
      const { exitCode, stderr } = await project.platform(`lock release --env dev ${flags}`);
      expect(exitCode).toBe(2);
      expect(stderr).toContain('--confirm dev/lock');
    }
    expect((await project.platform('lock release --env dev', { answer: () => 'dev' })).exitCode).toBe(5);
    const dry = (await project.succeed('lock release --env dev --confirm dev/lock --dry-run --json')).json();
    expect(dry).toMatchObject({ released: false, dryRun: true });
    expect(project.writes()).toEqual([]);

    const freed = (await project.succeed('lock release --env dev --confirm dev/lock --json')).json();
    expect(freed).toMatchObject({ released: true, previous: { principal: ANNA.principal } });
    expect(project.writes()).toEqual(['s3:PutObject', 's3:PutObject']);
    expect(await readAudit(stateObjects(project.aws), 'dev')).toMatchObject([
      { event: 'lock-released', thing: 'lock', host: hostname(), holder: { ...WHO, standing: 'alive' } },
    ]);
    await project.succeed('deploy --env dev --yes');
  });

  it('replaces a lock that cannot be read by its name alone, and only the one that was seen', async () => {
    const project = await deployed();
    const objects = stateObjects(project.aws);
    const key = 'environments/dev/lock.json';
    await objects.put(key, '{"id":"cut');
    const refused = await project.platform('deploy --env dev --yes --json');
    expect(refused.json().error).toMatchObject({
      id: 'state-unreadable',
      remedy: expect.stringContaining('platform lock release --env dev replaces it'),
    });
    project.forget();
    const unnamed = await project.platform('lock release --env dev --yes');
    expect(unnamed.exitCode).toBe(2);
    expect(unnamed.stderr).toMatch(/lock.json cannot be read: it is no JSON.*\n?.*--confirm dev\/lock/);
    expect((await project.platform('lock release --env dev', { answer: () => 'dev' })).exitCode).toBe(5);
    const dry = await project.succeed('lock release --env dev --confirm dev/lock --dry-run');
    expect(dry.stdout).toBe('The lock of dev would be freed; nothing was changed\n');
    expect(project.writes()).toEqual([]);

    const late = await project.platform('lock release --env dev --json', {
      answer: async () => {
        await objects.put(key, 'somebody else');
        return 'dev/lock';
      },
    });
    expect([late.exitCode, late.json().error.id]).toEqual([1, 'lock-changed']);
    expect((await objects.get(key))!.body).toBe('somebody else');

    const freed = (await project.succeed('lock release --env dev --confirm dev/lock --json')).json();
    expect(freed).toEqual({ environment: 'dev', released: true, previous: null, unreadable: true, dryRun: false });
    expect(await readAudit(objects, 'dev')).toMatchObject([{ event: 'lock-released', holder: null }]);
    await project.succeed('deploy --env dev --yes');
  });

  it('frees a migration lock that nobody can read, by its name alone (F-88), when the lock of the environment is sound', async () => {
    const project = await deployed();
    const objects = stateObjects(project.aws);
    const key = 'environments/dev/migration-lock.json';
    await objects.put(key, '{"id":"cut');
    project.forget();
    for (const flags of ['--yes', '--confirm dev/lock']) {
      const refused = await project.platform(`lock release --env dev ${flags}`);
      expect(refused.exitCode).toBe(2);
      expect(refused.stderr).toContain('--confirm dev/migration-lock');
    }
    expect(project.writes()).toEqual([]);
    const freed = (await project.succeed('lock release --env dev --confirm dev/migration-lock --json')).json();
    expect(freed).toMatchObject({ released: true, unreadable: true, previous: null });
    expect(JSON.parse((await objects.get(key))!.body)).toMatchObject({ released: true });
    expect(await readAudit(objects, 'dev')).toMatchObject([{ event: 'lock-released', thing: 'migration-lock' }]);
    expect((await project.succeed('lock release --env dev --json')).json()).toMatchObject({ released: false });
  });

  it('frees a silent one after a yes', async () => {
    const project = await deployed();
    await takeLock(
      placeOf(project, () => Date.now() - 151_000),
      ANNA,
    );
    expect((await project.succeed('lock status --env dev --json')).json()).toMatchObject({
      stale: true,
      holder: { standing: 'silent', pid: null },
    });
    project.forget();
    expect((await project.platform('lock release --env dev')).exitCode).toBe(2);
    expect((await project.platform('lock release --env dev', { answer: () => false })).exitCode).toBe(5);
    expect(project.writes()).toEqual([]);
    await project.succeed('lock release --env dev --yes');
    expect((await project.succeed('lock status --env dev --json')).json()).toMatchObject({ held: false });
  });

  it('a holder on this machine whose process was killed holds nothing: the next deployment goes on at once', async () => {
    const project = await deployed();
    await takeLock(placeOf(project), { ...ANNA, process: await deadProcess() });
    expect((await project.succeed('lock status --env dev --json')).json()).toMatchObject({
      stale: true,
      holder: { standing: 'dead' },
    });
    project.configure(smallYaml('queues: { jobs: { visibilitySeconds: 99 } }'));
    await project.succeed('deploy --env dev --yes');
    expect(await lookAtLock(placeOf(project))).toBeUndefined();
  });

  it('a holder elsewhere of the same host name is not taken for dead', async () => {
    const project = await deployed();
    const elsewhere = { ...(await deadProcess()), space: 'another machine' };
    await takeLock(placeOf(project), { ...ANNA, process: elsewhere });
    project.configure(smallYaml('queues: { jobs: { visibilitySeconds: 99 } }'));
    const { exitCode, stderr } = await project.platform('deploy --env dev --yes');
    expect(exitCode).toBe(8);
    expect(stderr).toContain(`laptop (process ${elsewhere.pid})`);
  });

  it('a release that comes too late changes nothing', async () => {
    const project = await deployed();
    const lock = await takeLock(placeOf(project), ANNA);
    const { exitCode, json } = await project.platform('lock release --env dev --json', {
      answer: async () => {
        await lock.beat();
        return 'dev/lock';
      },
    });
    expect(exitCode).toBe(1);
    expect(json().error.id).toBe('lock-changed');
    const held = (await lookAtLock(placeOf(project)))!.lock as Lock;
    expect(held.id).toBe(lock.lock.id);
  });
});
