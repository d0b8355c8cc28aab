import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, it } from 'vitest';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { setBehaviour } from '../sandbox/services/ecs/runtime/behaviours.ts';
import { smallYaml, startDeployable } from '../testing/deployable.ts';

const on = '--env dev --sandbox';
/** Without a word by which they could be told: they are known because they are secret. */
const C = { file: 'zq81-in-the-file', live: 'zq82-only-live', theirs: 'zq83-of-others' };

const yaml = (memory = '') =>
  smallYaml(
    [
      'secrets:',
      '  app: { keys: { API_KEY: {}, SALT: { required: false } } }',
      '  made: { source: generated, keys: { SESSION: { generate: {} } } }',
      '  theirs: { source: existing, keys: { TOKEN: {} } }',
      'services:',
      '  worker:',
      '    image: { context: . }',
      '    command: [work]',
      ...memory.split('|').filter(Boolean),
      '    secrets: { API_KEY: "secret.app#API_KEY", SESSION: "secret.made#SESSION", TOKEN: "secret.theirs#TOKEN" }',
    ].join('\n'),
  ).replace(/^network: .*$/m, 'network: { nat: none }');

it('no value of .env and no secret value is in what is kept of a run, in explain, in its bundle, or in the error', async () => {
  const project = await startDeployable({
    yaml: yaml(),
    files: { '.env.dev': `API_KEY=${C.file}\n` },
    sandbox: { expectUnknown: ['cloudtrail:LookupEvents'] },
  });
  const { aws, directory } = project;
  await project.succeed(`deploy ${on} --yes`);
  await project.succeed(`secrets push ${on} --yes`);
  const sm = aws.client(SecretsManagerClient);
  const stored = async (name: string) =>
    (await sm.send(new GetSecretValueCommand({ SecretId: `demo/dev/${name}` }))).SecretString!;
  const put = (name: string, values: object) =>
    sm.send(new PutSecretValueCommand({ SecretId: `demo/dev/${name}`, SecretString: JSON.stringify(values) }));
  await put('app', { ...JSON.parse(await stored('app')), SALT: C.live });
  await put('theirs', { TOKEN: C.theirs });
  const made: string = JSON.parse(await stored('made')).SESSION;
  expect(made.length).toBeGreaterThan(8);
  const planted = [...Object.values(C), made];

  const words = `started with ${planted.join(' and ')}`;
  const logs = [words, JSON.stringify({ session: made, salt: C.live }), `Error: Cannot find module '${C.file}'`];
  await aws.world.setSpeed(1_000);
  setBehaviour(aws.scope, '*', { exit: { code: 1, afterMs: 1_000 }, logs });
  const told: string[] = [];
  let failures = 0;
  const fails = async (command: string) => {
    const run = await project.platform(`${command} ${on} --yes --json`);
    expect({ command, exitCode: run.exitCode }).toEqual({ command, exitCode: expect.toBeOneOf([1, 4, 8]) });
    failures += 1;
    told.push(`$ ${command}\n${JSON.stringify(run.json().error)}`);
  };
  project.configure(yaml('    cpu: 1024|    memory: 2048'));
  await fails('deploy');
  project.configure(yaml());
  await fails('redeploy worker');
  await fails('scale worker 2');
  // What a program says to a person who runs it is for that person: only what is kept of it is looked at.
  expect((await project.platform(`run worker ${on} --yes -- node check.js`)).exitCode).toBe(1);
  failures += 1;
  await put('theirs', { TOKENS: C.theirs });
  await fails('deploy');
  // What may not be read cannot be known: of its shape and its name alone nothing more is promised.
  aws.faults.push({
    operation: 'GetSecretValue',
    with: new AwsFault('AccessDeniedException', `not authorized: ${C.file}`, { status: 400 }),
  });
  await fails('redeploy worker');
  aws.faults.length = 0;

  const list = (await project.succeed('explain --list --json')).json();
  expect(list.runs.length).toBeGreaterThanOrEqual(failures);
  for (const { id } of list.runs)
    for (const how of ['', ' --json', ` --bundle ${id}.json --yes`])
      told.push(`$ explain ${id}${how}\n${(await project.succeed(`explain ${id}${how}`)).stdout}`);
  const kept = filesOf(directory);
  // The words were kept, and the bundles written: nothing was looked for in nothing.
  expect(kept).toContain('started with [secret ');
  expect(kept.match(/"format": 1/g)!.length).toBeGreaterThanOrEqual(2 * failures);
  expect(leaks(kept, planted)).toEqual([]);
  expect(leaks(told.join('\n'), planted)).toEqual([]);
});

/** Lines with a planted value, and the command or the file before them. */
function leaks(text: string, planted: readonly string[]): string[] {
  let command = '';
  return text.split('\n').flatMap((line) => {
    if (line.startsWith('$ ')) command = line;
    return planted.some((value) => line.includes(value)) ? [`${command}: ${line.slice(0, 300)}`] : [];
  });
}

/** Everything in the project's folder but the env file itself. */
const filesOf = (directory: string): string =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== '.env.dev')
    .map((entry) => join(entry.parentPath, entry.name))
    // The sandbox holds the secrets themselves.
    .filter((path) => !path.includes('.platform/sandbox'))
    .map((path) => `$ ${path}\n${readFileSync(path, 'latin1')}`)
    .join('\n');
