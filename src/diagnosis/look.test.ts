import { expect, it } from 'vitest';
import { systemClock } from '../cli/system-clock.ts';
import { PlatformError } from '../errors/platform-error.ts';
import { look, seen, unseenOf } from './look.ts';
import { evidenceOf } from './shown-evidence.ts';

const powers = { clock: systemClock, signal: new AbortController().signal };
const secret = { what: 'secret dev/app', call: 'secretsmanager:DescribeSecret' };
const error = (id: string) => new PlatformError({ id, kind: 'failed', message: 'no', remedy: 'do' });

it('tells what is there from what is not', async () => {
  const there = await look(powers, secret, async () => 'app');
  expect(there).toEqual({ state: 'found', value: 'app' });
  expect(seen(there)).toBe('app');
  expect(await look(powers, secret, async () => undefined)).toEqual({ state: 'absent' });
});

it('says which permission is missing, and claims nothing', async () => {
  const denied = await look(powers, secret, () => Promise.reject(error('aws-access-denied')));
  expect(unseenOf([denied])).toEqual([
    { what: 'secret dev/app', permission: 'secretsmanager:DescribeSecret', reason: 'no' },
  ]);
  expect(seen(denied)).toBeUndefined();
});

it('does not wait for a call that gives no answer', async () => {
  const late = await look(powers, { ...secret, forMs: 5 }, () => new Promise(() => {}));
  expect(unseenOf([late])[0]?.reason).toBe('secretsmanager:DescribeSecret gave no answer within 0 s');
});

it('does not hide credentials that have ended, nor a bug of ours', async () => {
  await expect(look(powers, secret, () => Promise.reject(error('aws-session-expired')))).rejects.toThrow('no');
  await expect(look(powers, secret, () => Promise.reject(new TypeError('bug')))).rejects.toThrow('bug');
});

it('shows a value as evidence without what is secret in it', () => {
  expect(evidenceOf('ecs:DescribeTasks', 'tasks[0].stoppedReason', 'PASSWORD=hunter2 \u001b[31m')).toEqual({
    call: 'ecs:DescribeTasks',
    read: 'tasks[0].stoppedReason',
    value: 'PASSWORD=***',
  });
  expect(evidenceOf('ecs:DescribeTasks', 'tasks[0].containers[0].exitCode', undefined).value).toBe('absent');
});
