import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../cli/system-clock.ts';
import { Recorder } from './recorder.ts';

const FACTS = {
  id: '20261129T220000Z-0001',
  command: 'deploy',
  environment: 'dev',
  sandbox: true,
  account: '111111111111',
  region: 'us-east-1',
  version: '1.0.0',
  startedAt: '2026-11-29T22:00:00.000Z',
};

function open(facts: Partial<typeof FACTS> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'platform-runs-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const directory = join(home, 'runs');
  const warnings: string[] = [];
  const warn = (text: string) => void warnings.push(text);
  const mask = (text: string) => text.replaceAll('known-secret', '[secret]');
  const recorder = new Recorder({ directory, clock: systemClock, warn, mask }, { ...FACTS, ...facts });
  const file = () => join(directory, recorder.id, 'run.json');
  return { directory, recorder, warnings, file, text: () => readFileSync(file(), 'utf8') };
}

it('writes nothing as long as there is nothing to keep', async () => {
  const { recorder, directory } = open();
  await recorder.done();
  expect(() => statSync(directory)).toThrow('ENOENT');
});

it('writes as it goes, for its owner alone, under the name of the release', async () => {
  const { recorder, file, text } = open();
  recorder.release('20261129T220105Z-0002');
  recorder.saw({ kind: 'act', text: 'began' });
  // The process may be killed now.
  await expect
    .poll(() => JSON.parse(text()), { timeout: 20_000 })
    .toMatchObject({ outcome: 'running', endedAt: null, seen: [{ text: 'began' }] });
  recorder.release('too late');
  await recorder.done();
  expect(file()).toContain('20261129T220105Z-0002');
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(JSON.parse(text())).toMatchObject({ id: '20261129T220105Z-0002', outcome: 'done' });
});

it('keeps the newest of what is too much, below a megabyte, and says how much it left out', async () => {
  const { recorder, text } = open();
  const lines = Array.from({ length: 40 }, () => 'x '.repeat(900));
  for (let n = 0; n < 60; n += 1)
    recorder.saw({ kind: 'log', service: 'web', task: String(n), container: 'app', lines });
  await recorder.done();
  expect(text().length).toBeLessThan(1024 * 1024);
  const { seen, dropped } = JSON.parse(text());
  expect(dropped).toBeGreaterThan(20);
  expect(seen.length + dropped).toBe(60);
  expect(seen.at(-1).task).toBe('59');
});

it('writes neither secrets nor escapes, whatever a container says', async () => {
  const { recorder, text } = open();
  const lines = [
    'DATABASE_URL=postgres://app:canary-1@db/app',
    '{"api_key": "canary-2"}',
    'the value known-secret stands alone',
    '\u001b]0;owned\u0007\u001b[2J\u202eevil',
    `Bearer canary-3 ${'y'.repeat(3_000_000)}`,
    '\ufffd\ufffd broken',
  ];
  recorder.saw({ kind: 'log', service: 'web', task: 'a', container: 'app', lines });
  await recorder.failed({
    id: 'x',
    kind: 'failed',
    message: 'password=canary-4',
    remedy: 'do',
    problems: [],
    causes: [],
    unseen: [],
  });
  expect(text()).not.toMatch(/canary|known-secret/);
  expect(text()).not.toMatch(/\\u001b|\\u202e|\u001b|\u202e/);
  expect(text().length).toBeLessThan(12_000);
  expect(text()).toContain('broken');
});

it('keeps twenty runs, and leaves what it does not know alone', async () => {
  const { recorder, directory } = open();
  for (let n = 0; n < 30; n += 1)
    mkdirSync(join(directory, `${n % 2 ? 'image-' : ''}202610${String(n + 1).padStart(2, '0')}T000000Z-0000`), {
      recursive: true,
    });
  mkdirSync(join(directory, 'notes'));
  recorder.saw({ kind: 'act', text: 'began' });
  await recorder.done();
  const left = readdirSync(directory);
  expect(left).toHaveLength(21);
  expect(left).toEqual(expect.arrayContaining(['notes', FACTS.id, '20261029T000000Z-0000']));
  expect(left).not.toContain('20261009T000000Z-0000');
});

it('fails nothing where it cannot write, and says so once', async () => {
  const { recorder, directory, warnings } = open();
  mkdirSync(join(directory, '..'), { recursive: true });
  writeFileSync(directory, 'a file');
  chmodSync(directory, 0o400);
  recorder.saw({ kind: 'act', text: 'began' });
  await recorder.done();
  recorder.saw({ kind: 'act', text: 'more' });
  await recorder.done();
  expect(warnings).toEqual([expect.stringContaining('cannot be kept')]);
});
