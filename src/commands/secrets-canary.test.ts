import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GetObjectCommand, ListBucketsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { DeleteSecretCommand, PutSecretValueCommand, RestoreSecretCommand } from '@aws-sdk/client-secrets-manager';
import { expect, it } from 'vitest';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { startSecretProject } from '../testing/secret-project.ts';
import type { RunOptions } from '../testing/start-platform.ts';
import { tamperingProxy } from '../testing/tampering-proxy.ts';

const YAML = `project: demo
secrets:
  app:
    keys:
      API_KEY: {}
      STRIPE: { pattern: "^sk_", required: false }
      SITE: { type: url, required: false }
      JWT: { type: pem, required: false }
      ORIGINS: { type: list, required: false }
      SESSION: { generate: {} }
  theirs: { source: existing, keys: { TOKEN: {} } }
services: { worker: { image: { context: . }, secrets: { "*": "secret.app#*", TOKEN: "secret.theirs#TOKEN" } } }
environments:
  dev: { kind: dev, account: "111111111111" }
`;
const NAME = 'demo/dev/app';

/** Every one of them says where it was planted. */
const C = (place: string) => `canary-${place}-7f3a9c`;

const FILES = {
  good: `API_KEY=${C('file')}\nSTRIPE=sk_${C('file')}\nORIGINS="${C('list')} , x"\nEXTRA=${C('extra')}\n`,
  other: `API_KEY=" ${C('other')}\n"\nSITE=https://${C('url')}.example.com\n`,
  'syntax errors': `API_KEY="${C('open')}\nSTRIPE=${C('next')}\n`,
  'a # in a value': `API_KEY=${C('a')}#${C('b')}\nAPI_KEY=${C('twice')}\n${C('line')}\n`,
  'values that are wrong': `API_KEY=""\nSTRIPE=${C('pattern')}\nSITE=${C('url')}\nJWT=${C('pem')}\n`,
  'a key file that is not there': `API_KEY=a\nJWT=file:${C('path')}\n`,
  'a key without quotes': `JWT=-----BEGIN K-----\n${C('body')}==\n-----END K-----\n`,
  'a value that is too large': `API_KEY=${C('large').repeat(4000)}\n`,
};

it('no value is ever written anywhere but into the secret and to stdout by show --reveal', async () => {
  const project = await startSecretProject(YAML, FILES.good);
  const { aws, sm, create, file, directory } = project;
  await create(C('plain'), 'demo/dev/theirs');
  let said = '';
  const run = async (words: string, options?: RunOptions, hows = ['', ' --json', ' --debug']) => {
    for (const how of hows) {
      const { stdout, stderr, exitCode } = await project.platform(`secrets ${words} --env dev${how}`, options);
      said += `\n$ secrets ${words}${how} (${exitCode})\n${stdout}${stderr}`;
    }
  };
  const everything = async (options?: RunOptions) => {
    for (const words of ['init', 'diff', 'push --dry-run', 'push', 'push --yes', 'push --prune --yes', 'list'])
      await run(words, options);
    for (const words of ['show app', 'show app API_KEY', 'show theirs', 'show app NOKEY', 'history app'])
      await run(words, options);
    for (const words of ['restore app', 'restore app --to previous --yes', 'restore app --to nothing', 'init --remote'])
      await run(words, options);
  };

  await everything();
  for (const [what, text] of Object.entries(FILES)) {
    said += `\n## ${what}`;
    file(text);
    await run('diff');
    await run('init --dry-run');
    await run('push --yes');
  }
  file(FILES.good);

  said += '\n## live values that are no JSON, or made by others';
  for (const SecretString of [
    C('text'),
    `["${C('list')}"]`,
    `{"API_KEY":"${C('live')}","OLD":{"deep":"${C('deep')}"}}`,
  ]) {
    await sm.send(new PutSecretValueCommand({ SecretId: NAME, SecretString }));
    await everything({ answer: () => false });
  }
  await sm.send(new DeleteSecretCommand({ SecretId: NAME }));
  await everything();
  await sm.send(new RestoreSecretCommand({ SecretId: NAME })).catch(() => undefined);

  said += '\n## AWS says no, breaks, or is changed on the way';
  file(FILES.other);
  for (const operation of ['GetSecretValue', 'PutSecretValue', 'DescribeSecret', 'PutObject']) {
    for (const fault of [
      new AwsFault('AccessDeniedException', 'not authorized', { status: 400 }),
      new AwsFault('InternalServiceError', 'trouble', { status: 500 }),
      'cut-after' as const,
    ]) {
      aws.faults.push({ operation, times: 9, with: fault });
      await run('push --yes', {}, [' --json --debug']);
      await run('list', {}, [' --debug']);
      aws.faults.length = 0;
    }
  }
  for (const change of [
    (body: string) => body.slice(0, -20),
    (body: string) => body.replace('"SecretString"', ''),
    () => C('body'),
  ]) {
    const endpoint = await tamperingProxy(aws.endpoint, { operation: 'GetSecretValue', change });
    for (const words of ['push --yes', 'list', 'show app', 'history app'])
      await run(words, { env: { AWS_ENDPOINT_URL: endpoint } });
  }

  said += '\n## a bug of ours while the values are at hand';
  file(FILES.good);
  await run('push', {
    answer: () => {
      throw new Error('a terminal that is gone');
    },
  });
  expect(said).toContain('(70)');
  for (const exitCode of [0, 1, 2, 4, 5]) expect(said).toContain(`(${exitCode})`);

  expect(leaks(said)).toEqual([]);
  expect(leaks(filesOf(directory))).toEqual([]);
  expect(leaks(await objectsOf(aws.client(S3Client)))).toEqual([]);

  // What is looked for can be found: the one place where it may stand, and that it was stored.
  const revealed = await project.platform('secrets show app API_KEY --env dev --reveal --debug');
  expect(revealed.stdout).toContain('canary-');
  expect(leaks(revealed.stderr)).toEqual([]);
  expect(leaks(filesOf(directory))).toEqual([]);
});

/** Lines with a planted value, and the command before them. */
function leaks(text: string): string[] {
  let command = '';
  return text.split('\n').flatMap((line) => {
    if (line.startsWith('$ ')) command = line;
    return /canary-|7f3a9c/.test(line) ? [`${command}: ${line}`] : [];
  });
}

/** Everything in the project's folder but the env file itself. */
const filesOf = (directory: string): string =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== '.env.dev')
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => `$ ${path}\n${readFileSync(path, 'latin1')}`)
    .join('\n');

/** Every object of every bucket: the state, the audit trail, the lock. */
async function objectsOf(s3: S3Client): Promise<string> {
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}));
  let text = '';
  for (const { Name: Bucket } of Buckets) {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }));
    for (const { Key } of Contents) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      text += `$ ${Key}\n${await Body!.transformToString()}\n`;
    }
  }
  expect(text).toContain('secret-pushed');
  return text;
}
