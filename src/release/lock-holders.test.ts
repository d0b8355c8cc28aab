import fc from 'fast-check';
import { expect, it } from 'vitest';
import { breakLock, lookAtLock, STALE_AFTER_MS, type TakenLock, takeLock } from './lock.ts';
import type { ObjectStore } from './state-bucket.ts';

/** One object with S3's conditions; every write has another etag, as that of another body has. */
function store(): ObjectStore {
  let held: { body: string; etag: string } | undefined;
  let writes = 0;
  const write = async (body: string) => {
    writes += 1;
    held = { body, etag: `"${writes}"` };
    return held.etag;
  };
  return {
    get: async () => held,
    put: async (_, body) => void (await write(body)),
    bucket: 'state',
    putIfAbsent: async (_, body) => (held ? undefined : write(body)),
    putIfMatch: async (_, body, etag) => (held?.etag === etag ? write(body) : undefined),
    list: async () => [],
  };
}

const ACTORS = 3;
const step = fc.oneof(
  fc.record({ do: fc.constant('take' as const), actor: fc.nat(ACTORS - 1) }),
  fc.record({ do: fc.constant('beat' as const), actor: fc.nat(ACTORS - 1) }),
  fc.record({ do: fc.constant('release' as const), actor: fc.nat(ACTORS - 1) }),
  fc.record({ do: fc.constant('die' as const), actor: fc.nat(ACTORS - 1) }),
  fc.record({ do: fc.constant('see' as const), actor: fc.nat(ACTORS - 1) }),
  fc.record({ do: fc.constant('break' as const), actor: fc.nat(ACTORS - 1) }),
  fc.record({ do: fc.constant('pass' as const), ms: fc.nat(STALE_AFTER_MS) }),
);

it('whatever anybody does and in whatever order, no two believe that they hold it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      let time = 1_000_000;
      const dead = new Set<number>();
      let pid = 0;
      const place = {
        objects: store(),
        now: () => time,
        environment: 'dev',
        isAlive: (process: { pid: number }) => !dead.has(process.pid),
      };
      const held = new Map<number, TakenLock>();
      const seen = new Map<number, NonNullable<Awaited<ReturnType<typeof lookAtLock>>>>();
      for (const one of steps) {
        if (one.do === 'pass') time += one.ms;
        else if (one.do === 'take') {
          pid += 1;
          const holder = { principal: `${one.actor}`, host: 'h', command: 'deploy', process: { pid } };
          const taken = await takeLock(place, holder).catch(() => undefined);
          if (taken) held.set(one.actor, taken);
        } else if (one.do === 'beat') await held.get(one.actor)?.beat();
        else if (one.do === 'release') {
          await held.get(one.actor)?.release();
          held.delete(one.actor);
        } else if (one.do === 'die') {
          const lock = held.get(one.actor);
          if (lock) dead.add(lock.lock.process!.pid);
          held.delete(one.actor);
        } else if (one.do === 'see') {
          const look = await lookAtLock(place);
          if (look) seen.set(one.actor, look);
        } else {
          const look = seen.get(one.actor);
          if (look) await breakLock(place, look);
        }
        const believers = await Promise.all([...held.values()].map((lock) => lock.beat()));
        expect(believers.filter(Boolean).length).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 300 },
  );
});
