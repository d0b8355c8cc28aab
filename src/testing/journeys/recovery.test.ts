import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudFormationClient, DeleteStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DeleteRoleCommand, DeleteRolePolicyCommand, DetachRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { DeleteBucketCommand, DeleteObjectsCommand, ListObjectVersionsCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { sandboxAccount } from '../../domain/sandbox-account.ts';
import { ownAccessKeyId } from '../../sandbox/kernel/access-keys.ts';
import { type BuiltProject, builtProject } from './built-program.ts';

const YAML = `project: shop
network: { existing: { vpcId: vpc-0a1b2c3d, publicSubnets: [subnet-0a1b2c31, subnet-0a1b2c32], privateSubnets: [subnet-0a1b2c33, subnet-0a1b2c34] } }
queues: { jobs: {} }
environments: { dev: { kind: dev, account: "111111111111" } }
`;

/** What somebody with the console does to the AWS of a project, whose server the project's commands have started. */
function byHand({ directory }: BuiltProject) {
  const { port } = JSON.parse(readFileSync(join(directory, '.platform', 'sandbox', 'server.json'), 'utf8'));
  const account = sandboxAccount('shop', 'sandbox');
  const settings = {
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: ownAccessKeyId(account), secretAccessKey: 'x' },
  };
  const named = (what: string) => `cdk-hnb659fds-${what}-${account}-us-east-1`;
  const s3 = new S3Client(settings);
  const iam = new IAMClient(settings);
  const cloudFormation = new CloudFormationClient(settings);
  return {
    bucket: named('assets'),
    deleteBucket: async () => {
      const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket: named('assets') }));
      const Objects = Versions.map(({ Key, VersionId }) => ({ Key: Key!, VersionId }));
      if (Objects.length > 0) await s3.send(new DeleteObjectsCommand({ Bucket: named('assets'), Delete: { Objects } }));
      await s3.send(new DeleteBucketCommand({ Bucket: named('assets') }));
    },
    objects: async () => (await s3.send(new ListObjectVersionsCommand({ Bucket: named('assets') }))).Versions ?? [],
    deleteDeployRole: async () => {
      const RoleName = named('deploy-role');
      await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'default' }));
      const PolicyArn = 'arn:aws:iam::aws:policy/AWSCloudFormationReadOnlyAccess';
      await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
      await iam.send(new DeleteRoleCommand({ RoleName }));
    },
    deleteToolkit: async () => {
      await cloudFormation.send(new DeleteStackCommand({ StackName: 'CDKToolkit' }));
      const stands = () =>
        cloudFormation.send(new DescribeStacksCommand({ StackName: 'CDKToolkit' })).then(
          () => true,
          () => false,
        );
      while (await stands());
    },
    deleteQueue: (QueueUrl: string) => new SQSClient(settings).send(new DeleteQueueCommand({ QueueUrl })),
  };
}

it('F-22 F-23 F-26 S3-75 a bootstrap is damaged, repaired, lost, taken over, and deployed with', async () => {
  const project = builtProject({ 'platform.yaml': YAML });
  const { platform, succeed } = project;
  const repair = ['bootstrap', 'repair', '--env', 'sandbox'];
  await succeed('bootstrap', '--env', 'sandbox', '--yes');
  expect((await succeed(...repair)).stdout).toContain('is sound, version 32: there is nothing to do');

  const hand = byHand(project);
  await hand.deleteBucket();
  await hand.deleteDeployRole();
  expect(await platform(...repair)).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--yes') });
  const dry = (await succeed(...repair, '--dry-run', '--json')).json();
  expect(dry).toMatchObject({ dryRun: true, confirmations: [], regions: [{ actions: ['revert-drift'] }] });
  const mended = (await succeed(...repair, '--yes', '--json')).json();
  expect(mended.regions).toMatchObject([
    { plan: 'recreate', damaged: [{ id: 'bucket' }, { id: 'deploy-role' }], after: 'UPDATE_COMPLETE', version: 32 },
  ]);
  await succeed('deploy', '--env', 'sandbox', '--yes');
  const held = (await hand.objects()).length;
  expect(held).toBeGreaterThan(0);

  await hand.deleteToolkit();
  const taken = (await succeed(...repair, '--yes', '--json')).json();
  expect(taken.regions).toMatchObject([{ plan: 'adopt', actions: ['import', 'bootstrap'], version: 32 }]);
  expect(await hand.objects()).toHaveLength(held);
  expect((await succeed(...repair, '--json')).json().regions).toMatchObject([{ plan: 'nothing', actions: [] }]);
});

it('F-19 S3-81 what was deleted behind a stack’s back is made again, and the application deploys on', async () => {
  const project = builtProject({ 'platform.yaml': YAML });
  const { platform, succeed } = project;
  await succeed('deploy', '--env', 'sandbox', '--yes');
  const url = (await succeed('outputs', 'queues.jobs.url', '--env', 'sandbox')).stdout.trim();
  await byHand(project).deleteQueue(url);

  expect(await platform('recover', 'messaging', '--env', 'sandbox')).toMatchObject({ exitCode: 2 });
  const done = (await succeed('recover', 'messaging', '--env', 'sandbox', '--yes', '--json')).json();
  expect(done).toMatchObject({
    id: 'messaging',
    after: 'UPDATE_COMPLETE',
    steps: [{ do: 'restore' }, { do: 'prove' }],
  });
  expect((await succeed('recover', 'messaging', '--env', 'sandbox')).stdout).toContain('there is nothing to do');
  const again = (await succeed('deploy', '--env', 'sandbox', '--yes', '--json')).json();
  expect(again.stacks.every(({ action }: { action: string }) => action === 'none')).toBe(true);
});
