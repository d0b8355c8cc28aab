import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DescribeStackEventsCommand,
  ExecuteChangeSetCommand,
} from '@aws-sdk/client-cloudformation';
import { expect, it } from 'vitest';
import { startSandbox } from '../../../testing/start-sandbox.ts';

// https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ExecuteChangeSet.html

it('makes and executes a change set once, however often the same request is sent', async () => {
  const sandbox = await startSandbox();
  const client = sandbox.client(CloudFormationClient);
  const make = (ClientToken?: string) =>
    client.send(
      new CreateChangeSetCommand({
        StackName: 'shop',
        ChangeSetName: 'first',
        ChangeSetType: 'CREATE',
        TemplateBody: JSON.stringify({ Resources: { Topic: { Type: 'AWS::SNS::Topic' } } }),
        ClientToken,
      }),
    );
  const execute = (ClientRequestToken?: string) =>
    client.send(new ExecuteChangeSetCommand({ StackName: 'shop', ChangeSetName: 'first', ClientRequestToken }));

  const made = await make('create-1');
  expect((await make('create-1')).Id).toBe(made.Id);
  await expect(make('create-2')).rejects.toMatchObject({ name: 'AlreadyExistsException' });
  await expect(make()).rejects.toMatchObject({ name: 'AlreadyExistsException' });

  await execute('execute-1');
  await execute('execute-1');
  await expect(execute('execute-2')).rejects.toMatchObject({ name: 'InvalidChangeSetStatusException' });
  await sandbox.settle();
  await execute('execute-1');
  await sandbox.settle();
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: 'shop' }));
  const stackEvents = StackEvents.filter(({ ResourceType }) => ResourceType === 'AWS::CloudFormation::Stack');
  expect(stackEvents.map(({ ResourceStatus }) => ResourceStatus)).toEqual([
    'CREATE_COMPLETE',
    'CREATE_IN_PROGRESS',
    'REVIEW_IN_PROGRESS',
  ]);
});
