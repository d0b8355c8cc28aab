import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DescribeServicesCommand } from '@aws-sdk/client-ecs';
import {
  CreateSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { AwsFault } from '../../src/sandbox/kernel/fault.ts';
import { ecsScene } from '../../src/sandbox/services/ecs/ecs-scene.ts';
import { eventPattern } from '../../src/sandbox/services/events/event-pattern.ts';
import { loginOfUrl } from '../postgres/login.ts';
import { type Bundle, bundleFunction } from '../testing/bundle-function.ts';
import { LambdaProcess } from '../testing/lambda-process.ts';
import { reasonToIgnore } from './rotation-event.ts';
import { readSettings } from './settings.ts';
import { urlOf } from './url-of.ts';

const OLD = 'c@nary-old';
const ROTATED = 'c@nary/new:"é$1%';

const rotated = (SecretId: string, eventName = 'RotationSucceeded') => ({
  version: '0',
  source: 'aws.secretsmanager',
  'detail-type': 'AWS Service Event via CloudTrail',
  detail: { eventSource: 'secretsmanager.amazonaws.com', eventName, additionalEventData: { SecretId } },
});

describe('url-secret, bundled, in a process of its own, against the sandbox', () => {
  let bundle: Bundle;
  beforeAll(async () => {
    bundle = await bundleFunction('url-secret');
  });
  afterAll(() => bundle.remove());

  /** A database whose URL two services hold, and the function that watches over it. */
  async function open(more: Record<string, string> = {}) {
    const scene = await ecsScene();
    const secrets = scene.client(SecretsManagerClient);
    const value = (password: string) =>
      JSON.stringify({
        engine: 'postgres',
        username: 'dbadmin',
        password,
        host: 'db.internal',
        port: 5432,
        dbname: 'shop',
      });
    const create = async (Name: string, SecretString: string) =>
      (await secrets.send(new CreateSecretCommand({ Name, SecretString }))).ARN!;
    const secretArn = await create('shop/main', value(OLD));
    const urlArn = await create(
      'shop/main-url',
      JSON.stringify({ url: `postgresql://dbadmin:${OLD}@db.internal:5432/shop?sslmode=require`, note: 'kept' }),
    );
    const holding = (family: string, valueFrom: string) =>
      scene.register({
        family,
        containerDefinitions: [{ secrets: [{ name: 'VALUE', valueFrom }] }],
      });
    await holding('web', `${urlArn}:url::`);
    await holding('worker', `${secretArn}:password::`);
    await scene.register({ family: 'other' });
    for (const serviceName of ['web', 'worker', 'other'])
      await scene.createService({ serviceName, taskDefinition: serviceName });
    await scene.settle();
    const lambda = new LambdaProcess(bundle.file, {
      AWS_ACCESS_KEY_ID: scene.credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: scene.credentials.secretAccessKey,
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: scene.endpoint,
      AWS_MAX_ATTEMPTS: '1',
      DATABASE_SECRET_ARN: secretArn,
      URL_SECRET_ARN: urlArn,
      CLUSTER_NAME: 'shop',
      ...more,
    });
    onTestFinished(() => lambda.end());
    const told: string[] = [];
    return {
      ...scene,
      secretArn,
      urlArn,
      async rotate(password = ROTATED) {
        await secrets.send(new PutSecretValueCommand({ SecretId: secretArn, SecretString: value(password) }));
      },
      async invoke(event: unknown = rotated(secretArn)) {
        const answer = await lambda.invoke(event);
        told.push(JSON.stringify(answer), ...lambda.log);
        return answer;
      },
      told: () => told.join('\n'),
      async urlSecret(): Promise<Record<string, string>> {
        const { SecretString } = await secrets.send(new GetSecretValueCommand({ SecretId: urlArn }));
        return JSON.parse(SecretString!);
      },
      async deployments() {
        const { services } = await scene.ecs.send(
          new DescribeServicesCommand({ cluster: 'shop', services: ['web', 'worker'] }),
        );
        return services!.map((service) => service.deployments!.find(({ status }) => status === 'PRIMARY')!.id);
      },
    };
  }

  it('writes the URL of the rotated password, keeps other keys, and asks for fresh tasks (D11, F-81)', async () => {
    const { rotate, invoke, urlSecret, deployments, told, settle } = await open();
    const before = await deployments();
    await rotate();
    expect(await invoke()).toEqual({
      result: { urlChanged: true, restarted: ['web', 'worker'], fresh: [], failed: [] },
    });
    const { url, note } = await urlSecret();
    expect(note).toBe('kept');
    expect(url).toMatch(/^postgresql:\/\/dbadmin:[\w%-]+@db\.internal:5432\/shop\?sslmode=require$/);
    expect(loginOfUrl(url!).password()).toBe(ROTATED);
    await settle();
    const after = await deployments();
    for (const [index, id] of after.entries()) expect(id).not.toBe(before[index]);
    expect(told()).not.toMatch(/c@nary|c%40nary/);
  });

  it('an event that comes twice restarts nothing again', async () => {
    const { rotate, invoke, deployments, settle } = await open();
    await rotate();
    await invoke();
    await settle();
    const once = await deployments();
    expect(await invoke()).toMatchObject({ result: { urlChanged: false, restarted: [], fresh: ['web', 'worker'] } });
    expect(await deployments()).toEqual(once);
  });

  it('a service that cannot be asked is an error, and the next run does what is left', async () => {
    const { rotate, invoke, faults, urlSecret, deployments } = await open();
    const before = await deployments();
    await rotate();
    faults.push({ operation: 'UpdateService', with: new AwsFault('ServerException', 'later', { status: 500 }) });
    expect(await invoke()).toEqual({
      error: { name: 'Error', message: 'no fresh tasks of web: they hold the password from before the rotation' },
    });
    const { url } = await urlSecret();
    expect(await invoke()).toMatchObject({ result: { urlChanged: false, restarted: expect.arrayContaining(['web']) } });
    expect((await urlSecret()).url).toBe(url);
    expect((await deployments())[0]).not.toBe(before[0]);
  });

  it('a run that ended between the secret and the services is made good by the next', async () => {
    const { rotate, invoke, faults } = await open();
    await rotate();
    faults.push({ operation: 'DescribeServices', with: 'cut-before' });
    expect(await invoke()).toMatchObject({ error: {} });
    expect(await invoke()).toMatchObject({ result: { urlChanged: false, restarted: ['web', 'worker'] } });
  });

  it('leaves events of others alone, and services that hold nothing of it', async () => {
    const { rotate, invoke, urlSecret, secretArn, urlArn, ecs, settle } = await open();
    const primary = async () =>
      (await ecs.send(new DescribeServicesCommand({ cluster: 'shop', services: ['other'] }))).services![0]!
        .deployments!;
    const before = await primary();
    await rotate();
    for (const event of [rotated(urlArn), rotated(secretArn, 'RotationStarted'), { detail: {} }])
      expect(await invoke(event)).toEqual({ result: { ignored: expect.any(String) } });
    expect((await urlSecret()).url).toContain(OLD);
    expect(await invoke({})).toMatchObject({ result: { restarted: ['web', 'worker'] } });
    await settle();
    expect((await primary()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });

  it('restarts whoever holds the password where nobody wants a URL', async () => {
    const { rotate, invoke, urlSecret } = await open({ URL_SECRET_ARN: '' });
    expect(await invoke()).toEqual({ result: { urlChanged: false, restarted: [], fresh: ['worker'], failed: [] } });
    await rotate();
    expect(await invoke()).toMatchObject({ result: { urlChanged: false, restarted: ['worker'] } });
    expect((await urlSecret()).url).toContain(OLD);
  });

  it('names the proxy where the environment does, and says nothing of a secret that is damaged', async () => {
    const { rotate, invoke, urlSecret, told, client, secretArn } = await open({
      DATABASE_HOST: 'proxy.internal',
      URL_QUERY: '',
    });
    await rotate();
    await invoke();
    expect((await urlSecret()).url).toMatch(/@proxy\.internal:5432\/shop$/);
    const SecretString = `{"username":"u","password":"${OLD}`;
    await client(SecretsManagerClient).send(new PutSecretValueCommand({ SecretId: secretArn, SecretString }));
    expect(await invoke()).toMatchObject({ error: { message: expect.stringMatching(/is no JSON object$/) } });
    expect(told()).not.toMatch(/c@nary|c%40nary/);
  });
});

it('a URL gives back every user, password and database that it is made of (D11)', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter((value) => value.isWellFormed());
  fc.assert(
    fc.property(text, text, text, (user, password, database) => {
      fc.pre(database !== '.' && database !== '..');
      const url = urlOf(
        { user, password: () => password, database, host: 'h', port: 5432, tls: true },
        'sslmode=require',
      );
      const login = loginOfUrl(url);
      expect([login.user, login.password(), login.database]).toEqual([user, password, database]);
      expect(url).toMatch(/^postgresql:\/\/[\w.~%-]+:[\w.~%-]+@h:5432\/[\w.~%-]+\?sslmode=require$/);
    }),
  );
});

it.each([
  [undefined, undefined],
  [{}, undefined],
  [rotated('arn:a'), undefined],
  [{ 'detail-type': 'Scheduled Event', detail: {} }, undefined],
  [rotated('arn:b'), /of arn:b/],
  [rotated('arn:a', 'RotationFailed'), /RotationFailed/],
  [{ detail: { eventName: 'RotationSucceeded' } }, /of no secret/],
])('what is to be done of %j', (event, reason) => {
  const found = reasonToIgnore(event, 'arn:a');
  if (reason) expect(found).toMatch(reason);
  else expect(found).toBeUndefined();
});

it('the rule of its README lets in the rotations of its secret, and nothing else', () => {
  const readme = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8');
  const rule = /```json\n([\s\S]*?)```/.exec(readme)![1]!.replace('<ARN of the rotated secret>', 'arn:a');
  const lets = eventPattern(rule);
  expect(lets(rotated('arn:a'))).toBe(true);
  expect(lets(rotated('arn:b'))).toBe(false);
  expect(lets(rotated('arn:a', 'RotationStarted'))).toBe(false);
});

it('its environment names the secret, and what else there is', () => {
  const given = { DATABASE_SECRET_ARN: 'a', URL_SECRET_ARN: 'u', CLUSTER_NAME: 'c' };
  expect(readSettings(given)).toMatchObject({ urlSecretArn: 'u', cluster: 'c', urlQuery: 'sslmode=require' });
  expect(readSettings({ DATABASE_SECRET_ARN: 'a' })).toEqual({
    login: { from: 'secret', secretArn: 'a' },
    urlQuery: 'sslmode=require',
  });
  expect(() => readSettings({ ...given, DATABASE_SECRET_ARN: '', DATABASE_URL: 'x' })).toThrow(/DATABASE_SECRET_ARN/);
});
