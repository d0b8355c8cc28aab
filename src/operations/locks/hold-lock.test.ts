import { expect, it } from 'vitest';
import { askToCancel, breakLock, lookAtLock, takeLock } from '../../release/lock.ts';
import type { ObjectStore } from '../../release/state-bucket.ts';
import { waitFor } from '../wait-for.ts';
import { keepHeld } from './hold-lock.ts';

function store(): ObjectStore {
  let held: { body: string; etag: string } | undefined;
  let writes = 0;
  const write = async (body: string) => {
    writes += 1;
    held = { body, etag: `"${writes}"` };
    return held.etag;
  };
  return {
    bucket: 'state',
    get: async () => held,
    put: async (_, body) => void (await write(body)),
    putIfAbsent: async (_, body) => (held ? undefined : write(body)),
    putIfMatch: async (_, body, etag) => (held?.etag === etag ? write(body) : undefined),
    list: async () => [],
  };
}

/** Sleeps take no time, but let others run; an aborted one rejects as a real one does. */
const clock = {
  now: () => 0,
  sleep: async (_: number, signal?: AbortSignal) => {
    await new Promise((done) => setImmediate(done));
    signal?.throwIfAborted();
  },
};

async function held() {
  const place = { objects: store(), environment: 'dev', now: clock.now };
  const taken = await takeLock(place, { principal: 'ada', host: 'laptop', command: 'deploy' });
  const session = { clock, environment: { name: 'dev' }, reporter: {}, target: { sandbox: true } };
  const lock = keepHeld(session as unknown as Parameters<typeof keepHeld>[0], taken, () => new Error('lost') as never);
  return { place, id: taken.lock.id, lock };
}

const forever = (signal: AbortSignal) => waitFor({ clock, everyMs: 1, signal }, async () => undefined);

it('what heeds a lock is ended by whoever leaves word in it, between two beats (F-06)', async () => {
  const { place, id, lock } = await held();
  const working = lock.heed(forever);
  await askToCancel(place, id, { principal: 'grace', host: 'desk', at: 1 });
  await expect(working).rejects.toMatchObject({ id: 'deploy-cancelled-by', message: expect.stringContaining('grace') });
  await lock.release();
});

it('and when the lock is lost; work that ends by itself is not disturbed', async () => {
  const { place, lock } = await held();
  expect(await lock.heed(async () => 'done')).toBe('done');
  const working = lock.heed(forever);
  await breakLock(place, (await lookAtLock(place))!);
  await expect(working).rejects.toThrow('lost');
  await lock.release();
});
