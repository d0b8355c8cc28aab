import { join } from 'node:path';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { startSandbox } from '../../src/testing/start-sandbox.ts';
import { startFunction } from '../testing/start-function.ts';
import { startHttps } from '../testing/start-https.ts';
import type { Policy } from './answer.ts';
import { forge, SECRET } from './testing/forge.ts';

const ENTRY = join(import.meta.dirname, 'handler.ts');
const STAGE = 'arn:aws:execute-api:us-east-1:000000000000:abc123/v1';
const soon = () => Math.floor(Date.now() / 1000) + 600;
const claims = () => ({ sub: 'u1', email: 'a@example.com', roles: ['user'], exp: soon() });

const asked = (token: string) => ({
  type: 'TOKEN',
  authorizationToken: `Bearer ${token}`,
  methodArn: `${STAGE}/GET/user/u1`,
});

/** The authorizer's bundle with a secret in the Secrets Manager of a sandbox. */
async function startWithSecret(value: string, variables: Record<string, string> = {}) {
  const sandbox = await startSandbox();
  const client = sandbox.client(SecretsManagerClient);
  const { ARN } = await client.send(new CreateSecretCommand({ Name: 'bday/jwt', SecretString: value }));
  const { accessKeyId, secretAccessKey } = sandbox.credentials;
  return startFunction(ENTRY, {
    variables: {
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: sandbox.endpoint,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      JWT_SECRET_ARN: ARN!,
      ...variables,
    },
  });
}

describe('the bundle with a secret by its ARN', () => {
  it('S4-33 S4-42 S4-46 F-123: allows the whole stage and hands the user on', async () => {
    const { invoke, bytes } = await startWithSecret(JSON.stringify({ JWT_SECRET: SECRET }), {
      JWT_SECRET_KEY: 'JWT_SECRET',
      JWT_CONTEXT: 'userId,email,roles',
    });

    expect(await invoke(asked(forge({ alg: 'HS256' }, claims())))).toEqual({
      principalId: 'u1',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: `${STAGE}/*` }],
      },
      context: { userId: 'u1', email: 'a@example.com', roles: '["user"]' },
    });
    expect(bytes).toBeLessThan(1_000_000);
  });

  it('S4-43: whoever has no valid token is told 401, in each of the three forms of events; no token is logged', async () => {
    const { invoke, logs } = await startWithSecret(SECRET);
    const wrong = forge({ alg: 'HS256' }, claims(), 'x');
    const headers = { authorization: `Bearer ${wrong}` };
    const requestContext = { requestId: 'r1' };

    await expect(invoke(asked(wrong))).rejects.toThrow(/^Unauthorized$/);
    await expect(invoke({ type: 'REQUEST', methodArn: `${STAGE}/GET/`, headers, requestContext })).rejects.toThrow(
      /^Unauthorized$/,
    );
    await expect(
      invoke({ type: 'REQUEST', version: '2.0', routeArn: `${STAGE}/GET/`, headers: {}, requestContext }),
    ).rejects.toThrow(/^Unauthorized$/);

    expect(logs()).toEqual([
      { level: 'info', event: 'refused', reason: 'signature' },
      { level: 'info', event: 'refused', reason: 'signature', requestId: 'r1' },
      { level: 'info', event: 'refused', reason: 'missing', requestId: 'r1' },
    ]);
    expect(JSON.stringify(logs())).not.toContain(wrong.split('.')[1]);
  });

  it('S4-43: with JWT_REFUSAL=403 the answer is a policy that denies, as the sources have it', async () => {
    const { invoke } = await startWithSecret(SECRET, { JWT_REFUSAL: '403' });
    const { policyDocument, context } = await invoke<Policy>(asked('x'));
    expect(policyDocument.Statement).toEqual([
      { Action: 'execute-api:Invoke', Effect: 'Deny', Resource: `${STAGE}/*` },
    ]);
    expect(context).toEqual({});
  });

  it('S4-39 S4-43: who is known but lacks a scope is told 403, whatever the answer to strangers', async () => {
    const { invoke } = await startWithSecret(SECRET, { JWT_SCOPES: 'admin' });
    const token = (roles: string[]) => forge({ alg: 'HS256' }, { ...claims(), roles });
    const simple = (roles: string[]) => ({
      type: 'REQUEST',
      version: '2.0',
      routeArn: `${STAGE}/GET/`,
      headers: { authorization: `Bearer ${token(roles)}` },
    });

    expect(await invoke<Policy>(asked(token(['user'])))).toMatchObject({
      policyDocument: { Statement: [{ Effect: 'Deny' }] },
    });
    expect(await invoke(simple(['user']))).toEqual({ isAuthorized: false });
    expect(await invoke(simple(['user', 'admin']))).toEqual({ isAuthorized: true, context: {} });
  });

  it('a secret that cannot be used is the operator’s matter: 500 and a log line without its value', async () => {
    const { invoke, logs } = await startWithSecret('{"OTHER":"planted-value"}', { JWT_SECRET_KEY: 'JWT_SECRET' });
    await expect(invoke(asked(forge({ alg: 'HS256' }, claims())))).rejects.toThrow(
      'the secret has no text under JWT_SECRET',
    );
    expect(logs()).toMatchObject([{ level: 'error', event: 'keys-unavailable' }]);
    expect(JSON.stringify(logs())).not.toContain('planted-value');
  });
});

it('S4-38: the bundle with the keys of an issuer, over HTTPS, in the form of an HTTP API', async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const jwks = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256' }] });
  const { url, certificateFile } = await startHttps((_, response) => void response.end(jwks));
  const { invoke } = await startFunction(ENTRY, {
    variables: {
      NODE_EXTRA_CA_CERTS: certificateFile,
      JWT_JWKS_URL: url,
      JWT_ISSUER: 'https://issuer.example.com',
      JWT_AUDIENCE: 'shop',
      JWT_CONTEXT: 'userId',
    },
  });
  const token = await new SignJWT({ sub: 'u1' })
    .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
    .setIssuer('https://issuer.example.com')
    .setAudience('shop')
    .setExpirationTime('5m')
    .sign(privateKey);

  const headers = { authorization: `Bearer ${token}` };
  expect(await invoke({ type: 'REQUEST', version: '2.0', routeArn: `${STAGE}/GET/`, headers })).toEqual({
    isAuthorized: true,
    context: { userId: 'u1' },
  });
});
