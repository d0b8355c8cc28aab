import { DeleteSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, it } from 'vitest';
import { AwsFault } from '../../../sandbox/kernel/fault.ts';
import { type Deployable, startDeployable } from '../../../testing/deployable.ts';
import { checked } from '../../../testing/doctor-checks.ts';
import { startDeployed } from '../../../testing/start-deployed.ts';
import { twoServices } from '../../../testing/two-services.ts';

const SecretId = 'demo/dev/app';
const FIX = '--env dev --sandbox --fix';
const start = () => startDeployed({ yaml: twoServices() });
const sm = ({ aws }: Deployable) => aws.client(SecretsManagerClient);
const put = (project: Deployable, SecretString: string) =>
  sm(project).send(new PutSecretValueCommand({ SecretId, SecretString }));

it('secrets: healthy where they hold what containers are given, and more', async () => {
  const project = await start();
  expect(await checked(project, 'secrets')).toMatchObject({ exitCode: 0, checks: [{ status: 'ok' }] });
  await put(project, '{"API_KEY":"canary-1","FURTHER":"canary-2"}');
  const run = await checked(project, 'secrets');
  expect(run.checks).toMatchObject([{ status: 'ok' }]);
  expect(JSON.stringify(run)).not.toContain('canary');
});

it.each([
  ['F-44', '{"API_KEI":"canary-1"}', 'demo/dev/app keys', '["API_KEI"]'],
  ['F-47', 'canary-1', 'demo/dev/app SecretString', 'not-json'],
  ['F-93', '{"API_KEY":""}', 'demo/dev/app keys', '["API_KEY"]'],
])(
  'secrets: sick with %s (F-44, F-47, F-93), told once for the configuration and the tasks that run',
  async (failure, text, read, value) => {
    const project = await start();
    await put(project, text);
    const run = await checked(project, 'secrets');
    expect(run.exitCode).toBe(1);
    expect(run.checks).toMatchObject([
      {
        status: 'problem',
        severity: 'error',
        subject: 'secrets.app',
        failure,
        evidence: [{ call: 'secretsmanager:GetSecretValue', read, value }],
        remedy: 'platform secrets push --env dev --sandbox',
      },
    ]);
    expect(JSON.stringify(run)).not.toContain('canary');
  },
);

it('secrets: sick where a value is not as a push stores it (F-95)', async () => {
  const project = await start();
  await put(project, '{"API_KEY":"canary-1\\n"}');
  const run = await checked(project, 'secrets');
  expect(run).toMatchObject({
    exitCode: 0,
    checks: [{ severity: 'warning', failure: 'F-95', detail: expect.stringContaining('a line break at the end') }],
  });
  expect(JSON.stringify(run)).not.toContain('canary');
});

it('secrets: sick where one waits for its deletion (F-91); --fix asks, restores it, looks again; where it is gone (F-90) there is nothing to restore', async () => {
  const project = await start();
  await sm(project).send(new DeleteSecretCommand({ SecretId, RecoveryWindowInDays: 7 }));
  expect((await checked(project, 'secrets')).checks).toMatchObject([
    {
      failure: 'F-91',
      handling: 'ASK',
      evidence: [{ call: 'secretsmanager:DescribeSecret', read: 'demo/dev/app DeletedDate' }],
      remedy: 'platform secrets restore --env dev --sandbox app',
    },
  ]);
  const fixed = await checked(project, 'secrets', `${FIX} --yes`);
  expect(fixed).toMatchObject({ exitCode: 0, checks: [{ status: 'ok' }], document: { fixes: [{ outcome: 'fixed' }] } });

  await sm(project).send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
  await project.aws.settle();
  const { checks } = await checked(project, 'secrets');
  expect(checks[0]).toMatchObject({ failure: 'F-90', fixable: false, subject: 'secrets.app' });
});

it('says which permission is missing, and claims nothing of what it could not see', async () => {
  const project = await start();
  project.aws.faults.push({
    operation: 'GetSecretValue',
    times: 99,
    with: new AwsFault('AccessDeniedException', 'no', { status: 400 }),
  });
  expect((await checked(project, 'secrets')).checks).toMatchObject([
    { status: 'unknown', subject: 'secrets.app', permission: 'secretsmanager:GetSecretValue' },
  ]);
});

it('before the first deployment says what is still to be pushed, as a warning (F-90)', async () => {
  const project = await startDeployable({ yaml: twoServices() });
  expect(await checked(project, 'secrets', '--env dev')).toMatchObject({
    exitCode: 0,
    checks: [{ severity: 'warning', failure: 'F-90', remedy: 'platform secrets push --env dev' }],
  });
  // A rehearsal makes it up.
  expect((await checked(project, 'secrets')).checks).toMatchObject([{ status: 'skipped' }]);
});
