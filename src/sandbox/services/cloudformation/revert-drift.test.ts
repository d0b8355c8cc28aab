import { DescribeChangeSetCommand, ListStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import {
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { DeleteParameterCommand, GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { custom, type StackScene, stackScene, topic } from './stack-scene.ts';

const trust = (Service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service } }],
});
const allow = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };
const TEMPLATE = {
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: { RoleName: 'worker', AssumeRolePolicyDocument: trust('ec2.amazonaws.com') },
    },
    Rights: {
      Type: 'AWS::IAM::Policy',
      Properties: { PolicyName: 'rights', PolicyDocument: allow, Roles: [{ Ref: 'Role' }] },
    },
    Value: { Type: 'AWS::SSM::Parameter', Properties: { Name: 'version', Type: 'String', Value: '32' } },
  },
};
const MORE = { Capabilities: ['CAPABILITY_NAMED_IAM' as const] };

const revert = (scene: StackScene, template: object = TEMPLATE) =>
  scene.changeSet(template, { ChangeSetType: 'UPDATE', DeploymentMode: 'REVERT_DRIFT', ...MORE });

describe('a change set that reverts drift', () => {
  it('makes again what was deleted, with what went along, and changes back what was changed', async () => {
    const scene = await stackScene();
    await scene.create(TEMPLATE, MORE);
    const iam = scene.sandbox.client(IAMClient);
    const ssm = scene.sandbox.client(SSMClient);
    await iam.send(new DeleteRolePolicyCommand({ RoleName: 'worker', PolicyName: 'rights' }));
    await iam.send(new DeleteRoleCommand({ RoleName: 'worker' }));
    await ssm.send(new DeleteParameterCommand({ Name: 'version' }));

    const change = await revert(scene);
    const described = await scene.client.send(new DescribeChangeSetCommand({ ChangeSetName: change }));
    expect(described).toMatchObject({ DeploymentMode: 'REVERT_DRIFT', StackDriftStatus: 'DRIFTED' });
    expect(described.Changes).toMatchObject(
      ['Rights', 'Role', 'Value'].map((LogicalResourceId) => ({
        ResourceChange: { Action: 'Add', LogicalResourceId, ResourceDriftStatus: 'DELETED' },
      })),
    );
    await scene.execute(change);
    expect((await scene.stack()).StackStatus).toBe('UPDATE_COMPLETE');
    await iam.send(new GetRoleCommand({ RoleName: 'worker' }));
    await iam.send(new GetRolePolicyCommand({ RoleName: 'worker', PolicyName: 'rights' }));
    expect((await ssm.send(new GetParameterCommand({ Name: 'version' }))).Parameter!.Value).toBe('32');

    await iam.send(
      new UpdateAssumeRolePolicyCommand({
        RoleName: 'worker',
        PolicyDocument: JSON.stringify(trust('lambda.amazonaws.com')),
      }),
    );
    await scene.execute(await revert(scene));
    const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'worker' }));
    expect(JSON.parse(decodeURIComponent(Role!.AssumeRolePolicyDocument!))).toEqual(trust('ec2.amazonaws.com'));
  });

  it('has nothing to do where all is as it was', async () => {
    const scene = await stackScene();
    await scene.create(TEMPLATE, MORE);
    const described = await scene.client.send(new DescribeChangeSetCommand({ ChangeSetName: await revert(scene) }));
    expect(described).toMatchObject({
      Status: 'FAILED',
      StatusReason: expect.stringContaining("didn't contain changes"),
    });
  });

  it('goes back to how things really were when it fails: what was gone is gone again', async () => {
    const scene = await stackScene();
    await scene.create(TEMPLATE, MORE);
    const ssm = scene.sandbox.client(SSMClient);
    await ssm.send(new DeleteParameterCommand({ Name: 'version' }));
    scene.answer = () => ({ Status: 'FAILED', Reason: 'no' });
    const bad = custom({}, { DependsOn: 'Value' });
    await scene.execute(await revert(scene, { Resources: { ...TEMPLATE.Resources, Bad: bad } }));
    expect((await scene.stack()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    await expect(ssm.send(new GetParameterCommand({ Name: 'version' }))).rejects.toThrow();
    const { StackResourceSummaries } = await scene.client.send(new ListStackResourcesCommand({ StackName: 'shop' }));
    expect(StackResourceSummaries!.map(({ LogicalResourceId }) => LogicalResourceId)).toContain('Value');
    await scene.execute(await revert(scene));
    expect((await scene.stack()).StackStatus).toBe('UPDATE_COMPLETE');
  });
});

describe('an import', () => {
  const kept = { ...TEMPLATE.Resources.Value, DeletionPolicy: 'Retain' };
  const imports = (template: object, ids: readonly string[] = ['Value']) => ({
    template,
    more: {
      ChangeSetType: 'IMPORT' as const,
      ResourcesToImport: ids.map((LogicalResourceId) => ({
        LogicalResourceId,
        ResourceType: 'AWS::SSM::Parameter',
        ResourceIdentifier: { Name: 'version' },
      })),
    },
  });

  it.each([
    [
      imports({ Resources: { Value: kept, Other: topic() } }),
      'Resources [Other] is missing from ResourceToImport list',
    ],
    [
      imports({ Resources: { Value: TEMPLATE.Resources.Value } }),
      'The following resources to import [Value] must have DeletionPolicy attribute specified in the template.',
    ],
    [
      imports({ Resources: { Value: kept }, Outputs: { O: { Value: 'x' } } }),
      'As part of the import operation, you cannot modify or add [Outputs]',
    ],
  ])('is refused when it would do more: %#', async ({ template, more }, sentence) => {
    const scene = await stackScene();
    await expect(scene.changeSet(template, more)).rejects.toThrow(sentence);
  });

  it('takes in only what is not in the stack yet, and changes nothing of what is', async () => {
    const scene = await stackScene();
    await scene.create({ Resources: { Value: kept } });
    const { template, more } = imports({ Resources: { Value: kept } });
    await expect(scene.changeSet(template, more)).rejects.toThrow(
      'Resources [Value] passed in ResourceToImport are already in a stack and cannot be imported.',
    );
  });
});
