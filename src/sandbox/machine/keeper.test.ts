import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { takeLock } from '../server-lock.ts';

const KEEPER = fileURLToPath(new URL('./keeper.ts', import.meta.url));

function keep(directory: string, patience: string) {
  const words = [KEEPER, '--directory', directory, '--patience', patience];
  const env = { ...process.env, PLATFORM_CONTAINER_ENGINE: 'none' };
  const child = spawn(process.execPath, words, { stdio: ['pipe', 'ignore', 'inherit'], env });
  return { child, ended: once(child, 'exit') };
}

it('stays as long as its server lives, and goes when another has taken over', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'keeper-'));
  const { child, ended } = keep(directory, '60');
  await wait(500);
  expect(child.exitCode).toBeNull();
  takeLock(directory);
  child.stdin!.end();
  expect(await ended).toEqual([0, null]);
});

it('ends its work when its patience is over and nobody has taken over', async () => {
  const { child, ended } = keep(mkdtempSync(join(tmpdir(), 'keeper-')), '0.1');
  child.stdin!.end();
  expect(await ended).toEqual([0, null]);
});
