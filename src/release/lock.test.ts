import { describe, expect, it } from 'vitest';
import { Aws } from '../aws/aws.ts';
import { startSandbox } from '../testing/start-sandbox.ts';
import { BEAT_EVERY_MS, lockHolder, takeLock } from './lock.ts';
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
  const take = (host: string) => takeLock({ objects, now, environment: 'dev' }, holder(host));
  return { objects, take, pass };
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
});

describe('the bucket of the state', () => {
  it('has a name within S3’s limits for the longest project and region', () => {
    const name = stateBucketName({ project: 'a'.repeat(31), account: '111111111111', region: 'ap-southeast-1' });
    expect(name.length).toBeLessThanOrEqual(63);
    expect(name).toMatch(/^[a-z0-9][a-z0-9-]+-111111111111-ap-southeast-1$/);
  });
});
