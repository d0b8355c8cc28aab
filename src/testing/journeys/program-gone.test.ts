import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { REPOSITORY, runProgram } from './built-program.ts';

it('an upgrade that takes the files of a running program away ends it with its last words', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'program-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const part of ['bin', 'dist', 'package.json'])
    cpSync(join(REPOSITORY, part), join(folder, part), { recursive: true });
  symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'));
  rmSync(join(folder, 'dist', 'src', 'cli', 'report-failure.js'));

  const bin = join(folder, 'bin', 'platform.js');
  const { exitCode, stdout, stderr } = await runProgram(process.execPath, [bin, 'status', '--json'], { cwd: folder });
  expect(exitCode, stderr).toBe(70);
  expect(stderr).toContain('could not be reported: Cannot find module');
  expect(stderr).toContain('fix: install platform again; platform status then shows how things stand');
  expect(JSON.parse(stdout)).toMatchObject({ error: { id: 'bug', kind: 'bug' } });
});
