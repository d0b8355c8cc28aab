import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openNextFiles } from '../open-next.ts';
import { builtProject, REPOSITORY } from './built-program.ts';

interface Preset {
  name: string;
  /** What the smoke test asks, and how it ends on the sandbox. */
  asks: Record<string, 'passed' | 'skipped'>;
  /** Its functions are bundled with packages: `npm install`, which here is a link to those of this repository. */
  packages?: boolean;
  code: readonly string[];
  /** What is built with packages that are not here, as its build would leave it. */
  built?: Readonly<Record<string, string>>;
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
  {
    name: 'next-app',
    asks: { 'sites.web /': 'passed', 'sites.web /api/health': 'passed' },
    code: ['package.json', 'app/page.jsx', 'app/api/health/route.js'],
    built: openNextFiles(),
  },
];

describe.each(PRESETS)('init --preset $name in an empty folder', ({ name, asks, packages, code, built = {} }) => {
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
    for (const [path, text] of Object.entries(built)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true });
      writeFileSync(join(directory, path), text);
    }

    await succeed('validate', '--all-environments');
    const first = (await succeed('deploy', '--env', 'sandbox', '--yes', '--json')).json();
    expect(first.unsetVariables.map(({ path }: { path: string }) => path)).toEqual([]);
    const { checks } = (await succeed('smoke', '--env', 'sandbox', '--json')).json();
    const told = checks.map((one: { component: string; path: string; status: string }) => [
      `${one.component} ${one.path}`,
      one.status,
    ]);
    expect(Object.fromEntries(told)).toEqual(asks);
    const second = (await succeed('deploy', '--env', 'sandbox', '--yes', '--json')).json();
    expect(second.release.id).toBe(first.release.id);
    expect([...new Set(second.stacks.map(({ action }: { action: string }) => action))]).toEqual(['none']);
    const { confirmations } = (await succeed('destroy', '--env', 'sandbox', '--dry-run', '--json')).json();
    const confirmed = confirmations.flatMap((one: string) => ['--confirm', one]);
    await succeed('destroy', '--env', 'sandbox', '--yes', ...confirmed);
    expect((await succeed('status', '--env', 'sandbox', '--json')).json().stacks).toEqual([]);
  });
});
