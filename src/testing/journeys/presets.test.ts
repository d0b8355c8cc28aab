import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtProject, REPOSITORY } from './built-program.ts';

interface Preset {
  name: string;
  /** What the smoke test asks, and how it ends on the sandbox. */
  asks: Record<string, 'passed' | 'skipped'>;
  /** Its functions are bundled with packages: `npm install`, which here is a link to those of this repository. */
  packages?: boolean;
  code: readonly string[];
}

const PRESETS: readonly Preset[] = [
  {
    name: 'web-service',
    asks: { 'services.web /health': 'skipped' },
    code: ['Dockerfile', 'server.js', 'migrate.js', 'package-lock.json'],
  },
  {
    name: 'api-workers',
    asks: { 'services.api /health': 'skipped' },
    code: ['Dockerfile', 'server.js', 'worker/index.js'],
  },
  {
    name: 'serverless-api',
    packages: true,
    asks: { 'apis.public /health': 'passed' },
    code: ['Dockerfile.migrate', 'src/api.ts', 'src/dispatcher/scheduler.ts', 'src/dispatcher/schema.sql'],
  },
];

describe.each(PRESETS)('init --preset $name in an empty folder', ({ name, asks, packages, code }) => {
  it('writes a project that loads, validates, deploys, answers, changes nothing a second time and is destroyed', async () => {
    const { directory, succeed } = builtProject({ 'README.md': '# shop\n' });
    const words = ['init', '--preset', name, '--project', 'shop', '--environments', 'dev,prod', '--yes', '--json'];
    const { files } = (await succeed(...words)).json();
    expect(files.map(({ path }: { path: string }) => path)).toEqual(expect.arrayContaining([...code]));
    for (const { path, action } of files) {
      expect(action).toBe('created');
      expect(existsSync(join(directory, path)), path).toBe(true);
      expect(readFileSync(join(directory, path), 'utf8'), path).not.toContain('{{');
    }
    if (packages) symlinkSync(join(REPOSITORY, 'node_modules'), join(directory, 'node_modules'));
    const again = (await succeed(...words)).json().files;
    expect(again.filter(({ action }: { action: string }) => action !== 'unchanged')).toEqual([]);

    await succeed('validate', '--all-environments');
    const first = (await succeed('deploy', '--env', 'sandbox', '--yes', '--json')).json();
    expect(first.notBuiltYet.map(({ path }: { path: string }) => path)).toEqual([]);
    const { checks } = (await succeed('smoke', '--env', 'sandbox', '--json')).json();
    const told = checks.map((one: { component: string; path: string; status: string }) => [
      `${one.component} ${one.path}`,
      one.status,
    ]);
    expect(Object.fromEntries(told)).toEqual(asks);
    const second = (await succeed('deploy', '--env', 'sandbox', '--yes', '--json')).json();
    expect(second.release.id).toBe(first.release.id);
    expect([...new Set(second.stacks.map(({ action }: { action: string }) => action))]).toEqual(['none']);
    await succeed('destroy', '--env', 'sandbox', '--yes');
    expect((await succeed('status', '--env', 'sandbox', '--json')).json().stacks).toEqual([]);
  });
});

it('init --preset next-app in an empty folder writes a project that loads and validates', async () => {
  const { succeed } = builtProject();
  const { files } = (await succeed('init', '--preset', 'next-app', '--project', 'shop', '--yes', '--json')).json();
  const paths = files.map(({ path }: { path: string }) => path);
  expect(paths).toEqual(expect.arrayContaining(['package.json', 'app/page.jsx', 'app/api/health/route.js']));
  const again = (await succeed('init', '--preset', 'next-app', '--project', 'shop', '--yes', '--json')).json().files;
  expect(again.filter(({ action }: { action: string }) => action !== 'unchanged')).toEqual([]);
  await succeed('validate', '--all-environments');
});
