import { randomUUID } from 'node:crypto';
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { scramVerifier as ofTheProgram } from '../../src/domain/secrets/scram-verifier.ts';
import { AwsFault } from '../../src/sandbox/kernel/fault.ts';
import { secrets as secretRows } from '../../src/sandbox/services/secretsmanager/state.ts';
import { postgresPrograms, type RunningPostgres, startPostgres } from '../../src/testing/start-postgres.ts';
import { startSandbox } from '../../src/testing/start-sandbox.ts';
import { scramVerifier } from '../postgres/scram-verifier.ts';
import { type Bundle, bundleFunction } from '../testing/bundle-function.ts';
import { LambdaProcess } from '../testing/lambda-process.ts';
import { rotationRequest } from './rotation.ts';

if (!postgresPrograms) console.warn('skipped: no PostgreSQL server under /usr/lib/postgresql');

const FIRST = 'c@nary p/w:"é$1%';
const STEPS = ['createSecret', 'setSecret', 'testSecret', 'finishSecret'];

describe.skipIf(!postgresPrograms)('rotate-database, bundled, in a process of its own, against a real server', () => {
  let postgres: RunningPostgres;
  let bundle: Bundle;
  beforeAll(async () => {
    postgres = await startPostgres({ password: 'p' });
    bundle = await bundleFunction('rotate-database');
  }, 60_000);
  afterAll(async () => {
    bundle.remove();
    await postgres.stop();
  });

  async function open() {
    const { client, endpoint, credentials, faults, scope } = await startSandbox();
    const secrets = client(SecretsManagerClient);
    postgres.psql('DROP ROLE IF EXISTS "Shop admin"');
    postgres.psql(`CREATE ROLE "Shop admin" LOGIN CREATEROLE PASSWORD '${FIRST}'`);
    const value = {
      engine: 'postgres',
      username: 'Shop admin',
      host: '127.0.0.1',
      port: postgres.port,
      dbname: 'postgres',
      dbClusterIdentifier: 'kept',
    };
    const SecretString = JSON.stringify({ ...value, password: FIRST });
    const { ARN } = await secrets.send(new CreateSecretCommand({ Name: 'shop/main', SecretString }));
    const start = () => {
      const lambda = new LambdaProcess(bundle.file, {
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_REGION: 'us-east-1',
        AWS_ENDPOINT_URL: endpoint,
        AWS_MAX_ATTEMPTS: '1',
        DATABASE_CA_FILE: postgres.caFile,
      });
      onTestFinished(() => lambda.end());
      return lambda;
    };
    const lambda = start();
    const token = randomUUID();
    const told: string[] = [];
    return {
      secrets,
      faults,
      scope,
      token,
      secretArn: ARN!,
      value,
      async step(Step: string, ClientRequestToken = token) {
        const answer = await lambda.invoke({ Step, SecretId: ARN, ClientRequestToken });
        told.push(JSON.stringify(answer), ...lambda.log);
        return answer;
      },
      told: () => told.join('\n'),
      async current(): Promise<Record<string, unknown>> {
        const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: ARN }));
        return JSON.parse(SecretString!);
      },
    };
  }
  /** Whether the server takes a password: what it keeps of it is derived from both alone. */
  function opens(password: string): boolean {
    const kept = postgres.psql(`SELECT rolpassword FROM pg_authid WHERE rolname = 'Shop admin'`);
    const salt = Buffer.from(/:([^$]+)\$/.exec(kept)![1]!, 'base64');
    return kept === scramVerifier(password, salt);
  }
  const done = {};

  it('gives the user another password, step by step, each as often as it is asked (D11)', async () => {
    const { step, current, value, told } = await open();
    for (const name of STEPS) for (const _ of ['once', 'twice']) expect(await step(name)).toEqual(done);
    const { password, ...rest } = await current();
    expect(rest).toEqual(value);
    expect(password).toMatch(/^[A-Za-z0-9]{16}$/);
    expect(opens(password as string)).toBe(true);
    expect(opens(FIRST)).toBe(false);
    expect(told()).not.toMatch(/c@nary/);
    expect(told()).not.toContain(password);

    const next = randomUUID();
    for (const name of STEPS) expect(await step(name, next)).toEqual(done);
    expect((await current()).password).not.toBe(password);
    expect(opens((await current()).password as string)).toBe(true);
  });

  it.each(STEPS)('goes on where it was when %s was lost after it was done', async (lost) => {
    const { step, current, faults } = await open();
    for (const name of STEPS) {
      if (name === lost) {
        faults.push({
          operation:
            name === 'createSecret'
              ? 'PutSecretValue'
              : name === 'finishSecret'
                ? 'UpdateSecretVersionStage'
                : 'DescribeSecret',
          with: 'cut-after',
        });
        expect(await step(name)).toMatchObject({ error: {} });
      }
      expect(await step(name)).toEqual(done);
    }
    expect(opens((await current()).password as string)).toBe(true);
  });

  it('sets no password that nobody could read: a version that is missing ends it', async () => {
    const { step, current } = await open();
    for (const name of ['setSecret', 'testSecret', 'finishSecret'])
      expect(await step(name)).toMatchObject({
        error: { message: expect.stringContaining('createSecret did not make it') },
      });
    expect(opens(FIRST)).toBe(true);
    expect((await current()).password).toBe(FIRST);
  });

  it('a schedule that is only tested asks with a version that has no value: the current password is tried', async () => {
    const { step, secrets, secretArn, token, current, scope } = await open();
    secretRows.in(scope).update(secretArn, (draft) => {
      draft.versions.push({ id: token, stages: ['AWSPENDING'], created: 0 });
    });
    expect(await step('testSecret')).toEqual(done);
    expect(await step('finishSecret')).toMatchObject({ error: { message: expect.stringContaining('no version of') } });
    const wrong = JSON.stringify({ ...(await current()), password: 'wrong' });
    await secrets.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString: wrong }));
    expect(await step('testSecret')).toMatchObject({
      error: { message: expect.stringContaining('authentication failed') },
    });
  });

  it('does not finish what was not set', async () => {
    const { step, current } = await open();
    await step('createSecret');
    expect(await step('finishSecret')).toMatchObject({
      error: { message: expect.stringContaining('authentication failed') },
    });
    expect((await current()).password).toBe(FIRST);
  });

  it('takes the password before the current one, of a version that was made before the database as well', async () => {
    const { step, secrets, secretArn, value, current } = await open();
    const of = (more: object) => JSON.stringify({ username: 'Shop admin', ...more });
    for (const SecretString of [of({ password: FIRST }), of({ ...value, password: 'never set' })])
      await secrets.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString }));
    for (const name of STEPS) expect(await step(name)).toEqual(done);
    expect(opens((await current()).password as string)).toBe(true);
  });

  it('says so when the server takes neither the current password nor the one before, and no word of them', async () => {
    const { step, told } = await open();
    postgres.psql(`ALTER ROLE "Shop admin" PASSWORD 'by hand'`);
    await step('createSecret');
    expect(await step('setSecret')).toMatchObject({
      error: { message: expect.stringMatching(/refuses the current password/) },
    });
    expect(told()).not.toMatch(/c@nary/);
  });

  it('lends its rights to no other user and no other host', async () => {
    const { step, secrets, secretArn, token, value } = await open();
    await secrets.send(
      new PutSecretValueCommand({
        SecretId: secretArn,
        ClientRequestToken: token,
        VersionStages: ['AWSPENDING'],
        SecretString: JSON.stringify({ ...value, username: 'master', password: 'taken over' }),
      }),
    );
    expect(await step('setSecret')).toMatchObject({
      error: { message: expect.stringMatching(/is of master at 127\.0\.0\.1, not of Shop admin/) },
    });
  });

  it('a server that is away says nothing about a password', async () => {
    const { step, secrets, secretArn, value } = await open();
    await secrets.send(
      new PutSecretValueCommand({
        SecretId: secretArn,
        SecretString: JSON.stringify({ ...value, port: 1, password: FIRST }),
      }),
    );
    await step('createSecret');
    expect(await step('setSecret')).toMatchObject({ error: { message: expect.stringContaining('ECONNREFUSED') } });
  });

  it('a refusal of Secrets Manager is an error of the step', async () => {
    const { step, faults } = await open();
    faults.push({ operation: 'GetRandomPassword', with: new AwsFault('AccessDeniedException', 'no') });
    expect(await step('createSecret')).toEqual({ error: { name: 'AccessDeniedException', message: 'no' } });
    expect(await step('createSecret')).toEqual(done);
  });
});

it('a verifier is what the program makes of the same password and salt', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.uint8Array({ minLength: 16, maxLength: 16 }), (password, salt) => {
      expect(scramVerifier(password, salt)).toBe(ofTheProgram(password, salt));
      expect(scramVerifier(password, salt)).toMatch(/^[A-Za-z0-9$:+/=-]+$/);
    }),
    { numRuns: 20 },
  );
});

it.each([undefined, {}, { Step: 'setSecret' }, { Step: 'other', SecretId: 's', ClientRequestToken: 't' }])(
  'an event that is none of Secrets Manager is refused: %j',
  (event) => {
    expect(() => rotationRequest(event)).toThrow(/none of/);
  },
);
