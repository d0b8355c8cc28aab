import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, it, onTestFinished } from 'vitest';
import { QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'platform-empty-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

it('deploys from a folder with platform.yaml alone and nothing on the PATH: no Python, no CDK, no packages (S0-01, S0-05, S1-13, S1-14, S3-02, S3-04, S3-16)', async () => {
  const { succeed, aws } = await startDeployable({ yaml: smallYaml(QUEUE), env: { PATH: emptyFolder() } });
  await succeed('deploy --env dev --yes');
  const { Stacks } = await aws
    .client(CloudFormationClient)
    .send(new DescribeStacksCommand({ StackName: 'demo-dev-messaging' }));
  expect(Stacks![0]!.StackStatus).toBe('CREATE_COMPLETE');
});

it('bootstraps a region with its bucket and roles; again it changes nothing (S1-15)', async () => {
  const yaml = `project: demo
defaults: { region: eu-central-1 }
queues: { jobs: {} }
environments: { dev: { kind: dev, account: "111111111111" } }
`;
  const { succeed, aws, writes, forget } = await startDeployable({ yaml, bootstrapped: true });
  const { regions } = (await succeed('bootstrap --env dev --yes --json')).json();
  expect(regions.map(({ region }: { region: string }) => region)).toEqual(['eu-central-1']);
  for (const region of ['eu-central-1']) {
    const Bucket = `cdk-hnb659fds-assets-111111111111-${region}`;
    await aws.client(S3Client, { region }).send(new HeadBucketCommand({ Bucket }));
    for (const role of ['deploy-role', 'cfn-exec-role', 'file-publishing-role', 'lookup-role'])
      await aws
        .client(IAMClient)
        .send(new GetRoleCommand({ RoleName: `cdk-hnb659fds-${role}-111111111111-${region}` }));
  }
  forget();
  await succeed('bootstrap --env dev --yes');
  expect(writes()).toEqual([]);
});
