import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { builtProject } from './built-program.ts';

vi.setConfig({ testTimeout: 300_000 });

const YAML = `project: demo
network: { nat: none }
secrets: { app: { keys: { API_KEY: {} } } }
queues: { jobs: {} }
services:
  web:
    image: { context: . }
    port: 8080
    http: { certificate: none, insecure: true }
    health: { path: / }
    secrets: { API_KEY: "secret.app#API_KEY" }
environments:
  dev: { kind: dev }
`;
const DEV = ['--env', 'dev', '--sandbox'];

/** The commands that `sandbox break` tells a person to type, as words. */
const typed = (text: string, label: string): string[][] =>
  [...text.matchAll(new RegExp(`^ {2}${label}: platform (.+)$`, 'gm'))].map(([, words]) => words!.split(' '));

it('a person breaks an environment on purpose, is told what it is, and has it healthy again (F-44, F-54, F-64, F-30)', async () => {
  const project = builtProject({ 'platform.yaml': YAML, Dockerfile: 'FROM scratch\n', '.env.dev': 'API_KEY=one\n' });
  const { platform, succeed } = project;
  await succeed('deploy', ...DEV, '--yes');
  /** What is found anyway is of this machine: an engine that is not there, for example. */
  const found = async () => {
    const { checks } = (await succeed('doctor', ...DEV, '--json')).json();
    return checks
      .filter(({ status }: { status: string }) => !/ok|skipped/.test(status))
      .map(({ id }: { id: string }) => id);
  };
  const healthy = await found();

  // Nothing is broken by a name that is not there, nor outside the sandbox.
  const wrong = await platform('sandbox', 'break', 'secret-key-mising', ...DEV, '--json');
  expect(wrong.exitCode).toBe(2);
  expect(wrong.json().error).toMatchObject({ id: 'scenario-unknown', remedy: 'name secret-key-missing' });
  expect((await platform('sandbox', 'break', 'secret-key-missing', '--env', 'dev')).exitCode).toBe(2);
  expect(await found()).toEqual(healthy);

  // A way out that is a command of ours.
  const lost = await succeed('sandbox', 'break', 'secret-key-missing', ...DEV);
  const [ask] = typed(lost.stdout, 'now type');
  const told = await platform(...ask!, '--yes', '--json');
  expect(told.exitCode).toBe(1);
  expect(told.json().error.problems).toMatchObject([{ rule: 'F-44', path: 'services.web' }]);
  for (const words of typed(lost.stdout, 'way out')) await succeed(...words, '--yes');
  await succeed(...ask!, '--yes');

  // One that is undone from outside, told by a deployment while it happens; a document for scripts.
  const sick = (await succeed('sandbox', 'break', 'health-path-unknown', ...DEV, '--json')).json();
  const [scenario] = sick.scenarios;
  expect(scenario).toMatchObject({ failure: 'F-64', service: 'web', fix: [], expect: { exit: 1 } });
  const slow = await platform('redeploy', 'web', ...DEV, '--yes', '--json');
  expect(slow.exitCode).toBe(1);
  expect(slow.json().error.details.causes).toMatchObject([{ id: 'F-64', certainty: 'certain' }]);
  expect((await platform('explain')).stdout).toContain('F-64');
  await succeed(...scenario.undo.split(' ').slice(1));
  await succeed(...scenario.proof.split(' ').slice(1), '--yes');

  // One that edits platform.yaml: not without a yes where nobody can be asked, and given back byte for byte.
  const file = join(project.directory, 'platform.yaml');
  const silent = await platform('sandbox', 'break', 'size-not-of-fargate', ...DEV);
  expect(silent).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('add --yes to agree') });
  expect(readFileSync(file, 'utf8')).toBe(YAML);
  await succeed('sandbox', 'break', 'size-not-of-fargate', ...DEV, '--yes');
  const unsound = await platform('deploy', ...DEV, '--yes');
  expect(unsound).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('(F-54)') });
  await succeed('sandbox', 'break', 'size-not-of-fargate', '--heal', ...DEV);
  expect(readFileSync(file, 'utf8')).toBe(YAML);

  // Even when every call fails.
  await succeed('sandbox', 'break', 'credentials-expired', ...DEV);
  expect((await platform('status', ...DEV)).exitCode).toBe(4);
  await succeed('sandbox', 'break', 'credentials-expired', '--heal', ...DEV);

  await succeed('deploy', ...DEV, '--yes');
  expect(await found()).toEqual(healthy);
  expect(existsSync(join(project.directory, '.platform', 'edits', 'size-not-of-fargate.json'))).toBe(false);
});
