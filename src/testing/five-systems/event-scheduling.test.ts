import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SignJWT } from 'jose';
import { expect, it } from 'vitest';
import { systemText } from '../write-project.ts';
import { KNOWN } from './known.ts';
import { live } from './life.ts';
import { functionOf, logOf } from './look.ts';
import { type SystemProject, startSystem } from './system-project.ts';

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
/**
 * Functions really run: virtual time goes on until what they wrote is there, and so slowly that no minute passes while
 * the scheduler runs, which runs once at a time.
 */
const POLL = { interval: 500, timeout: 60_000 };
const known = KNOWN['event-scheduling'];
const answers = ['apis.public GET /user', 'apis.public GET /user', 'apis.public OPTIONS /user'];

/** A token of the generated secret, as the application would hand it out. */
async function tokenOf({ aws, accountOf }: SystemProject, environment: string): Promise<string> {
  const secrets = aws.client(SecretsManagerClient, { account: accountOf(environment) });
  const { SecretString = '' } = await secrets.send(new GetSecretValueCommand({ SecretId: `bday/${environment}/jwt` }));
  return new SignJWT({ userId: 'u-1', email: 'u@example.com', roles: ['user'] })
    .setProtectedHeader({ alg: 'HS256' })
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(JSON.parse(SecretString).JWT_SECRET));
}

/** Up to its end with a token, the schedule and the queue at work in between. */
async function lives(project: SystemProject, environment: string, more: () => Promise<void> = async () => {}) {
  const env: Record<string, string> = {};
  return live(project, environment, {
    known: known[environment]!,
    env,
    smoke: '--token-from TOKEN',
    answers,
    once: async () => {
      env.TOKEN = await tokenOf(project, environment);
      // The schedule finds something due, and the queue hands it to the worker.
      await project.aws.advance(MINUTE_MS);
      await expect
        .poll(async () => {
          await project.aws.advance(SECOND_MS);
          return logOf(project, environment, 'worker');
        }, POLL)
        .toContain('"message":"delivered"');
      await more();
    },
  });
}

it('S4-173: event scheduling local, rehearsed: who asks with a token is answered, what the schedule finds due is delivered, and verifying finds it as configured', async () => {
  // As whoever tests what tokens open has it: with the bypass of the source system nobody looks at any.
  const yaml = systemText('event-scheduling').replace('authorizerBypass: true', 'authorizerBypass: false');
  const project = await startSystem('event-scheduling', { yaml });
  await lives(project, 'local', async () => {
    const words = ['local', 'verify', ...project.at('local').split(' '), '--message', 'events={"due":"now"}', '--json'];
    const verified = await project.platform(words);
    const { checks, summary } = verified.json();
    expect(checks.filter(({ status }: { status: string }) => status === 'failed')).toEqual([]);
    // So many had the original.
    expect(summary.passed).toBeGreaterThanOrEqual(26);
  });
});

it('S4-105: event scheduling dev', async () => {
  const project = await startSystem('event-scheduling');
  await lives(project, 'dev', async () => {
    expect(await functionOf(project, 'dev', 'api')).toMatchObject({ MemorySize: 512, Timeout: 29 });
  });
});

it('S4-111: event scheduling staging, a queue with its dead letters', async () => {
  const project = await startSystem('event-scheduling');
  const { outputs } = await lives(project, 'staging');
  expect(outputs['queues.events.deadLetterUrl']).toMatch(/^http/);
});

it('S4-115 S4-117 S4-162: event scheduling production, its sizes, its queue with dead letters, its secrets in Secrets Manager', async () => {
  const project = await startSystem('event-scheduling');
  const { outputs } = await lives(project, 'production', async () => {
    expect(await functionOf(project, 'production', 'worker')).toMatchObject({ MemorySize: 512, Timeout: 60 });
  });
  expect(outputs['queues.events.deadLetterUrl']).toMatch(/^http/);
  expect(outputs['secrets.jwt.arn']).toContain(':secret:bday/production/jwt');
});
