import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  ExecuteChangeSetCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { ECRClient, ListImagesCommand } from '@aws-sdk/client-ecr';
import { GetRolePolicyCommand, IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { KMSClient, ListKeysCommand, ScheduleKeyDeletionCommand } from '@aws-sdk/client-kms';
import {
  CreateBucketCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { DeleteParameterCommand, PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it, vi } from 'vitest';
import { bootstrapTemplate, realBootstrap } from '../testing/damaged-bootstrap.ts';
import { pushImage } from '../testing/push-image.ts';
import { type StartedPlatform, startPlatform } from '../testing/start-platform.ts';

// Where toolkit-lib bootstraps, its own polls take seconds.
vi.setConfig({ testTimeout: 90_000 });

const READS = /^(Describe|Detect|Get|Head|List|AssumeRole)/;

async function project(options: Parameters<typeof startPlatform>[0] = {}) {
  const started = await startPlatform(options);
  return { ...started, scene: realBootstrap(started.aws) };
}

/** pushImage speaks for the default account. */
const inAccount = ({ aws }: StartedPlatform) => ({
  endpoint: aws.endpoint,
  client: ((type: never) => aws.client(type, { account: '111111111111' })) as typeof aws.client,
});

const writes = ({ aws }: StartedPlatform): string[] =>
  aws.calls.map(({ operation }) => operation).filter((operation) => !READS.test(operation));

async function repaired(started: StartedPlatform, words = '') {
  const run = await started.platform(`bootstrap repair --env dev --yes --json ${words}`);
  if (run.exitCode !== 0) throw new Error(run.stderr);
  const again = await started.platform('bootstrap repair --env dev --json');
  expect(again.json().regions).toMatchObject([{ plan: 'nothing', actions: [], damaged: [] }]);
  return run.json().regions[0];
}

/** Nobody agreed to it: exit 2, and nothing is changed. */
async function needs(
  started: StartedPlatform,
  flag: string,
  words = 'bootstrap repair --env dev --yes',
): Promise<string> {
  started.aws.calls.length = 0;
  const refused = await started.platform(words);
  expect(refused.stderr).toContain(flag);
  expect(refused).toMatchObject({ exitCode: 2 });
  expect(writes(started)).toEqual([]);
  return refused.stderr;
}

describe('platform bootstrap repair', () => {
  it('finds nothing to do where every part is sound', async () => {
    const it = await project();
    await it.scene.create();
    it.aws.calls.length = 0;
    const { exitCode, stdout } = await it.platform('bootstrap repair --env dev');
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: 'us-east-1: CDKToolkit is sound, version 32: there is nothing to do\n',
    });
    expect(writes(it)).toEqual([]);
  });

  it('F-22 makes a lost bucket again, as its template says, and deletes nothing', async () => {
    const it = await project();
    await it.scene.create();
    await it.scene.loseBucket();
    await needs(it, '--yes', 'bootstrap repair --env dev');
    const region = await repaired(it);
    expect(region).toMatchObject({
      plan: 'recreate',
      actions: ['revert-drift'],
      damaged: [{ id: 'bucket', state: 'missing' }],
      before: 'CREATE_COMPLETE',
      after: 'UPDATE_COMPLETE',
      version: 32,
    });
    expect(it.aws.calls.map(({ operation }) => operation)).not.toContain('DeleteStack');
  });

  it('F-26 makes lost roles and the repository again, with the policies that they work by', async () => {
    const it = await project();
    await it.scene.create();
    await it.scene.loseRole('file-publishing');
    await it.scene.loseRole('deploy');
    await it.scene.loseRepository();
    const region = await repaired(it);
    expect(region.damaged.map(({ id }: { id: string }) => id)).toEqual([
      'repository',
      'deploy-role',
      'file-publishing-role',
    ]);
    const RoleName = it.scene.named('file-publishing-role');
    const PolicyName = it.scene.named('file-publishing-role-default-policy');
    await it.aws
      .client(IAMClient, { account: '111111111111' })
      .send(new GetRolePolicyCommand({ RoleName, PolicyName }));
  });

  it('F-26 changes back a trust policy that lets nobody in, and a version that was written over', async () => {
    const it = await project();
    await it.scene.create();
    const trust = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } }],
    };
    await it.aws.client(IAMClient, { account: '111111111111' }).send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: it.scene.named('lookup-role'),
        PolicyDocument: JSON.stringify(trust),
      }),
    );
    await it.aws
      .client(SSMClient, { account: '111111111111' })
      .send(new PutParameterCommand({ Name: '/cdk-bootstrap/hnb659fds/version', Value: '8', Overwrite: true }));
    const region = await repaired(it);
    expect(region.damaged).toMatchObject([
      { id: 'lookup-role', state: 'wrong', detail: 'its trust policy does not let this account in' },
      { id: 'version', state: 'wrong', detail: 'it says 8, and its stack has version 32' },
    ]);
  });

  it('F-21 brings a lost version parameter back', async () => {
    const it = await project();
    await it.scene.create();
    await it.aws
      .client(SSMClient, { account: '111111111111' })
      .send(new DeleteParameterCommand({ Name: '/cdk-bootstrap/hnb659fds/version' }));
    expect(await repaired(it)).toMatchObject({ actions: ['revert-drift'], version: 32 });
  });

  it('F-24 F-28 brings an old one up to date, and says what its age means', async () => {
    const it = await project();
    await it.scene.create({ template: bootstrapTemplate((text) => text.replaceAll("Value: '32'", "Value: '20'")) });
    const said = await needs(it, '--yes', 'bootstrap repair --env dev');
    expect(said).toContain('below version 21 a bucket of the expected name would be used whoever owns it (F-28)');
    expect(await repaired(it)).toMatchObject({ plan: 'upgrade', actions: ['bootstrap'], version: 32 });
  });

  it('F-23 S3-77 takes over the bucket and the repository that an earlier bootstrap has left, with all they hold', async () => {
    const it = await project();
    await it.scene.create();
    await it.scene.put('asset.zip');
    await it.scene.deleteStack();
    expect(await it.scene.status()).toBeUndefined();
    const region = await repaired(it);
    expect(region).toMatchObject({ plan: 'adopt', actions: ['import', 'bootstrap'], before: null, version: 32 });
    const { Versions } = await it.aws
      .client(S3Client, { account: '111111111111' })
      .send(new ListObjectVersionsCommand({ Bucket: it.scene.bucket }));
    expect(Versions!.map(({ Key }) => Key)).toEqual(['asset.zip']);
  });

  it('F-25 S3-75 a shell in ROLLBACK_COMPLETE goes once its name was typed, and the bucket it met is taken over', async () => {
    const it = await project();
    const s3 = it.aws.client(S3Client, { account: '111111111111' });
    await s3.send(new CreateBucketCommand({ Bucket: it.scene.bucket }));
    await it.scene.create();
    expect(await it.scene.status()).toBe('ROLLBACK_COMPLETE');
    await needs(it, '--confirm dev/bootstrap.us-east-1');
    await needs(
      it,
      '--confirm dev/bootstrap.us-east-1',
      'bootstrap repair --env dev --yes --confirm dev/bootstrap.us-east-2',
    );
    const region = await repaired(it, '--confirm dev/bootstrap.us-east-1');
    expect(region.actions).toEqual(['discard-shell', 'import', 'bootstrap']);
  });

  it('S3-76 S3-77 S3-78 --rebuild empties page by page, deletes and makes anew, with the counts in what is typed', async () => {
    const it = await project();
    await it.scene.create();
    const s3 = it.aws.client(S3Client, { account: '111111111111' });
    await s3.send(
      new PutBucketVersioningCommand({ Bucket: it.scene.bucket, VersioningConfiguration: { Status: 'Enabled' } }),
    );
    for (let index = 0; index < 1_050; index += 50)
      await Promise.all(Array.from({ length: 50 }, (_, more) => it.scene.put(`asset-${index + more}`)));
    const said = await needs(it, '--confirm dev/bootstrap.us-east-1', 'bootstrap repair --env dev --rebuild --yes');
    expect(said).toContain('delete 1050 object versions (2 KiB) of the bucket');
    it.aws.calls.length = 0;
    const region = await repaired(it, '--rebuild --confirm dev/bootstrap.us-east-1');
    expect(region.actions.slice(0, 3)).toEqual(['empty-bucket', 'delete-stack', 'delete-bucket']);
    const deletions = it.aws.calls.filter(({ operation }) => operation === 'DeleteObjects');
    expect(deletions).toHaveLength(2);
  });

  it('F-27 takes back the deletion of the key that the bucket needs', async () => {
    const it = await project();
    await it.scene.create({ key: '' });
    const kms = it.aws.client(KMSClient, { account: '111111111111' });
    const { Keys } = await kms.send(new ListKeysCommand({}));
    await kms.send(new ScheduleKeyDeletionCommand({ KeyId: Keys![0]!.KeyId!, PendingWindowInDays: 7 }));
    expect((await repaired(it)).actions).toEqual(['rescue-key']);
  });

  it('F-28 stops at a bucket of somebody else’s, and changes nothing', async () => {
    const it = await project();
    await it.scene.create();
    await it.scene.loseBucket();
    await it.aws
      .client(S3Client, { account: '999999999999' })
      .send(new CreateBucketCommand({ Bucket: it.scene.bucket }));
    it.aws.calls.length = 0;
    const { exitCode, json } = await it.platform('bootstrap repair --env dev --yes --json');
    expect(exitCode).toBe(1);
    expect(json().error).toMatchObject({
      id: 'bootstrap-not-repairable',
      message: expect.stringContaining('belongs to another account'),
    });
    expect(writes(it)).toEqual([]);
  });

  it('F-25 finishes a deletion that got stuck, and keeps the images that it got stuck at', async () => {
    const it = await project();
    await it.scene.create();
    const repositoryName = it.scene.named('container-assets');
    const ecr = it.aws.client(ECRClient, { account: '111111111111' });
    await pushImage(inAccount(it), { repository: repositoryName, tag: 'kept' });
    await it.scene.deleteStack();
    expect(await it.scene.status()).toBe('DELETE_FAILED');
    const said = await needs(it, '--confirm dev/bootstrap.us-east-1');
    expect(said).toContain('finish the deletion of CDKToolkit, which is DELETE_FAILED; repository is kept');
    const region = await repaired(it, '--confirm dev/bootstrap.us-east-1');
    expect(region).toMatchObject({ plan: 'adopt', actions: ['finish-deletion', 'import', 'bootstrap'], version: 32 });
    const { imageIds } = await ecr.send(new ListImagesCommand({ repositoryName }));
    expect(imageIds).toMatchObject([{ imageTag: 'kept' }]);
  });

  it('F-25 continues a rollback that got stuck at a lost role, skips that alone, and makes it again', async () => {
    const it = await project();
    await it.scene.create();
    await it.scene.loseRole('lookup');
    const template = bootstrapTemplate((text) => text.replace('Value: lookup', 'Value: lookup-changed'));
    await it.aws.client(CloudFormationClient, { account: '111111111111' }).send(
      new UpdateStackCommand({
        StackName: 'CDKToolkit',
        TemplateBody: template,
        Capabilities: ['CAPABILITY_NAMED_IAM'],
        Parameters: [{ ParameterKey: 'FileAssetsBucketKmsKeyId', UsePreviousValue: true }],
      }),
    );
    await it.aws.settle();
    expect(await it.scene.status()).toBe('UPDATE_ROLLBACK_FAILED');
    const said = await needs(it, '--confirm dev/bootstrap.us-east-1');
    expect(said).toContain('with LookupRole skipped: it is gone, and made again right after');
    const region = await repaired(it, '--confirm dev/bootstrap.us-east-1');
    expect(region).toMatchObject({ actions: ['continue-rollback', 'revert-drift'], after: 'UPDATE_COMPLETE' });
  });

  it('goes on where an interrupted one has stopped: an import that was prepared, or that is under way', async () => {
    const it = await project();
    await it.scene.create();
    await it.scene.put('asset.zip');
    await it.scene.deleteStack();
    const cloudFormation = it.aws.client(CloudFormationClient, { account: '111111111111' });
    const prepare = new CreateChangeSetCommand({
      StackName: 'CDKToolkit',
      ChangeSetName: 'platform-repair',
      ChangeSetType: 'IMPORT',
      TemplateBody: JSON.stringify({
        Resources: {
          StagingBucket: {
            Type: 'AWS::S3::Bucket',
            DeletionPolicy: 'Retain',
            Properties: { BucketName: it.scene.bucket },
          },
        },
      }),
      ResourcesToImport: [
        {
          LogicalResourceId: 'StagingBucket',
          ResourceType: 'AWS::S3::Bucket',
          ResourceIdentifier: { BucketName: it.scene.bucket },
        },
      ],
    });
    await cloudFormation.send(prepare);
    expect(await it.scene.status()).toBe('REVIEW_IN_PROGRESS');
    const dry = await it.platform('bootstrap repair --env dev --dry-run --json');
    expect(dry.json()).toMatchObject({ confirmations: [], regions: [{ actions: ['import', 'bootstrap'] }] });

    await it.aws.world.setSpeed(1e-6);
    await cloudFormation.send(
      new ExecuteChangeSetCommand({ StackName: 'CDKToolkit', ChangeSetName: 'platform-repair' }),
    );
    it.aws.calls.length = 0;
    const repairing = repaired(it);
    while (it.aws.calls.filter(({ operation }) => operation === 'DescribeStacks').length < 5)
      await new Promise((done) => setImmediate(done));
    await it.aws.world.setSpeed(1e6);
    expect(await repairing).toMatchObject({ before: 'IMPORT_COMPLETE', actions: ['bootstrap'], version: 32 });
  });

  it('a dry run says what it would do and need; recover bootstrap is the same', async () => {
    const it = await project();
    const failing = { Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'not/a name' } } } };
    await it.aws
      .client(CloudFormationClient, { account: '111111111111' })
      .send(new CreateStackCommand({ StackName: 'CDKToolkit', TemplateBody: JSON.stringify(failing) }));
    await it.aws.settle();
    it.aws.calls.length = 0;
    const dry = await it.platform('recover bootstrap --env dev --dry-run');
    expect(dry).toMatchObject({ exitCode: 0 });
    expect(dry.stdout).toBe(
      'us-east-1: CDKToolkit would be repaired: discard-shell, bootstrap\nIt needs --confirm dev/bootstrap.us-east-1\n',
    );
    expect(writes(it)).toEqual([]);
    const { stacks } = (await it.platform('recover --env dev --json')).json();
    expect(stacks).toMatchObject([
      { id: 'bootstrap', status: 'ROLLBACK_COMPLETE', command: 'platform recover bootstrap --env dev' },
    ]);
  });

  it('another qualifier than the stack’s is told, not mended', async () => {
    const it = await project();
    await it.scene.create({
      template: bootstrapTemplate((text) => text.replace('Default: hnb659fds', 'Default: other')),
    });
    const { exitCode, stderr } = await it.platform('bootstrap repair --env dev --yes');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('was bootstrapped with the qualifier other, and the configuration says hnb659fds');
  });
});
