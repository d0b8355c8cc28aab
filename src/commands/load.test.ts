import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { type Deployable, smallYaml, startDeployable } from '../testing/deployable.ts';

const YAML = smallYaml(`secrets: { jwt: { source: generated, keys: { JWT_SECRET: { generate: { length: 64 } } } } }
functions:
  api: { source: src/api.ts }
apis:
  public:
    handler: fn.api
    authorizer: { kind: jwt-lambda, secret: "secret.jwt#JWT_SECRET", cacheSeconds: 3600 }
    smoke: [{ path: /me, token: required }]
  narrow:
    handler: fn.api
    throttle: { burst: 3, rate: 0.01 }
`);
const FILES = {
  'src/api.ts': 'export const handler = async (): Promise<unknown> => ({ statusCode: 200, body: "well" });\n',
};
const ON = '--env prod --sandbox';
const SENT = `${ON} --confirm prod/load`;

async function tokenOf({ aws }: Deployable): Promise<string> {
  const { SecretString = '' } = await aws
    .client(SecretsManagerClient, { account: '111111111111', region: 'us-east-1' })
    .send(new GetSecretValueCommand({ SecretId: 'demo/prod/jwt' }));
  const secret = SecretString.startsWith('{') ? JSON.parse(SecretString).JWT_SECRET : SecretString;
  return new SignJWT({ sub: 'anna' })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret));
}

it('S4-97 S4-98 S4-99 finds the limits, the memory of the authorizer and the latencies of an API by its real handler', async () => {
  const project = await startDeployable({ yaml: YAML, files: FILES });
  const { succeed, platform, writes, forget } = project;
  await succeed(`deploy ${ON} --yes`);
  forget();

  // People are served in prod: a yes is not enough, and nothing is sent before.
  const nobody = await platform(`load narrow ${ON} --yes`);
  expect(nobody.exitCode).toBe(2);
  expect(nobody.stderr).toContain('Send 200 requests, 10 at once, to ');
  expect(nobody.stderr).toContain('--confirm prod/load');
  const dry = await platform(`load narrow ${ON} --dry-run --json`);
  expect(dry.json()).toMatchObject({ dryRun: true, requests: 0, answers: {} });

  // Three are let through at once, and one more in a hundred seconds.
  const narrow = (await succeed(`load narrow ${SENT} --requests 40 --at-once 5 --json`)).json();
  expect(narrow).toMatchObject({
    component: 'apis.narrow',
    requests: 40,
    throttle: { burst: 3, rate: 0.01 },
    authorizer: null,
  });
  expect(narrow.answers['200']).toBeGreaterThanOrEqual(3);
  expect(narrow.answers['200']).toBeLessThanOrEqual(5);
  expect(narrow.throttled).toBe(40 - narrow.answers['200']);
  expect(narrow.answers['429']).toBe(narrow.throttled);

  const TOKEN = await tokenOf(project);
  const words = `load apis.public ${SENT} --requests 60 --at-once 4 --token-from TOKEN`;
  const run = await platform(`${words} --json`, { env: { TOKEN } });
  expect(run.exitCode, run.stderr).toBe(0);
  const open = run.json();
  expect(open).toMatchObject({ requests: 60, answers: { 200: 60 }, throttled: 0, unanswered: {} });
  expect(open.url).toMatch(/\/v1\/me$/);
  // Four were on their way before the first answer was remembered; the others came from its memory.
  expect(open.authorizer).toMatchObject({ cacheSeconds: 3600 });
  expect(open.authorizer.calls).toBeGreaterThanOrEqual(1);
  expect(open.authorizer.calls).toBeLessThan(30);
  const { p50, p95, p99, most } = open.latency;
  expect([p50, p95, p99, most].toSorted((a, b) => a - b)).toEqual([p50, p95, p99, most]);
  expect(run.stdout + run.stderr).not.toContain(TOKEN);
  const { stdout } = await platform(words, { env: { TOKEN } });
  expect(stdout).toMatch(/served in \d+ ms \(p50\), \d+ ms \(p95\), \d+ ms \(p99\)/);
  expect(stdout).toContain('the authorizer remembers for 3600 s');
  expect(writes()).toEqual([]);

  // Without a token nobody is served, and that is what is counted.
  expect((await succeed(`load public ${SENT} --requests 5 --json`)).json()).toMatchObject({
    answers: { 401: 5 },
  });
});

it.each([
  ['load narrow --requests 5001', '1 to 5000'],
  ['load narrow --at-once 0', '1 to 100'],
  ['load narrow --path me', 'begins with /'],
  ['load nrrow', 'name narrow'],
  ['load public --token-from NOBODY_SET_THIS', 'id: load-token-missing'],
])('%s is a mistake of the command line: exit 2', async (words, text) => {
  const { platform } = await startDeployable({ yaml: YAML, files: FILES });
  const { exitCode, stderr } = await platform(`${words} --env dev --sandbox --yes`);
  expect(exitCode).toBe(2);
  expect(stderr).toContain(text);
});

it('says what is not deployed', async () => {
  const { platform } = await startDeployable({ yaml: YAML, files: FILES });
  const { exitCode, stderr } = await platform('load narrow --env dev --sandbox --yes');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('id: load-no-address');
});
