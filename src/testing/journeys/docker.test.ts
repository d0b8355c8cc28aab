import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findPostgres } from '../../sandbox/machine/postgres/find-programs.ts';
import { type BuiltProject, builtProject, runProgram } from './built-program.ts';
import { DJANGO_BASE, djangoProject } from './django-project.ts';
import { docker, engineOrReason } from './engine-scene.ts';

async function missing(): Promise<string | undefined> {
  const found = await engineOrReason();
  if ('missing' in found) return found.missing;
  if (found.engine.facts.network === 'host')
    return 'this engine cannot bridge, so that one task cannot replace another';
  if (!(await findPostgres('/', process.env))) return 'this machine has no PostgreSQL server';
  const built = await docker(['image', 'inspect', DJANGO_BASE]).catch(() => undefined);
  return built === undefined ? `there is no image ${DJANGO_BASE}` : undefined;
}

const why = await missing();
if (why) console.log(`the Django journey through a container engine is skipped: ${why}`);

/** Where a container of the service answers on this machine. */
async function published(project: BuiltProject): Promise<string> {
  const owner = join(project.directory, '.platform', 'sandbox');
  const lines = await docker(['ps', '--filter', `label=platform.sandbox=${owner}`, '--format', '{{.Ports}}']);
  const [port] = [...lines.matchAll(/127\.0\.0\.1:(\d+)->8000/g)].map(([, found]) => found);
  return `http://127.0.0.1:${port}`;
}

const notes = async (project: BuiltProject) => (await fetch(`${await published(project)}/notes`)).json();
const SANDBOX = ['--env', 'sandbox'];

describe.skipIf(why)('with a container engine and PostgreSQL', () => {
  it('a Django application is built, pushed, migrated, served, replaced and rolled back for real', async () => {
    const project = builtProject(djangoProject(), { real: true });
    const { succeed, directory } = project;
    const laps: [string, number][] = [];
    const timed = async (title: string, ...words: string[]) => {
      const begun = performance.now();
      const finished = await succeed(...words);
      laps.push([title, Math.round(performance.now() - begun)]);
      return finished;
    };
    await succeed('secrets', 'init', ...SANDBOX);
    await succeed('secrets', 'push', ...SANDBOX, '--yes');
    const first = (await timed('deploy', 'deploy', ...SANDBOX, '--yes', '--json')).json();
    expect(first).toMatchObject({ simulated: false });
    expect(first.services).toMatchObject([{ name: 'web', running: 1, healthy: 1, simulated: false }]);

    expect(first.migration).toMatchObject({ exitCode: 0, simulated: false });
    const migrated = (await timed('migrate', 'migrate', ...SANDBOX, '--json')).json();
    expect(migrated).toMatchObject({ exitCode: 0, simulated: false });
    const url = (await succeed('db', 'url', 'main', ...SANDBOX, '--reveal')).stdout.trim();
    const table = ['--tuples-only', '--no-align', '--command', 'select count(*) from notes_note'];
    expect(await runProgram('psql', [url, ...table], { cwd: directory })).toMatchObject({ exitCode: 0, stdout: '0\n' });

    const insert = 'from notes.models import Note; Note.objects.create(text="kept"); print(Note.objects.count())';
    expect((await succeed('run', 'web', ...SANDBOX, '--', 'python3', 'manage.py', 'shell', '-c', insert)).stdout).toBe(
      '1\n',
    );
    expect(await notes(project)).toEqual({ version: 'one', notes: ['kept'] });

    const redeployed = (await timed('redeploy', 'redeploy', 'web', ...SANDBOX, '--yes', '--json')).json();
    expect(redeployed.services).toMatchObject([{ name: 'web', settled: true }]);
    const urls = join(directory, 'notes', 'urls.py');
    writeFileSync(urls, readFileSync(urls, 'utf8').replace('"one"', '"two"'));
    const second = (await timed('deploy again', 'deploy', ...SANDBOX, '--yes', '--json')).json();
    expect(second.release.images).not.toEqual(first.release.images);
    expect(await notes(project)).toEqual({ version: 'two', notes: ['kept'] });

    await timed('rollback', 'rollback', ...SANDBOX, '--yes', '--json');
    expect(await notes(project)).toEqual({ version: 'one', notes: ['kept'] });
    await timed('destroy', 'destroy', ...SANDBOX, '--yes', '--json');
    const owner = join(directory, '.platform', 'sandbox');
    expect(await docker(['ps', '--quiet', '--filter', `label=platform.sandbox=${owner}`])).toBe('');
    console.log(laps.map(([title, ms]) => `${title} ${(ms / 1000).toFixed(1)} s`).join(', '));
  });
});

it('without an engine the same application goes the same way simulated, and every answer says so', async () => {
  const { succeed } = builtProject(djangoProject());
  await succeed('secrets', 'init', ...SANDBOX);
  await succeed('secrets', 'push', ...SANDBOX, '--yes');
  const deployed = (await succeed('deploy', ...SANDBOX, '--yes', '--json')).json();
  expect(deployed).toMatchObject({ simulated: true, services: [{ name: 'web', running: 1, simulated: true }] });
  expect(deployed.migration).toMatchObject({ exitCode: 0, simulated: true });
  const migrated = (await succeed('migrate', ...SANDBOX, '--json')).json();
  expect(migrated).toMatchObject({ exitCode: 0, simulated: true });
  const standing = (await succeed('status', ...SANDBOX, '--json')).json();
  expect(standing.services).toMatchObject([{ name: 'web', simulated: true }]);
});
