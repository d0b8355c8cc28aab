import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from 'vitest';
import { sandboxAws } from '../testing/sandbox-aws.ts';
import { saysNoSuchStack } from './says-no-such-stack.ts';

const parameter = { Type: 'AWS::SSM::Parameter', Properties: { Type: 'String', Value: 'x' } };
const template = (count: number) =>
  JSON.stringify({
    Resources: Object.fromEntries(Array.from({ length: count }, (_, index) => [`P${index}`, parameter])),
    Outputs: { First: { Value: { Ref: 'P0' } } },
  });

describe('a stack that is not there', () => {
  it('is undefined, and everything of it is empty', async () => {
    const { aws } = await sandboxAws();
    const { cloudFormation } = aws;
    expect(await cloudFormation.stack('nobody')).toBeUndefined();
    expect(await cloudFormation.template('nobody')).toBeUndefined();
    expect(await cloudFormation.events('nobody')).toEqual([]);
    expect(await cloudFormation.resources('nobody')).toEqual([]);
    expect(await cloudFormation.changeSet('nobody', 'none')).toBeUndefined();
    await cloudFormation.deleteChangeSet('nobody', 'none');
  });

  it.each([
    'Stack with id demo-dev-network does not exist',
    'Stack [demo-dev-network] does not exist',
    'Stack arn:aws:cloudformation:us-east-1:111111111111:stack/demo/0 does not exist',
    "Stack 'demo' does not exist",
  ])('is told from other mistakes by AWS’s sentence: %s', (message) => {
    expect(saysNoSuchStack(Object.assign(new Error(message), { name: 'ValidationError' }))).toBe(true);
    expect(saysNoSuchStack(new Error(message))).toBe(false);
  });

  it.each([
    'Stack:arn:aws:cloudformation:us-east-1:111111111111:stack/demo/0 is in ROLLBACK_COMPLETE state and can not be updated.',
    'Template format error: Unresolved resource dependencies [Role that does not exist] in the Resources block',
  ])('is not what AWS means by: %s', (message) => {
    expect(saysNoSuchStack(Object.assign(new Error(message), { name: 'ValidationError' }))).toBe(false);
  });
});

it('lists and pages: resources, events back to a moment or a number, stacks by their prefix', async () => {
  const { aws, sandbox } = await sandboxAws();
  const client = sandbox.client(CloudFormationClient);
  for (const [name, count] of [
    ['demo-dev-a', 120],
    ['demo-dev-b', 1],
    ['other', 1],
  ] as const) {
    await client.send(new CreateStackCommand({ StackName: name, TemplateBody: template(count) }));
  }
  await sandbox.settle();
  const { cloudFormation } = aws;
  expect(await cloudFormation.resources('demo-dev-a')).toHaveLength(120);
  expect((await cloudFormation.events('demo-dev-a')).length).toBeGreaterThan(240);
  expect(await cloudFormation.events('demo-dev-a', { limit: 7 })).toHaveLength(7);
  expect(await cloudFormation.events('demo-dev-a', { since: new Date(Date.now() + 60_000) })).toEqual([]);
  const names = (await cloudFormation.stacks('demo-dev-')).map(({ StackName }) => StackName);
  expect(names.sort()).toEqual(['demo-dev-a', 'demo-dev-b']);
});

it('makes a change set, reads it, and executes it', async () => {
  const { aws, sandbox } = await sandboxAws();
  const { cloudFormation } = aws;
  const { changeSetArn, stackArn } = await cloudFormation.createChangeSet({
    StackName: 'demo',
    ChangeSetName: 'first',
    ChangeSetType: 'CREATE',
    TemplateBody: template(2),
  });
  await sandbox.settle();
  const described = await cloudFormation.changeSet('demo', 'first');
  expect(described).toMatchObject({ ChangeSetId: changeSetArn, StackId: stackArn, Status: 'CREATE_COMPLETE' });
  expect(described?.Changes).toHaveLength(2);
  await cloudFormation.executeChangeSet('demo', 'first');
  await sandbox.settle();
  expect((await cloudFormation.stack('demo'))!.Outputs!.map(({ OutputKey }) => OutputKey)).toEqual(['First']);

  await cloudFormation.protect('demo', true);
  await expect(cloudFormation.deleteStack('demo')).rejects.toMatchObject({ id: 'aws-refused' });
  await cloudFormation.protect('demo', false);
  await cloudFormation.deleteStack('demo');
  await sandbox.settle();
  expect(await cloudFormation.stack('demo')).toBeUndefined();
  expect((await cloudFormation.stack(stackArn))?.StackStatus).toBe('DELETE_COMPLETE');
  const client = sandbox.client(CloudFormationClient);
  await expect(client.send(new DescribeStacksCommand({ StackName: 'demo' }))).rejects.toSatisfy(saysNoSuchStack);
});
