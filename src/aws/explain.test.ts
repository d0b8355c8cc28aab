import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { startSandbox } from '../testing/start-sandbox.ts';
import { Aws } from './aws.ts';
import type { Connection } from './connection.ts';

const connection = (changes: Partial<Connection> = {}): Connection => ({
  account: '111111111111',
  region: 'eu-central-1',
  credentials: async () => ({ accessKeyId: 'AKIA111111111111SBOX', secretAccessKey: 'x' }),
  fenced: true,
  hurried: true,
  variables: {},
  ...changes,
});

it.each([
  ['F-30 an expired session', 'ExpiredToken', 403, { id: 'aws-session-expired', exitCode: 4 }, 'aws sso login'],
  [
    'a denial, by the permission',
    'AccessDenied',
    403,
    { id: 'aws-access-denied', exitCode: 4 },
    'sts:GetCallerIdentity',
  ],
  [
    'F-33 keys that this region does not know',
    'InvalidClientTokenId',
    403,
    { id: 'aws-keys-unknown', exitCode: 4 },
    'enable-region',
  ],
  ['F-18 throttling that does not end', 'Throttling', 400, { id: 'aws-throttled', exitCode: 1 }, 'wait a minute'],
  ['trouble of AWS itself', 'InternalFailure', 500, { id: 'aws-unavailable', exitCode: 1 }, 'health.aws.amazon.com'],
  [
    'F-34 a wrong secret key',
    'SignatureDoesNotMatch',
    403,
    { id: 'aws-signature-rejected', exitCode: 4 },
    'aws configure',
  ],
  ['what nobody foresaw', 'SomethingElse', 400, { id: 'aws-refused', exitCode: 1 }, '--debug'],
])('explains %s', async (_, code, status, expected, remedy) => {
  const { endpoint, faults } = await startSandbox();
  faults.push({ operation: 'GetCallerIdentity', times: 9, with: new AwsFault(code, 'as AWS says', { status }) });
  const { sts } = new Aws(connection({ endpoint }));
  await expect(sts.callerIdentity()).rejects.toMatchObject({ ...expected, remedy: expect.stringContaining(remedy) });
});

it('tells a wrong clock from wrong keys by the Date of the answer (F-34)', async () => {
  const endpoint = await serve((_request, response) => {
    response.writeHead(403, { date: new Date(Date.now() + 3_600_000).toUTCString(), 'content-type': 'text/xml' });
    response.end(
      '<ErrorResponse><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>Signature expired</Message></Error></ErrorResponse>',
    );
  });
  const { sts } = new Aws(connection({ endpoint }));
  await expect(sts.callerIdentity()).rejects.toMatchObject({
    id: 'clock-skewed',
    message: expect.stringMatching(/clock is 3(599|600) s behind AWS's/),
  });
});

it('says within seconds that nobody listens, and where', async () => {
  const closed = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => closed.once('listening', resolve));
  const { port } = closed.address() as AddressInfo;
  await new Promise((resolve) => closed.close(resolve));
  const { sts } = new Aws(connection({ endpoint: `http://127.0.0.1:${port}` }));
  await expect(sts.callerIdentity()).rejects.toMatchObject({
    id: 'aws-unreachable',
    exitCode: 1,
    message: expect.stringContaining('ECONNREFUSED'),
  });
});

it('goes through HTTP_PROXY to what is not on this machine, and around it to what NO_PROXY names', async () => {
  const asked: string[] = [];
  const proxy = await serve((request, response) => {
    asked.push(request.url!);
    response.writeHead(400, { 'content-type': 'text/xml' });
    response.end('<ErrorResponse><Error><Code>FromProxy</Code><Message>m</Message></Error></ErrorResponse>');
  });
  const far = { endpoint: 'http://sts.far.example', fenced: false };
  const { sts } = new Aws(connection({ ...far, variables: { HTTP_PROXY: proxy } }));
  await expect(sts.callerIdentity()).rejects.toMatchObject({ message: expect.stringContaining('FromProxy') });
  expect(asked).toEqual(['http://sts.far.example/']);

  const around = new Aws(
    connection({ ...far, variables: { HTTP_PROXY: proxy, NO_PROXY: 'far.example,.far.example' } }),
  );
  await expect(around.sts.callerIdentity()).rejects.toMatchObject({ id: 'aws-unreachable' });
  expect(asked).toHaveLength(1);
});

it('names the file of AWS_CA_BUNDLE that cannot be read', async () => {
  const { sts } = new Aws(connection({ variables: { AWS_CA_BUNDLE: '/nowhere/ca.pem' } }));
  await expect(sts.callerIdentity()).rejects.toMatchObject({
    id: 'ca-bundle-unreadable',
    exitCode: 2,
    message: expect.stringContaining('/nowhere/ca.pem'),
  });
});

it('gives up a call when the signal is aborted, but not one that is to go on all the same', async () => {
  const { endpoint } = await startSandbox();
  const aws = new Aws(connection({ endpoint, signal: AbortSignal.abort(new Error('stop')) }));
  await expect(aws.sts.callerIdentity()).rejects.toMatchObject({ name: 'AbortError' });
  await expect(aws.uninterrupted().sts.callerIdentity()).resolves.toMatchObject({ Account: '111111111111' });
});

it('takes no word of the environment on a fenced connection', async () => {
  const { endpoint } = await startSandbox();
  const hostile = {
    AWS_PROFILE: 'nobody',
    AWS_ENDPOINT_URL: 'http://evil.example',
    AWS_ENDPOINT_URL_STS: 'http://evil.example',
    AWS_CONFIG_FILE: '/nowhere',
    AWS_USE_FIPS_ENDPOINT: 'true',
    AWS_USE_DUALSTACK_ENDPOINT: 'true',
    AWS_DEFAULTS_MODE: 'nonsense',
    AWS_AUTH_SCHEME_PREFERENCE: 'sigv4a',
    AWS_MAX_ATTEMPTS: 'many',
    HTTP_PROXY: 'http://127.0.0.1:1',
    HTTPS_PROXY: 'http://127.0.0.1:1',
  };
  const before = { ...process.env };
  Object.assign(process.env, hostile);
  onTestFinished(() => {
    for (const name of Object.keys(hostile)) delete process.env[name];
    Object.assign(process.env, before);
  });
  const { sts } = new Aws(connection({ endpoint, variables: { ...process.env } }));
  await expect(sts.callerIdentity()).resolves.toMatchObject({ Account: '111111111111' });
});

async function serve(listener: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(listener as never).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it.each([
  ['cut', '{"Name":"app","SecretString":"canary'],
  ['not JSON', 'canary'],
  ['of another shape', '{"CreatedDate":"canary","SecretString":"canary"}'],
])('quotes nothing of an answer that is %s: it may be a secret', async (_, body) => {
  const endpoint = await serve((request, response) => {
    request.resume();
    response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(body);
  });
  const { secrets } = new Aws(connection({ endpoint }));
  const error = await secrets.value('app').then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  expect(error).toMatchObject({ id: 'aws-answer-unreadable', exitCode: 1 });
  expect(error!.message).toContain('secretsmanager:GetSecretValue');
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('canary');
});
