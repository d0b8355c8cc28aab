import {
  CloudTrailClient,
  CreateTrailCommand,
  DescribeTrailsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import { CreateAccessKeyCommand, CreateUserCommand, IAMClient } from '@aws-sdk/client-iam';
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { AwsFault } from '../../../sandbox/kernel/fault.ts';
import { keyOf, users } from '../../../sandbox/services/iam/state.ts';
import { realBootstrap } from '../../../testing/damaged-bootstrap.ts';
import { type Deployable, QUEUE, smallYaml, startDeployable } from '../../../testing/deployable.ts';
import { checked } from '../../../testing/doctor-checks.ts';
import { startDeployed } from '../../../testing/start-deployed.ts';
import { startPlatform } from '../../../testing/start-platform.ts';

const REAL = '--env dev';
const deployed = () => startDeployed({ yaml: smallYaml(QUEUE) });

describe('credentials', () => {
  it('credentials: healthy where STS knows them and the account is that of the environment (S0-03, S3-01)', async () => {
    const project = await startPlatform();
    const { exitCode, checks } = await checked(project, 'credentials', REAL);
    expect(exitCode).toBe(0);
    expect(checks).toMatchObject([{ status: 'ok', detail: expect.stringContaining('arn:aws:iam::111111111111:') }]);
  });

  it.each([
    ['F-30', 'ExpiredToken', 'aws sso login'],
    ['F-33', 'InvalidClientTokenId', 'enable-region'],
    ['F-34', 'SignatureDoesNotMatch', 'secret access key'],
  ])(
    'credentials: sick with %s where STS says %s (F-30, F-33, F-34), and what stands on them is left out',
    async (failure, code, remedy) => {
      const project = await startPlatform();
      project.aws.faults.push({
        operation: 'GetCallerIdentity',
        times: 9,
        with: new AwsFault(code, 'no', { status: 403 }),
      });
      const { exitCode, checks } = await checked(project, 'credentials stacks lock', REAL);
      expect(exitCode).toBe(1);
      expect(checks).toMatchObject([
        {
          status: 'problem',
          severity: 'error',
          failure,
          evidence: [{ call: 'sts:GetCallerIdentity', read: 'error', value: code }],
          remedy: expect.stringContaining(remedy),
        },
        { id: 'stacks', status: 'skipped' },
        { id: 'lock', status: 'skipped' },
      ]);
    },
  );

  it('credentials: sick where they are of another account (F-32), or there are none (F-31)', async () => {
    const other = await startPlatform({ account: '333333333333' });
    expect((await checked(other, 'credentials', REAL)).checks).toMatchObject([
      { failure: 'F-32', detail: expect.stringContaining('but the credentials are for 333333333333') },
    ]);
    const none = await startPlatform({ env: { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' } });
    expect((await checked(none, 'credentials', REAL)).checks).toMatchObject([{ failure: 'F-31' }]);
    // Whoever asks for what stands on them is told, and no script takes it for healthy.
    expect(await checked(none, 'queues', REAL)).toMatchObject({
      exitCode: 1,
      checks: [
        { id: 'credentials', failure: 'F-31' },
        { id: 'queues', status: 'skipped' },
      ],
    });
  });

  it('credentials-last: healthy where they do not end, or last longer than the last deployment took', async () => {
    const project = await deployed();
    expect((await checked(project, 'credentials-last')).checks).toMatchObject([{ status: 'ok' }]);
    const long = await startDeployable({ yaml: smallYaml(QUEUE), env: ending(60 * 60_000) });
    expect((await checked(long, 'credentials-last', REAL)).checks).toMatchObject([{ status: 'ok' }]);
  });

  it('credentials-last: sick where they end before a deployment would (F-30)', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE), env: ending(4 * 60_000) });
    const { exitCode, checks } = await checked(project, 'credentials-last', REAL);
    expect(exitCode).toBe(0);
    expect(checks).toMatchObject([
      { status: 'problem', severity: 'warning', failure: 'F-30', evidence: [{ read: 'expiration' }] },
    ]);
  });

  it('access-key-age: healthy where keys are young; access-key-age: sick where one is older than 90 days (S2-88)', async () => {
    const project = await startPlatform();
    const words = '--env dev';
    expect((await checked(project, 'access-key-age', words)).checks).toMatchObject([{ status: 'ok' }]);
    const iam = project.aws.client(IAMClient);
    await iam.send(new CreateUserCommand({ UserName: 'anna' }));
    const { AccessKey } = await iam.send(new CreateAccessKeyCommand({ UserName: 'anna' }));
    const env = { AWS_ACCESS_KEY_ID: AccessKey!.AccessKeyId!, AWS_SECRET_ACCESS_KEY: AccessKey!.SecretAccessKey! };
    const young = await project.platform(`doctor --only access-key-age ${words} --json`, { env });
    expect(young.json().checks).toMatchObject([{ status: 'ok', detail: 'no key of anna is older than 90 days' }]);
    agedBy(project, 91);
    const old = await project.platform(`doctor --only access-key-age ${words} --json`, { env });
    expect(old.json().checks).toMatchObject([
      { status: 'problem', severity: 'warning', detail: 'this key of anna is 91 days old' },
    ]);
    expect(old.stdout).not.toContain(AccessKey!.AccessKeyId!);
  });
});

describe('trail', () => {
  it('trail: healthy where one records every region; trail: sick where none does, or none now (S4-164)', async () => {
    const project = await startPlatform({ yaml: smallYaml('queues: { jobs: {} }') });
    const words = '--env prod';
    const look = async () => (await checked(project, 'trail', words)).checks;
    expect((await checked(project, 'trail', '--env dev')).checks).toMatchObject([{ status: 'skipped' }]);
    expect(await look()).toMatchObject([
      { status: 'problem', severity: 'warning', detail: expect.stringContaining('no trail records') },
    ]);

    const home = { account: '111111111111', region: 'us-east-1' };
    const s3 = project.aws.client(S3Client, home);
    const trails = project.aws.client(CloudTrailClient, home);
    await s3.send(new CreateBucketCommand({ Bucket: 'trails-of-demo' }));
    const make = (Name: string, IsMultiRegionTrail: boolean) =>
      trails.send(new CreateTrailCommand({ Name, S3BucketName: 'trails-of-demo', IsMultiRegionTrail }));
    await expect(make('all', true)).rejects.toMatchObject({ name: 'InsufficientS3BucketPolicyException' });
    const lets = { Effect: 'Allow', Principal: { Service: 'cloudtrail.amazonaws.com' } };
    await s3.send(
      new PutBucketPolicyCommand({
        Bucket: 'trails-of-demo',
        Policy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            { ...lets, Action: 's3:GetBucketAcl', Resource: 'arn:aws:s3:::trails-of-demo' },
            {
              ...lets,
              Action: 's3:PutObject',
              Resource: 'arn:aws:s3:::trails-of-demo/AWSLogs/111111111111/*',
              Condition: { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } },
            },
          ],
        }),
      }),
    );
    await make('here', false);
    expect(await look()).toMatchObject([
      { status: 'problem', detail: expect.stringContaining('here records one region') },
    ]);
    await make('all', true);
    expect(await look()).toMatchObject([{ status: 'problem', detail: expect.stringContaining('does not record now') }]);
    await trails.send(new StartLoggingCommand({ Name: 'all' }));
    expect(await look()).toMatchObject([{ status: 'ok', detail: 'all records every region' }]);

    // Seen everywhere, changed at home.
    const abroad = project.aws.client(CloudTrailClient, { ...home, region: 'eu-central-1' });
    const seen = await abroad.send(new DescribeTrailsCommand({}));
    expect(seen.trailList).toMatchObject([{ Name: 'all', HomeRegion: 'us-east-1' }]);
    const arn = seen.trailList![0]!.TrailARN!;
    await expect(abroad.send(new StopLoggingCommand({ Name: arn }))).rejects.toMatchObject({
      name: 'InvalidHomeRegionException',
    });
    await expect(abroad.send(new StopLoggingCommand({ Name: 'all' }))).rejects.toMatchObject({
      name: 'TrailNotFoundException',
    });
  });
});

describe('bootstrap', () => {
  it('bootstrap: healthy where it stands; bootstrap-parts: healthy where each part is what the CDK made (not F-28)', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE), bootstrapped: true });
    await realBootstrap(project.aws).create();
    const { exitCode, checks } = await checked(project, 'bootstrap bootstrap-parts');
    expect(checks).toMatchObject([
      { status: 'ok', detail: expect.stringMatching(/^us-east-1: version \d+$/) },
      { status: 'ok', detail: 'us-east-1: 8 parts' },
    ]);
    expect(exitCode).toBe(0);
  });

  it('bootstrap: sick where there is none: a warning before the first deployment (F-21, S1-78)', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE), bootstrapped: true });
    const { exitCode, checks } = await checked(project, 'bootstrap');
    expect(exitCode).toBe(0);
    expect(checks).toMatchObject([
      { status: 'problem', severity: 'warning', failure: 'F-21', subject: 'us-east-1', handling: 'ASK' },
    ]);
  });

  it('bootstrap: sick where its version is old (F-24, F-28), or not told (F-21, not F-24)', async () => {
    const project = await deployed();
    const version = (Value: string) =>
      project.aws
        .client(SSMClient)
        .send(
          new PutParameterCommand({ Name: '/cdk-bootstrap/hnb659fds/version', Value, Type: 'String', Overwrite: true }),
        );
    await version('29');
    expect((await checked(project, 'bootstrap')).checks).toMatchObject([{ severity: 'warning', failure: 'F-24' }]);
    await version('20');
    expect((await checked(project, 'bootstrap')).checks).toMatchObject([{ severity: 'error', failure: 'F-28' }]);
    await project.aws.client(SSMClient).send(new DeleteParameterCommand({ Name: '/cdk-bootstrap/hnb659fds/version' }));
    expect((await checked(project, 'bootstrap')).checks).toMatchObject([{ failure: 'F-21' }]);
  });

  it('bootstrap: sick where its bucket is gone (F-22), or is all that is left (F-23); --fix mends it and looks again', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE), bootstrapped: true });
    const real = realBootstrap(project.aws);
    await real.create();
    await real.loseBucket();
    const lost = await checked(project, 'bootstrap');
    expect(lost).toMatchObject({
      exitCode: 1,
      checks: [
        {
          failure: 'F-22',
          evidence: [{ value: 'CREATE_COMPLETE' }, { call: 's3:HeadBucket', value: 'absent' }],
          remedy: 'platform bootstrap repair --env dev --sandbox',
        },
      ],
    });
    const fixed = await checked(project, 'bootstrap', '--env dev --sandbox --fix --yes');
    expect(fixed).toMatchObject({
      exitCode: 0,
      checks: [{ status: 'ok' }],
      document: { fixes: [{ outcome: 'fixed' }] },
    });

    await real.deleteStack();
    expect((await checked(project, 'bootstrap')).checks).toMatchObject([{ failure: 'F-23' }]);
  });

  it('bootstrap-parts: sick where a role is gone that the stack believes in (F-26)', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE), bootstrapped: true });
    const real = realBootstrap(project.aws);
    await real.create();
    await real.loseRole('deploy');
    const { exitCode, checks } = await checked(project, 'bootstrap bootstrap-parts');
    expect(exitCode).toBe(1);
    expect(checks).toMatchObject([
      { id: 'bootstrap', status: 'ok' },
      {
        id: 'bootstrap-parts',
        failure: 'F-26',
        subject: real.named('deploy-role'),
        evidence: [{ call: 'iam:GetRole', value: 'missing' }],
        fixable: true,
      },
    ]);
  });
});

describe('roles of services', () => {
  const yaml = smallYaml(
    'services: { web: { image: { context: . }, port: 8080, http: { certificate: none, insecure: true }, health: { path: / } } }',
  );

  it('service-linked-roles: healthy where nothing needs one', async () => {
    expect((await checked(await deployed(), 'service-linked-roles')).checks).toMatchObject([{ status: 'skipped' }]);
  });

  it('service-linked-roles: sick where ECS has none (F-57); --fix makes it without asking, and looks again', async () => {
    const project = await startDeployable({ yaml });
    const before = await checked(project, 'service-linked-roles');
    expect(before).toMatchObject({
      exitCode: 0,
      checks: [
        {
          subject: 'AWSServiceRoleForECS',
          severity: 'warning',
          failure: 'F-57',
          handling: 'AUTO',
          evidence: [{ call: 'iam:GetRole', read: 'AWSServiceRoleForECS', value: 'absent' }],
        },
        { subject: 'AWSServiceRoleForElasticLoadBalancing' },
      ],
    });
    const dry = await checked(project, 'service-linked-roles', '--env dev --sandbox --fix --dry-run');
    expect(dry.document.fixes).toMatchObject([{ outcome: 'dry-run' }, { outcome: 'dry-run' }]);
    expect(project.writes()).not.toContain('iam:CreateServiceLinkedRole');

    const fixed = await checked(project, 'service-linked-roles', '--env dev --sandbox --fix');
    expect(fixed).toMatchObject({ exitCode: 0, checks: [{ status: 'ok' }] });
    expect(fixed.document.fixes).toMatchObject([{ outcome: 'fixed', handling: 'AUTO' }, { outcome: 'fixed' }]);
  });

  it('service-linked-roles: sick as long as a repair does not help: said so, and not tried again', async () => {
    const project = await startDeployable({ yaml });
    // Somebody takes it away as soon as it is made.
    project.aws.faults.push({
      operation: 'GetRole',
      times: 99,
      with: new AwsFault('NoSuchEntity', 'The role with name x cannot be found.', { status: 404 }),
    });
    const run = await checked(project, 'service-linked-roles', '--env dev --sandbox --fix');
    expect(run.document.fixes).toMatchObject([{ outcome: 'still-sick' }, { outcome: 'still-sick' }]);
    expect(run.stderr).toContain('done, and still');
    expect(project.writes().filter((call) => call === 'iam:CreateServiceLinkedRole')).toHaveLength(2);
  });
});

/** Session credentials that say when they end. */
const ending = (ms: number): Record<string, string> => ({
  AWS_CREDENTIAL_EXPIRATION: new Date(Date.now() + ms).toISOString(),
  AWS_SESSION_TOKEN: 'x',
});

function agedBy({ aws }: Pick<Deployable, 'aws'>, days: number): void {
  users.in(aws.scope).update(keyOf('anna'), (draft) => {
    for (const key of draft.accessKeys) key.created -= days * 86_400_000;
  });
}
