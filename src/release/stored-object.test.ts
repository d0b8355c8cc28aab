import { describe, expect, it } from 'vitest';
import { readAudit } from './audit-trail.ts';
import { readState } from './environment-state.ts';
import { readIntention } from './intention.ts';
import { changeLeases, readLeases } from './leases.ts';
import { readLedger } from './ledger.ts';
import { lookAtLock, takeLock } from './lock.ts';
import { readMigration } from './migration-record.ts';
import { readRelease } from './release-record.ts';
import type { ObjectStore } from './state-bucket.ts';

/** A bucket in which every object says the same, and that writes down what is written. */
function damaged(body: string) {
  const written: string[] = [];
  const write = async (key: string) => {
    written.push(key);
    return undefined;
  };
  const objects: ObjectStore = {
    bucket: 'platform-demo',
    get: async () => ({ body, etag: '"1"' }),
    put: write,
    putIfAbsent: write,
    putIfMatch: write,
    list: async (prefix) => [`${prefix}2026-11-29T00:00:00Z-x.json`],
  };
  return { objects, written };
}

const HOLDER = { principal: 'arn:aws:iam::111111111111:user/ada', host: 'laptop', command: 'deploy' };

/** Everything that lies in the state of an environment, and how it is read. */
const READERS: Record<string, (objects: ObjectStore) => Promise<unknown>> = {
  'audit/2026-11-29T00:00:00Z-x.json': (objects) => readAudit(objects, 'dev'),
  'state.json': (objects) => readState(objects, 'dev'),
  'intention.json': (objects) => readIntention(objects, 'dev'),
  'leases.json': (objects) => readLeases(objects, 'dev'),
  'ledger.json': (objects) => readLedger(objects, 'dev'),
  'lock.json': (objects) => lookAtLock({ objects, environment: 'dev', now: () => 0 }),
  'migration.json': (objects) => readMigration(objects, 'dev'),
  'releases/a.json': (objects) => readRelease(objects, 'dev', 'a'),
};

describe('an object of the state bucket that cannot be read', () => {
  const BODIES = { cut: '{"id":"a","prin', empty: '', 'another version': '{"version":9,"stacks":7}', 'no object': '7' };
  for (const [what, body] of Object.entries(BODIES))
    it.each(Object.entries(READERS))(`${what}: %s is named with its address and what to type`, async (name, read) => {
      const key = `environments/dev/${name}`;
      const { objects } = damaged(body);
      await expect(read(objects)).rejects.toMatchObject({
        id: 'state-unreadable',
        kind: 'failed',
        message: expect.stringContaining(`s3://platform-demo/${key} cannot be read: `),
        remedy: expect.stringContaining(`delete-object --bucket platform-demo --key ${key} --version-id`),
      });
    });

  it('is not written over, not even by a lock or a lease', async () => {
    const { objects, written } = damaged('{');
    const place = { objects, environment: 'dev', now: () => 0 };
    await expect(takeLock(place, HOLDER)).rejects.toMatchObject({ id: 'state-unreadable' });
    await expect(changeLeases(objects, 'dev', () => [])).rejects.toMatchObject({ id: 'state-unreadable' });
    expect(written).toEqual([]);
  });

  it('says what was wrong with it', async () => {
    const said = (body: string) => readIntention(damaged(body).objects, 'dev').catch(({ message }) => message);
    expect(await said('')).toContain('it is empty');
    expect(await said('{')).toContain('it is no JSON');
    expect(await said('{"id":1}')).toContain('id is not what it should be');
  });
});
