import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  ExecuteChangeSetCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { expect, it } from 'vitest';
import { type RunningSandbox, startSandbox } from '../../../testing/start-sandbox.ts';

const topics = (properties: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  JSON.stringify({
    Resources: {
      Second: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { 'Fn::GetAtt': ['First', 'TopicName'] } } },
      First: { Type: 'AWS::SNS::Topic', Properties: properties },
    },
    Outputs: { Arn: { Value: { Ref: 'First' } } },
    ...more,
  });

async function statuses(sandbox: RunningSandbox, client: CloudFormationClient, name: string): Promise<string[]> {
  await sandbox.settle();
  const { StackEvents = [] } = await client.send(new DescribeStackEventsCommand({ StackName: name }));
  return StackEvents.reverse().map(
    ({ LogicalResourceId, ResourceStatus, ResourceStatusReason }) =>
      `${LogicalResourceId} ${ResourceStatus}${ResourceStatusReason ? ` ${ResourceStatusReason}` : ''}`,
  );
}

it('creates, changes, replaces and deletes a stack through change sets, in the order of dependencies', async () => {
  const sandbox = await startSandbox();
  const client = sandbox.client(CloudFormationClient);
  const change = async (ChangeSetType: 'CREATE' | 'UPDATE', TemplateBody: string) => {
    const { Id } = await client.send(
      new CreateChangeSetCommand({ StackName: 'shop', ChangeSetName: 'one', ChangeSetType, TemplateBody }),
    );
    const described = await client.send(new DescribeChangeSetCommand({ ChangeSetName: Id! }));
    await client.send(new ExecuteChangeSetCommand({ ChangeSetName: Id! }));
    await sandbox.settle();
    return described;
  };

  await change('CREATE', topics({ TopicName: 'red' }));
  const created = await client.send(new DescribeStacksCommand({ StackName: 'shop' }));
  expect(created.Stacks![0]).toMatchObject({
    StackStatus: 'CREATE_COMPLETE',
    Outputs: [{ OutputKey: 'Arn', OutputValue: 'arn:aws:sns:us-east-1:000000000000:red' }],
  });

  const described = await change('UPDATE', topics({ TopicName: 'blue' }));
  expect(
    described.Changes!.map(({ ResourceChange }) => [ResourceChange!.LogicalResourceId, ResourceChange!.Replacement]),
  ).toEqual([
    ['First', 'True'],
    ['Second', 'False'],
  ]);
  await client.send(new DeleteStackCommand({ StackName: 'shop' }));
  const [id] = [created.Stacks![0]!.StackId!];
  expect(await statuses(sandbox, client, id)).toMatchInlineSnapshot(`
    [
      "shop REVIEW_IN_PROGRESS User Initiated",
      "shop CREATE_IN_PROGRESS User Initiated",
      "First CREATE_IN_PROGRESS",
      "First CREATE_IN_PROGRESS Resource creation Initiated",
      "First CREATE_COMPLETE",
      "Second CREATE_IN_PROGRESS",
      "Second CREATE_IN_PROGRESS Resource creation Initiated",
      "Second CREATE_COMPLETE",
      "shop CREATE_COMPLETE",
      "shop UPDATE_IN_PROGRESS User Initiated",
      "First UPDATE_IN_PROGRESS Requested update requires the creation of a new physical resource; hence creating one.",
      "First UPDATE_IN_PROGRESS Resource creation Initiated",
      "First UPDATE_COMPLETE",
      "Second UPDATE_IN_PROGRESS",
      "Second UPDATE_COMPLETE",
      "shop UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
      "First DELETE_IN_PROGRESS",
      "First DELETE_COMPLETE",
      "shop UPDATE_COMPLETE",
      "shop DELETE_IN_PROGRESS User Initiated",
      "Second DELETE_IN_PROGRESS",
      "Second DELETE_COMPLETE",
      "First DELETE_IN_PROGRESS",
      "First DELETE_COMPLETE",
      "shop DELETE_COMPLETE",
    ]
  `);
});

it('rolls a failed update back to what the stack was', async () => {
  const sandbox = await startSandbox();
  const client = sandbox.client(CloudFormationClient);
  await client.send(new CreateStackCommand({ StackName: 'shop', TemplateBody: topics({ TopicName: 'red' }) }));
  await sandbox.settle();
  await client.send(
    new UpdateStackCommand({
      StackName: 'shop',
      TemplateBody: JSON.stringify({
        Resources: {
          First: { Type: 'AWS::SNS::Topic', Properties: { TopicName: 'blue' } },
          Second: {
            Type: 'AWS::SNS::Topic',
            Properties: { DisplayName: { 'Fn::GetAtt': ['First', 'TopicName'] }, Colour: 'x' },
          },
          Third: { Type: 'AWS::SNS::Topic' },
        },
      }),
    }),
  );
  expect(await statuses(sandbox, client, 'shop')).toMatchInlineSnapshot(`
    [
      "shop CREATE_IN_PROGRESS User Initiated",
      "First CREATE_IN_PROGRESS",
      "First CREATE_IN_PROGRESS Resource creation Initiated",
      "First CREATE_COMPLETE",
      "Second CREATE_IN_PROGRESS",
      "Second CREATE_IN_PROGRESS Resource creation Initiated",
      "Second CREATE_COMPLETE",
      "shop CREATE_COMPLETE",
      "shop UPDATE_IN_PROGRESS User Initiated",
      "First UPDATE_IN_PROGRESS Requested update requires the creation of a new physical resource; hence creating one.",
      "First UPDATE_IN_PROGRESS Resource creation Initiated",
      "Third CREATE_IN_PROGRESS",
      "Third CREATE_IN_PROGRESS Resource creation Initiated",
      "First UPDATE_COMPLETE",
      "Third CREATE_COMPLETE",
      "Second UPDATE_IN_PROGRESS",
      "Second UPDATE_FAILED Property validation failure: [Encountered unsupported properties in {/}: [Colour]]",
      "shop UPDATE_ROLLBACK_IN_PROGRESS The following resource(s) failed to update: [Second].",
      "First UPDATE_IN_PROGRESS",
      "First UPDATE_COMPLETE",
      "Second UPDATE_IN_PROGRESS",
      "Second UPDATE_COMPLETE",
      "shop UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
      "First DELETE_IN_PROGRESS",
      "Third DELETE_IN_PROGRESS",
      "First DELETE_COMPLETE",
      "Third DELETE_COMPLETE",
      "shop UPDATE_ROLLBACK_COMPLETE",
    ]
  `);
  const { StackResources } = await client.send(new DescribeStackResourcesCommand({ StackName: 'shop' }));
  expect(StackResources!.map(({ PhysicalResourceId }) => PhysicalResourceId)[0]).toBe(
    'arn:aws:sns:us-east-1:000000000000:red',
  );
});

it('rolls a failed creation back and leaves an empty shell', async () => {
  const sandbox = await startSandbox();
  const client = sandbox.client(CloudFormationClient);
  await client.send(new CreateStackCommand({ StackName: 'shop', TemplateBody: topics({ TopicName: 'red', Bad: 1 }) }));
  expect(await statuses(sandbox, client, 'shop')).toMatchInlineSnapshot(`
    [
      "shop CREATE_IN_PROGRESS User Initiated",
      "First CREATE_IN_PROGRESS",
      "First CREATE_FAILED Property validation failure: [Encountered unsupported properties in {/}: [Bad]]",
      "shop ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [First]. Rollback requested by user.",
      "First DELETE_COMPLETE",
      "shop ROLLBACK_COMPLETE",
    ]
  `);
});
