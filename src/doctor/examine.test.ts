import { expect, it } from 'vitest';
import type { Context } from '../context.ts';
import { PlatformError } from '../errors/platform-error.ts';
import type { Check } from './check.ts';
import { examine } from './examine.ts';
import { ok, sick } from './finding.ts';
import { Scene } from './scene.ts';

/** Time passes when somebody looks: each sleep ends at once, in the order of its length. */
function contextOf(rows: string[] = []): Context {
  const sleeping: { ms: number; wake: () => void }[] = [];
  return {
    signal: new AbortController().signal,
    clock: {
      now: () => 0,
      sleep: (ms: number, signal?: AbortSignal) =>
        new Promise<void>((resolve, reject) => {
          sleeping.push({ ms, wake: resolve });
          signal?.addEventListener('abort', () => reject(signal.reason));
          setImmediate(() => {
            sleeping.sort((a, b) => a.ms - b.ms);
            sleeping.shift()?.wake();
          });
        }),
    },
    reporter: {
      tree: (_: string, work: (tree: unknown) => Promise<unknown>) =>
        work({ row: (id: string, row: { detail: string }) => rows.push(`${id}: ${row.detail}`) }),
    },
  } as unknown as Context;
}

const check = (id: string, run: Check['run'], needs: string[] = []): Check => ({
  id,
  title: `${id} is well`,
  group: 'this machine',
  needs,
  run,
});
const examined = async (checks: Check[], rows?: string[]) =>
  (await examine(checks, new Scene(contextOf(rows)), 'Looking')).map((one) => [one.check.id, one.findings] as const);

const ill = sick({
  severity: 'error',
  detail: 'ill',
  evidence: [{ call: 'c', read: 'r', value: 'v' }],
  remedy: 'rest',
});

it('runs what nothing hinders, in the order of the registry whatever comes first', async () => {
  const found = await examined([
    check('slow', async () => {
      await new Promise((resolve) => setImmediate(resolve));
      return ok('slowly');
    }),
    check('quick', async () => ok('at once')),
  ]);
  expect(found.map(([id]) => id)).toEqual(['slow', 'quick']);
});

it('leaves out what stands on something sick, unknown or not looked at, and says on what', async () => {
  const found = await examined([
    check('a', async () => ill),
    check('b', async () => ok('never reached'), ['a']),
    check('c', async () => ok('never reached'), ['b']),
    check('w', async () => ({ ...ill, severity: 'warning' })),
    check('d', async () => ok('reached'), ['w']),
    check('u', async () => ({ status: 'unknown', reason: 'no answer' })),
    check('e', async () => ok('never reached'), ['u']),
    { ...check('s', async () => ill), bearable: () => true },
    check('f', async () => ok('looked at all the same'), ['s']),
  ]);
  const reasons = Object.fromEntries(found.map(([id, [first]]) => [id, first]));
  expect(reasons.b).toEqual({ status: 'skipped', reason: 'this has to be so first: a is well' });
  expect(reasons.c).toEqual(reasons.b);
  expect(reasons.d).toEqual({ status: 'ok', detail: 'reached' });
  expect(reasons.f).toMatchObject({ status: 'ok' });
  expect(reasons.e).toEqual({ status: 'skipped', reason: 'not known whether this is so: u is well' });
});

it('makes a result of a check that throws, and the others go on', async () => {
  const error = (id: string, message: string) => new PlatformError({ id, kind: 'failed', message, remedy: 'mend it' });
  const found = await examined([
    check('bug', () => Promise.reject(new TypeError('PASSWORD=hunter2 of undefined'))),
    check('ours', () => Promise.reject(error('state-unreadable', 'The state cannot be read'))),
    check('denied', () => Promise.reject(error('aws-access-denied', 'AWS denied ecs:DescribeTasks. AWS says: no'))),
    check('throttled', () => Promise.reject(error('aws-throttled', 'AWS still throttles it'))),
    check('well', async () => ok('fine')),
  ]);
  const by = Object.fromEntries(found.map(([id, [first]]) => [id, first]));
  expect(by.bug).toMatchObject({ status: 'problem', severity: 'error', remedy: expect.stringContaining('report it') });
  expect(JSON.stringify(by.bug)).not.toContain('hunter2');
  expect(by.ours).toMatchObject({ status: 'problem', detail: 'The state cannot be read', remedy: 'mend it' });
  expect(by.denied).toMatchObject({ status: 'unknown', permission: 'ecs:DescribeTasks' });
  expect(by.throttled).toMatchObject({ status: 'unknown' });
  expect(by.well).toEqual({ status: 'ok', detail: 'fine' });
});

it('waits for no check longer than it may take, and says what a slow one waits for', async () => {
  const rows: string[] = [];
  const found = await examined(
    [
      check('hangs', (_, say) => {
        say('ecs:DescribeTasks');
        return new Promise(() => {});
      }),
      check('well', async () => ok('fine')),
    ],
    rows,
  );
  expect(found[0]![1]).toEqual([{ status: 'unknown', reason: 'no answer within 20 s, waiting for ecs:DescribeTasks' }]);
  expect(found[1]![1]).toEqual([{ status: 'ok', detail: 'fine' }]);
  expect(rows).toEqual(['hangs: waiting for ecs:DescribeTasks', 'hangs: ']);
});
