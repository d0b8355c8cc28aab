import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { type StartedPlatform, startPlatform } from '../testing/start-platform.ts';

const BUCKET = 'cdk-hnb659fds-assets-111111111111-us-east-1';
const WRITES = /^(Create|Delete|Execute|Put|Update)/;

const writes = ({ aws }: StartedPlatform): string[] =>
  aws.calls.map(({ operation }) => operation).filter((operation) => WRITES.test(operation));

/** A bootstrap as far as it is looked at: its stack, its version, its bucket. */
async function pretendBootstrap(
  { aws }: StartedPlatform,
  { version = '32', template = {} as object, bucket = true } = {},
): Promise<void> {
  const Resources = {
    Marker: { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x' } },
    ...template,
  };
  await aws
    .client(CloudFormationClient)
    .send(new CreateStackCommand({ StackName: 'CDKToolkit', TemplateBody: JSON.stringify({ Resources }) }));
  await aws.settle();
  await aws
    .client(SSMClient)
    .send(new PutParameterCommand({ Name: '/cdk-bootstrap/hnb659fds/version', Type: 'String', Value: version }));
  if (bucket) await aws.client(S3Client).send(new CreateBucketCommand({ Bucket: BUCKET }));
  aws.calls.length = 0;
}

describe('platform bootstrap', () => {
  it('leaves a healthy bootstrap alone', async () => {
    const started = await startPlatform();
    await pretendBootstrap(started);
    const run = await started.platform('bootstrap --env dev --json');
    expect(run).toMatchObject({ exitCode: 0 });
    expect(run.json()).toEqual({ dryRun: false, regions: [{ region: 'us-east-1', version: 32, actions: [] }] });
    expect(writes(started)).toEqual([]);
  });

  it('prepares every region that is used: us-east-1 too where something stands at the edges (S0-11)', async () => {
    const sites = (edge: string) =>
      `project: demo\ndefaults: { region: eu-west-1 }\nsites: { app: { kind: spa, dir: ., build: "true" } }\nedge: { waf: ${edge} }\nenvironments: { dev: { kind: dev, account: "111111111111" } }\n`;
    const regions = async (yaml: string) => {
      const started = await startPlatform({ yaml });
      const run = await started.platform('bootstrap --env dev --dry-run --json');
      return run.json().regions.map(({ region }: { region: string }) => region);
    };
    expect(await regions(sites('true'))).toEqual(['eu-west-1', 'us-east-1']);
    expect(await regions(sites('false'))).toEqual(['eu-west-1']);
  });

  it('asks before it makes anything, and says what (F-21)', async () => {
    const started = await startPlatform();
    const { exitCode, stderr } = await started.platform('bootstrap --env dev');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Bootstrap us-east-1 of account 111111111111? It makes a bucket');
    expect(stderr).toContain('--yes');
    expect(writes(started)).toEqual([]);
  });

  it('a dry run changes nothing', async () => {
    const started = await startPlatform();
    const { exitCode, stderr, stdout } = await started.platform('bootstrap --env dev --dry-run');
    expect(exitCode).toBe(0);
    expect(stdout).toBe('us-east-1: no bootstrap yet, would be created\n');
    expect(stderr).toContain('dry run: CDKToolkit in us-east-1 would be created');
    expect(writes(started)).toEqual([]);
  });

  it('updates an old one, and warns where the bucket could be somebody else’s (F-24, F-28)', async () => {
    const started = await startPlatform();
    await pretendBootstrap(started, { version: '20' });
    const { stderr } = await started.platform('bootstrap --env dev --dry-run');
    expect(stderr).toContain('has version 20: below 21');
    expect(stderr).toContain('CDKToolkit in us-east-1 would be updated');
  });

  it('says that a lost bucket does not come back by bootstrapping (F-22)', async () => {
    const started = await startPlatform();
    await pretendBootstrap(started, { bucket: false });
    const { exitCode, stderr } = await started.platform('bootstrap --env dev --yes');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('id: bootstrap-bucket-lost');
    expect(writes(started)).toEqual([]);
  });

  it('says what an orphaned bucket still holds (F-23)', async () => {
    const started = await startPlatform();
    const s3 = started.aws.client(S3Client);
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'asset', Body: 'x' }));
    started.aws.calls.length = 0;
    const { exitCode, stderr } = await started.platform('bootstrap --env dev --yes');
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`The bucket ${BUCKET} of an earlier bootstrap is still there with 1 object versions`);
    expect(writes(started)).toEqual([]);
  });

  it('wants the name typed before the remains of a failed creation go; --yes is not enough (F-25)', async () => {
    const started = await startPlatform();
    const taken = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'taken-twice' } };
    await pretendBootstrap(started, { template: { A: taken, B: { ...taken, DependsOn: 'A' } } });
    const { exitCode, stderr } = await started.platform('bootstrap --env dev --yes');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('CDKToolkit in us-east-1 is ROLLBACK_COMPLETE');
    expect(stderr).toContain('--confirm dev/bootstrap.us-east-1');
    expect(writes(started)).toEqual([]);
  });

  it('takes the qualifier of the configuration, under a stack name of its own', async () => {
    const started = await startPlatform({
      yaml: 'project: demo\nbootstrap: { qualifier: acme }\nenvironments: { dev: { kind: dev, account: "111111111111" } }\n',
    });
    const { stderr } = await started.platform('bootstrap --env dev --dry-run');
    expect(stderr).toContain('CDKToolkit-acme in us-east-1 would be created');
  });
});
