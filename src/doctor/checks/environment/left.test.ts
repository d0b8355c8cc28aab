import { CloudFormationClient, UpdateTerminationProtectionCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { certificates } from '../../../sandbox/services/acm/state.ts';
import { type Deployable, QUEUE, smallYaml, startDeployable } from '../../../testing/deployable.ts';
import { checked } from '../../../testing/doctor-checks.ts';
import { startDeployed } from '../../../testing/start-deployed.ts';

const PROD = '--env prod --sandbox';
const FIX = `${PROD} --fix`;

/** In `prod` stacks that hold state are protected, and what they hold is kept. */
async function inProd(): Promise<Deployable> {
  const project = await startDeployable({ yaml: smallYaml(`buckets: { files: { onDelete: retain } }\n${QUEUE}`) });
  await project.succeed(`deploy ${PROD} --yes`);
  return project;
}

describe('what is left', () => {
  it('leftovers: healthy where all that bears the name is in a stack; stack-protection: healthy where it is as released (not F-143)', async () => {
    const project = await inProd();
    const run = await checked(project, 'leftovers stack-protection', PROD);
    expect(run.checks).toMatchObject([{ status: 'ok' }, { status: 'ok' }]);
  });

  it('leftovers: sick where a destruction kept something (F-143), or a log group came back (F-141); deleting wants its name', async () => {
    const project = await inProd();
    await project.succeed(`destroy ${PROD} --confirm prod/environment`);
    await project.aws
      .client(CloudWatchLogsClient)
      .send(new CreateLogGroupCommand({ logGroupName: 'demo-prod-tasks-WebLog1A2B' }));
    const { exitCode, checks } = await checked(project, 'leftovers', PROD);
    expect(exitCode).toBe(0);
    expect(checks).toContainEqual(
      expect.objectContaining({ subject: 'demo-prod-tasks-WebLog1A2B', failure: 'F-141', severity: 'warning' }),
    );
    const bucket = checks.find(({ detail }: { detail: string }) => detail.startsWith('AWS::S3::Bucket'));
    expect(bucket).toMatchObject({
      failure: 'F-143',
      handling: 'TYPED',
      remedy: expect.stringContaining('platform cleanup'),
    });

    project.forget();
    const yes = await checked(project, 'leftovers', `${FIX} --yes`);
    expect(yes.exitCode).toBe(2);
    expect(yes.document.fixes.every(({ outcome }: { outcome: string }) => outcome === 'not-asked')).toBe(true);
    expect(project.writes()).toEqual([]);
    const fixed = await checked(project, 'leftovers', `${FIX} --confirm prod/demo-prod-tasks-WebLog1A2B`);
    expect(fixed.document.fixes).toContainEqual(
      expect.objectContaining({ subject: 'demo-prod-tasks-WebLog1A2B', outcome: 'fixed' }),
    );
  });

  it('leftovers: sick where a replacement left what could not be removed (F-20), and not F-20 for what was kept', async () => {
    const project = await startDeployable({ yaml: smallYaml('buckets: { files: {}, others: {} }') });
    await project.succeed('deploy --env dev --yes');
    const bucket = (await project.succeed('outputs buckets.files.name --env dev')).stdout.trim();
    await project.aws.client(S3Client).send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'x' }));
    project.configure(smallYaml('buckets: { others: {} }'));
    await project.succeed('deploy --env dev --yes --confirm dev/buckets.files');
    expect((await checked(project, 'leftovers', '--env dev')).checks).toMatchObject([
      {
        subject: bucket,
        failure: 'F-20',
        severity: 'warning',
        handling: 'TYPED',
        detail: expect.stringContaining('could not be removed'),
        remedy: expect.stringContaining(`platform cleanup ${bucket}`),
      },
    ]);
    const fixed = await checked(project, 'leftovers', `--env dev --fix --confirm dev/${bucket}`);
    expect(fixed).toMatchObject({ exitCode: 0, document: { fixes: [{ outcome: 'fixed' }] } });
  });

  it('stack-protection: sick where somebody has lifted it; --fix asks, sets it, looks again', async () => {
    const project = await inProd();
    const client = project.aws.client(CloudFormationClient);
    await client.send(
      new UpdateTerminationProtectionCommand({ StackName: 'demo-prod-data', EnableTerminationProtection: false }),
    );
    expect((await checked(project, 'stack-protection', PROD)).checks).toMatchObject([
      {
        subject: 'stacks.data',
        severity: 'warning',
        evidence: [{ read: 'Stacks[0].EnableTerminationProtection', value: 'false' }],
      },
    ]);
    const fixed = await checked(project, 'stack-protection', `${FIX} --yes`);
    expect(fixed).toMatchObject({
      exitCode: 0,
      checks: [{ status: 'ok' }],
      document: { fixes: [{ outcome: 'fixed' }] },
    });
  });
});

describe('certificates', () => {
  const yaml = smallYaml(
    'services: { web: { image: { context: . }, port: 8080, http: { domain: shop.example.com, certificate: auto }, health: { path: / } } }',
  ).replace(/^network: .*$/m, 'network: { nat: none }');
  const start = () => startDeployed({ yaml });

  it('certificates: healthy where they are issued', async () => {
    expect((await checked(await start(), 'certificates')).checks).toMatchObject([{ status: 'ok', detail: '1 issued' }]);
  });

  it('certificates: sick where one is pending, refused or about to end (F-70), or gone (F-69)', async () => {
    const project = await start();
    const table = certificates.in(project.aws.scope);
    const [row] = table.values();
    const becomes = async (changed: Record<string, unknown>) => {
      table.update(row!.arn, (draft) => Object.assign(draft, changed));
      return (await checked(project, 'certificates')).checks;
    };
    expect(await becomes({ status: 'PENDING_VALIDATION' })).toMatchObject([
      {
        subject: 'shop.example.com',
        failure: 'F-70',
        severity: 'error',
        detail: expect.stringMatching(/not issued yet; it waits for _\S+ CNAME _\S+/),
        evidence: [{ call: 'acm:DescribeCertificate', read: 'Certificate.Status', value: 'PENDING_VALIDATION' }, {}],
        remedy: expect.stringContaining('create exactly this record'),
      },
    ]);
    expect(await becomes({ status: 'FAILED' })).toMatchObject([
      { failure: 'F-70', evidence: [{ value: 'FAILED' }, {}] },
    ]);
    const day = 86_400_000;
    const issued = row!.issued!;
    expect(await becomes({ status: 'ISSUED', issued: issued - 100 * day })).toMatchObject([{ status: 'ok' }]);
    expect(await becomes({ issued: issued - 180 * day })).toMatchObject([
      { failure: 'F-70', severity: 'warning', detail: expect.stringMatching(/ends in 1\d days/) },
    ]);
    expect(await becomes({ issued: issued - 220 * day })).toMatchObject([{ failure: 'F-70', severity: 'error' }]);
    table.delete(row!.arn);
    expect((await checked(project, 'certificates')).checks).toMatchObject([
      { failure: 'F-69', remedy: expect.stringContaining('requests a new one') },
    ]);
  });
});
