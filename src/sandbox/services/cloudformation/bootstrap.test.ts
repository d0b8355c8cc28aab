import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
} from '@aws-sdk/client-cloudformation';
import { expect, it } from 'vitest';
import { startSandbox } from '../../../testing/start-sandbox.ts';

const toolkit = dirname(createRequire(import.meta.url).resolve('@aws-cdk/toolkit-lib/package.json'));
const template = readFileSync(join(toolkit, 'lib/api/bootstrap/bootstrap-template.yaml'), 'utf8');

it('deploys the bootstrap template of the CDK as it is', async () => {
  const sandbox = await startSandbox();
  const client = sandbox.client(CloudFormationClient);
  const { Id } = await client.send(
    new CreateChangeSetCommand({
      StackName: 'CDKToolkit',
      ChangeSetName: 'first',
      ChangeSetType: 'CREATE',
      TemplateBody: template,
      Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
    }),
  );
  const { Changes } = await client.send(new DescribeChangeSetCommand({ ChangeSetName: Id! }));
  expect(Changes).toHaveLength(13);
  await client.send(new ExecuteChangeSetCommand({ ChangeSetName: Id! }));
  await sandbox.settle();
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: 'CDKToolkit' }));
  const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName: 'CDKToolkit' }));
  const failures = StackEvents!.filter(({ ResourceStatus }) => /FAILED|ROLLBACK/.test(ResourceStatus!));
  expect(
    failures.map(({ LogicalResourceId, ResourceStatusReason }) => [LogicalResourceId, ResourceStatusReason]),
  ).toEqual([]);
  expect(Stacks![0]!.StackStatus).toBe('CREATE_COMPLETE');
  expect(
    Object.fromEntries(Stacks![0]!.Outputs!.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue])),
  ).toMatchObject({
    BucketName: 'cdk-hnb659fds-assets-000000000000-us-east-1',
    ImageRepositoryName: 'cdk-hnb659fds-container-assets-000000000000-us-east-1',
  });
});
