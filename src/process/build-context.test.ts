import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readBuildContext } from './build-context.ts';

function folderOf(files: Record<string, string>): string {
  const folder = mkdtempSync(join(tmpdir(), 'context-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  write(folder, { Dockerfile: 'FROM scratch\n', ...files });
  return folder;
}

function write(folder: string, files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const read = (folder: string, mostBytes?: number) =>
  readBuildContext({ folder, dockerfile: join(folder, 'Dockerfile'), ...(mostBytes ? { mostBytes } : {}) });

const FILES = { 'main.py': 'print(1)\n', 'lib/a.py': 'a\n' };

it('is the same for the same sources, wherever and whenever they were written', async () => {
  const one = folderOf(FILES);
  const other = folderOf(FILES);
  utimesSync(join(other, 'main.py'), 1, 1);
  expect(await read(one)).toEqual(await read(other));
  expect(await read(one)).toMatchObject({ files: 3, exact: true, holdsGit: false, secretFiles: [] });
});

it.each<[string, (folder: string) => void]>([
  ['a byte', (folder) => write(folder, { 'main.py': 'print(2)\n' })],
  ['a name', (folder) => write(folder, { 'new.py': '' })],
  ['the right to execute', (folder) => chmodSync(join(folder, 'main.py'), 0o755)],
  ['where a link leads', (folder) => symlinkSync('main.py', join(folder, 'link'))],
  ['the Dockerfile', (folder) => write(folder, { Dockerfile: 'FROM scratch\nCMD run\n' })],
])('changes with %s', async (_, change) => {
  const folder = folderOf(FILES);
  const { hash } = await read(folder);
  change(folder);
  expect((await read(folder)).hash).not.toBe(hash);
});

it('does not change with what .dockerignore leaves out, nor with what git and platform write', async () => {
  const folder = folderOf({ ...FILES, '.dockerignore': 'node_modules\n**/*.log\n' });
  const { hash } = await read(folder);
  write(folder, { 'node_modules/x/index.js': '1', 'lib/deep/run.log': '1', '.git/index': '1', '.platform/state': '1' });
  const later = await read(folder);
  expect(later).toMatchObject({ hash, holdsGit: true });
  write(folder, { '.dockerignore': 'node_modules\n**/*.log\n.git\n' });
  expect(await read(folder)).toMatchObject({ holdsGit: false });
});

it('reads the list that belongs to the Dockerfile before the one of the folder, and looks for exceptions', async () => {
  const folder = folderOf({ ...FILES, '.dockerignore': '*\n', 'Dockerfile.dockerignore': 'lib\n!lib/keep\n' });
  const { hash, files } = await read(folder);
  expect(files).toBe(4);
  write(folder, { 'lib/other': '1' });
  expect((await read(folder)).hash).toBe(hash);
  write(folder, { 'lib/keep/file': '1' });
  expect((await read(folder)).hash).not.toBe(hash);
});

it('names files of secrets that would be sent', async () => {
  const folder = folderOf({ ...FILES, '.env.prod': 'A=1', '.env.prod.example': 'A=', 'lib/.env': 'B=1', '.envrc': '' });
  expect((await read(folder)).secretFiles).toEqual(['.env.prod', 'lib/.env']);
});

it('F-36: names scripts that no container can start', async () => {
  const folder = folderOf({ 'start.sh': '#!/bin/sh\r\nexec run\r\n', 'fine.sh': '#!/bin/sh\nexec run\n' });
  expect((await read(folder)).windowsScripts).toEqual(['start.sh']);
});

it('reads no contents where there is too much of them, and says so', async () => {
  const folder = folderOf(FILES);
  const small = await read(folder, 5);
  expect(small.exact).toBe(false);
  expect((await read(folder, 5)).hash).toBe(small.hash);
  utimesSync(join(folder, 'main.py'), 1, 1);
  expect((await read(folder, 5)).hash).not.toBe(small.hash);
});
