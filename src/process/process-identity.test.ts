import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { isAlive, ownProcess } from './process-identity.ts';

const ended = async (): Promise<number> => {
  const child = spawn(process.execPath, ['-e', '']);
  const pid = child.pid!;
  await once(child, 'close');
  return pid;
};

it('knows that a process lives, and that it has ended', async () => {
  const own = ownProcess();
  expect(isAlive(own)).toBe(true);
  expect(isAlive({ ...own, pid: await ended() })).toBe(false);
});

it('does not take a later process of the same number for the one that ended', () => {
  const own = ownProcess();
  expect(own.began).toMatch(/^\d+$/);
  expect(isAlive({ ...own, began: String(Number(own.began) - 1) })).toBe(false);
});

it('says nothing of a process on another machine or in another container, whatever its number', async () => {
  const { pid, began, space } = ownProcess();
  expect(isAlive({ pid, space: 'another boot/pid:[4026531836]' })).toBeUndefined();
  expect(isAlive({ pid: await ended(), space: `${space}1` })).toBeUndefined();
  expect(isAlive({ pid, ...(began ? { began } : {}) })).toBeUndefined();
});
