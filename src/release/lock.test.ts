import { describe, expect, it } from 'vitest';
import { Aws } from '../aws/aws.ts';
import { startSandbox } from '../testing/start-sandbox.ts';
import { askToCancel, BEAT_EVERY_MS, breakLock, lockHolder, lookAtLock, takeLock } from './lock.ts';
import { objectsIn, stateBucketName } from './state-bucket.ts';

const holder = (host: string) => ({ principal: 'arn:aws:iam::111111111111:user/ops', host, command: 'deploy' });

async function setUp() {
  const sandbox = await startSandbox({ account: '111111111111' });
  const aws = new Aws({
    account: '111111111111',
    region: 'us-east-1',
    credentials: async () => sandbox.credentials,
    endpoint: sandbox.endpoint,
    fenced: true,
    variables: {},
  });
  const bucket = stateBucketName({ project: 'shop', account: '111111111111', region: 'us-east-1' });
  await aws.s3.createPrivateBucket(bucket);
  const objects = objectsIn(aws.s3, bucket);
  let time = 1_000_000;
  const now = () => time;
  const pass = (ms: number) => {
    time += ms;
  };
  const place = { objects, now, environment: 'dev' };
  const take = (host: string) => takeLock(place, holder(host));
  return { objects, place, take, pass, sandbox };
}

describe('the lock of an environment', () => {
  it('is held by one, told to the other with exit 8, and free after its release', async () => {
    const { objects, take } = await setUp();
    const first = await take('laptop');
    await expect(take('ci')).rejects.toMatchObject({
      id: 'environment-locked',
      exitCode: 8,
      message: expect.stringContaining('laptop'),
    });
    expect(await lockHolder(objects, 'dev')).toMatchObject({ host: 'laptop' });
    await first.release();
    expect(await lockHolder(objects, 'dev')).toBeUndefined();
    expect((await take('ci')).lock.host).toBe('ci');
  });

  it('is won by exactly one of many that try at once, first and later', async () => {
    const { take } = await setUp();
    for (const round of [1, 2]) {
      const tries = await Promise.allSettled(Array.from({ length: 8 }, (_, index) => take(`host-${round}-${index}`)));
      const won = tries.filter((one) => one.status === 'fulfilled');
      expect(won).toHaveLength(1);
      await won[0]!.value.release();
    }
  });

  it('stays with a holder whose heart beats, and is broken by one of many when it stops', async () => {
    const { take, pass } = await setUp();
    const first = await take('laptop');
    pass(4 * BEAT_EVERY_MS);
    expect(await first.beat()).toBe(true);
    pass(4 * BEAT_EVERY_MS);
    await expect(take('ci')).rejects.toMatchObject({ id: 'environment-locked' });
    pass(2 * BEAT_EVERY_MS);
    const tries = await Promise.allSettled(['a', 'b', 'c', 'd'].map(take));
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(await first.beat()).toBe(false);
    await first.release();
    await expect(take('e')).rejects.toMatchObject({ id: 'environment-locked' });
  });

  it('is free at once when the process of its holder is known to have ended', async () => {
    const { place } = await setUp();
    const process = { pid: 4711, began: '1', space: 'here' };
    const first = await takeLock(place, { ...holder('laptop'), process });
    await expect(takeLock({ ...place, isAlive: () => undefined }, holder('ci'))).rejects.toMatchObject({
      id: 'environment-locked',
      message: expect.stringContaining('laptop (process 4711)'),
    });
    await expect(takeLock({ ...place, isAlive: () => true }, holder('ci'))).rejects.toThrow();
    const dead = { ...place, isAlive: ({ pid }: { pid: number }) => pid !== 4711 };
    const tries = await Promise.allSettled(['a', 'b', 'c', 'd'].map((host) => takeLock(dead, holder(host))));
    expect(tries.filter((one) => one.status === 'fulfilled')).toHaveLength(1);
    expect(await first.beat()).toBe(false);
  });

  it('is broken by one of two that saw the same, and not by one who saw it before its last beat', async () => {
    const { place, take, pass } = await setUp();
    const first = await take('laptop');
    const seen = (await lookAtLock(place))!;
    pass(1);
    await first.beat();
    expect(await breakLock(place, seen)).toBe(false);
    const anew = (await lookAtLock(place))!;
    const tries = await Promise.all([1, 2, 3].map(() => breakLock(place, anew)));
    expect(tries.filter(Boolean)).toHaveLength(1);
    expect(await first.beat()).toBe(false);
    expect(await lookAtLock(place)).toBeUndefined();
  });

  it('carries word to its holder, who keeps it and hears it at the next beat', async () => {
    const { place, take } = await setUp();
    const first = await take('laptop');
    const word = { principal: 'anna', host: 'ci', at: 1 };
    expect(await askToCancel(place, first.lock.id, word)).toBe(true);
    expect(first.cancelled()).toBeUndefined();
    expect(await first.beat()).toBe(true);
    expect(first.cancelled()).toEqual(word);
    await first.release();
    expect(await askToCancel(place, first.lock.id, word)).toBe(false);
    expect((await take('ci')).cancelled()).toBeUndefined();
  });

  it('is not lost by an answer that is', async () => {
    const { sandbox, place, take } = await setUp();
    await (await take('laptop')).release();
    const cut = () => sandbox.faults.push({ service: 's3', operation: 'PutObject', with: 'cut-after' });
    cut();
    const first = await take('laptop');
    cut();
    expect(await first.beat()).toBe(true);
    cut();
    await first.release();
    expect(await lookAtLock(place)).toBeUndefined();
  });

  it('is one of several of an environment', async () => {
    const { place } = await setUp();
    const migrations = { ...place, name: 'migration-lock' };
    await takeLock(place, holder('laptop'));
    const other = await takeLock(migrations, holder('ci'));
    expect((await lookAtLock(migrations))?.lock.id).toBe(other.lock.id);
  });
});

describe('the bucket of the state', () => {
  it('has a name within S3’s limits for the longest project and region', () => {
    const name = stateBucketName({ project: 'a'.repeat(31), account: '111111111111', region: 'ap-southeast-1' });
    expect(name.length).toBeLessThanOrEqual(63);
    expect(name).toMatch(/^[a-z0-9][a-z0-9-]+-111111111111-ap-southeast-1$/);
  });
});
