import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import { CreateRoleCommand, GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { startPlatform } from '../start-platform.ts';

const taken = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'taken-twice' } };
const FAILING = JSON.stringify({ Resources: { A: taken, B: { ...taken, DependsOn: 'A' } } });

it('bootstraps where nothing is, bucket and roles, and finds nothing to do the second time (S1-15, F-21)', async () => {
  const { platform, aws } = await startPlatform();
  const first = await platform('bootstrap --env dev --region eu-central-1 --yes --json');
  expect(first).toMatchObject({ exitCode: 0 });
  expect(first.json()).toEqual({
    dryRun: false,
    regions: [{ region: 'eu-central-1', version: expect.any(Number), actions: ['created'] }],
  });
  const Bucket = 'cdk-hnb659fds-assets-111111111111-eu-central-1';
  await aws.client(S3Client, { region: 'eu-central-1' }).send(new HeadBucketCommand({ Bucket }));
  for (const name of ['deploy', 'cfn-exec', 'file-publishing', 'image-publishing', 'lookup']) {
    const RoleName = `cdk-hnb659fds-${name}-role-111111111111-eu-central-1`;
    await aws.client(IAMClient).send(new GetRoleCommand({ RoleName }));
  }

  aws.calls.length = 0;
  const second = await platform('bootstrap --env dev --region eu-central-1 --json');
  expect(second.json().regions[0].actions).toEqual([]);
  expect(aws.calls.map(({ operation }) => operation)).not.toContain('CreateChangeSet');
});

it('rehearses on the sandbox whatever stands in the environment, toolkit-lib included', async () => {
  const { platform, aws } = await startPlatform();
  const { exitCode } = await platform('bootstrap --env prod --sandbox --yes', {
    env: {
      AWS_PROFILE: 'nobody',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9',
      AWS_ENDPOINT_URL_CLOUDFORMATION: 'http://127.0.0.1:9',
      AWS_CONFIG_FILE: '/nowhere/config',
      AWS_ACCESS_KEY_ID: 'AKIAREALKEYOFSOMEONE',
      AWS_REGION: 'ap-south-1',
      AWS_USE_FIPS_ENDPOINT: 'true',
      HTTP_PROXY: 'http://127.0.0.1:9',
      HTTPS_PROXY: 'http://127.0.0.1:9',
    },
  });
  expect(exitCode).toBe(0);
  expect(new Set(aws.calls.map(({ account, region }) => `${account} ${region}`))).toEqual(
    new Set(['222222222222 us-east-1']),
  );
});

it('gets out of a first bootstrap that failed, once its name was typed (F-25)', async () => {
  const { platform, aws } = await startPlatform();
  await aws
    .client(CloudFormationClient)
    .send(new CreateStackCommand({ StackName: 'CDKToolkit', TemplateBody: FAILING }));
  await aws.settle();
  const run = await platform('bootstrap --env dev --yes --confirm dev/bootstrap.us-east-1 --json');
  expect(run).toMatchObject({ exitCode: 0 });
  expect(run.json().regions[0].actions).toEqual(['deleted-remains', 'created']);
});

it('says which resource kept a bootstrap from being brought up', async () => {
  const { platform, aws } = await startPlatform();
  const RoleName = 'cdk-hnb659fds-lookup-role-111111111111-us-east-1';
  const AssumeRolePolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  });
  await aws.client(IAMClient).send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
  const { exitCode, stderr } = await platform('bootstrap --env dev --yes');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('id: bootstrap-failed');
  expect(stderr).toMatch(/CDKToolkit in us-east-1 was not brought up: [\s\S]*LookupRole[\s\S]*already exists/);
});
