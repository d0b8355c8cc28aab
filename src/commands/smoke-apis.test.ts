import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { smallYaml, startDeployable } from '../testing/deployable.ts';

const YAML = smallYaml(`secrets: { jwt: { source: generated, keys: { JWT_SECRET: { generate: { length: 64 } } } } }
functions:
  api: { source: src/api.ts }
apis:
  public:
    handler: fn.api
    authorizer: { kind: jwt-lambda, secret: "secret.jwt#JWT_SECRET", context: [sub] }
    cors: { origins: ["https://app.example.com"] }
    smoke:
      - { path: /me, token: required, json: { user: anna } }
      - { path: /others, token: required, status: 403 }
      - { path: /me, status: 401, origin: "https://app.example.com" }
      - { path: /me, method: OPTIONS, origin: "https://app.example.com", status: [200, 204] }
  open:
    kind: http
    handler: fn.api
    smoke: [/health, { path: /missing, status: 404, text: nothing }]
`);

const FILES = {
  'src/api.ts': `export const handler = async (event: { rawPath?: string; path?: string; requestContext: { authorizer?: { sub?: string } } }) => {
  const path = event.rawPath ?? event.path ?? '';
  const user = event.requestContext.authorizer?.sub;
  if (path.endsWith('/health')) return { statusCode: 200, body: 'well' };
  if (path.endsWith('/me')) return { statusCode: 200, body: JSON.stringify({ user }) };
  if (path.endsWith('/others')) return { statusCode: 403, body: 'not yours' };
  return { statusCode: 404, body: 'nothing here' };
};
`,
};

it('S4-93 S4-94 S4-95 S4-96 S4-69 S4-70: a deployed API is asked through its real handler and authorizer, with and without a token', async () => {
  const project = await startDeployable({ yaml: YAML, files: FILES });
  await project.succeed('deploy --env dev --sandbox --yes');
  const without = (await project.succeed('smoke --env dev --sandbox --json')).json();
  expect(without.summary).toEqual({ passed: 4, failed: 0, skipped: 2 });

  const { SecretString = '' } = await project.aws
    .client(SecretsManagerClient, { account: '111111111111', region: 'us-east-1' })
    .send(new GetSecretValueCommand({ SecretId: 'demo/dev/jwt' }));
  const parsed = SecretString.startsWith('{') ? JSON.parse(SecretString).JWT_SECRET : SecretString;
  const TOKEN = await new SignJWT({ sub: 'anna' })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(parsed));
  const words = 'smoke --env dev --sandbox --token-from TOKEN';
  const all = await project.platform(`${words} --json`, { env: { TOKEN } });
  expect(all.json().summary).toEqual({ passed: 6, failed: 0, skipped: 0 });
  expect(all.stdout + all.stderr).not.toContain(TOKEN);

  // A token that nobody signed: what was expected does not come, exit 1, and it is said what came instead.
  const forged = await project.platform(`${words} --json`, { env: { TOKEN: `${TOKEN}x` } });
  expect(forged.exitCode).toBe(1);
  expect(forged.stderr).toContain('it answered 401, not 200');
});
