import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { jwtVerify } from 'jose';
import { expect, it } from 'vitest';
import { smallYaml, startDeployable } from '../testing/deployable.ts';

const YAML = smallYaml(`secrets:
  jwt: { source: generated, keys: { JWT_SECRET: { generate: { length: 64 } } } }
functions: { api: { source: src/api.ts } }
apis:
  public:
    stage: local
    handler: fn.api
    authorizer: { kind: jwt-lambda, secret: "secret.jwt#JWT_SECRET", context: [userId, email, roles] }
    routes: { "POST /user": {} }
`).replace('environments:\n', 'environments:\n  local: { kind: local, account: "111111111111" }\n');

const FILES = {
  'src/api.ts': `export const handler = async (event: { path: string; requestContext: { authorizer?: object } }) =>
  ({ statusCode: 200, body: JSON.stringify({ path: event.path, who: event.requestContext.authorizer }) });
`,
};

it('S4-91 S4-90 S4-63 S4-64 S4-65 S4-66: a token of the project’s own secret opens the API of a local environment', async () => {
  const project = await startDeployable({ yaml: YAML, files: FILES });
  const early = await project.platform('local token --sub u-1');
  expect(early.exitCode).toBe(1);
  expect(early.stderr).toContain('id: token-key-missing');
  await project.succeed('local up');

  const { urls } = (await project.succeed('local urls --json')).json();
  const { url } = urls.find(({ component }: { component: string }) => component === 'apis.public');
  // The sandbox's own form; the stage stands in it.
  expect(url).toMatch(new RegExp(`^${project.aws.endpoint}/_apigateway/[a-z0-9]{10}\\.execute-api\\.[^/]+/local$`));
  const ask = (authorization?: string) =>
    fetch(`${url}/user`, { method: 'POST', headers: authorization ? { authorization } : {} });
  expect((await ask()).status).toBe(401);

  const { stdout, stderr } = await project.succeed('local token --sub u-1 --roles user --claims email=u@example.com');
  expect(stderr).toBe('');
  const token = stdout.trim();
  expect(stdout).toBe(`${token}\n`);
  const answer = await ask(`Bearer ${token}`);
  expect(answer.status).toBe(200);
  expect(await answer.json()).toMatchObject({
    path: '/user',
    who: { userId: 'u-1', email: 'u@example.com', roles: '["user"]' },
  });
  expect((await ask(`Bearer ${token}x`)).status).toBe(401);

  // As a library of others reads it.
  const { SecretString = '' } = await project.aws
    .client(SecretsManagerClient, { account: '111111111111' })
    .send(new GetSecretValueCommand({ SecretId: 'demo/local/jwt' }));
  const key = JSON.parse(SecretString).JWT_SECRET;
  const shown = (await project.succeed('local token --sub u-2 --expires 15m --claims level=3 --json')).json();
  const { payload } = await jwtVerify(shown.token, new TextEncoder().encode(key), { algorithms: ['HS256'] });
  expect(payload).toMatchObject({ sub: 'u-2', level: 3 });
  expect(payload.exp! - payload.iat!).toBe(900);
  expect(new Date(shown.expiresAt).getTime()).toBe(payload.exp! * 1000);
  expect(shown).toMatchObject({ environment: 'local', api: 'public' });
});

it('S4-91: signs for no environment of another kind, a rehearsal included, and asks nobody', async () => {
  const project = await startDeployable({ yaml: YAML, files: FILES, bootstrapped: true });
  for (const words of ['--env prod', '--env prod --sandbox', '--env dev', '--env dev --sandbox']) {
    const { exitCode, stdout, stderr } = await project.platform(`local token --sub u-1 ${words}`);
    expect(exitCode).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toContain('id: local-kind');
  }
  for (const words of ['', '--sub ""', '--sub u --claims sub=root', '--sub u --expires 0s', '--sub u --api other'])
    expect((await project.platform(`local token ${words}`)).exitCode).toBe(2);
  expect(project.asked()).toEqual([]);
});
