import {
  DescribeChangeSetCommand,
  DescribeStackResourceCommand,
  DescribeStacksCommand,
  ListExportsCommand,
} from '@aws-sdk/client-cloudformation';
import { GetRoleCommand, GetRolePolicyCommand, IAMClient, ListRolePoliciesCommand } from '@aws-sdk/client-iam';
import { CreateBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { type StackScene, topic } from '../../stack-scene.ts';
import { expectInvalid, expectStack } from '../answers.ts';
import type { Cases } from '../conformance-case.ts';
import { deploy, eventsOf } from '../deploy.ts';
import { changeLines } from '../notation.ts';
import { att, named, parameter, ref, stackOf } from '../templates.ts';

const importing = stackOf({ MyFoo: parameter({ 'Fn::ImportValue': 'the-export' }) });
const exporting = stackOf(
  { Other: topic() },
  { Outputs: { Out: { Value: 'exported', Export: { Name: 'the-export' } } } },
);

const imports = (exported: 'always' | 'late' | 'never') => ({
  run: async (scene: StackScene) => {
    const make = () => scene.create(exporting, { StackName: 'producer' });
    if (exported === 'always') await make();
    const id = await scene.changeSet(importing);
    for (const IncludePropertyValues of [false, true]) {
      const { $metadata, Changes, CreationTime, ...frame } = await scene.client.send(
        new DescribeChangeSetCommand({ ChangeSetName: id, IncludePropertyValues }),
      );
      const value = exported === 'always' ? 'exported' : '{{changeSet:KNOWN_AFTER_APPLY}}';
      const after = IncludePropertyValues ? [`after {"Type":"String","Value":"${value}"}`] : [];
      expect(Changes!.map((change) => changeLines(change))).toEqual([['Add MyFoo AWS::SSM::Parameter', ...after]]);
      const warning =
        '[WARN] --include-property-values option can return incomplete ChangeSet data because: ChangeSet creation failed for resource [MyFoo] because: No export named the-export';
      expect(frame).toEqual({
        Capabilities: [],
        ChangeSetId: id,
        ChangeSetName: 'change',
        ExecutionStatus: 'AVAILABLE',
        IncludeNestedStacks: false,
        NotificationARNs: [],
        RollbackConfiguration: {},
        StackId: expect.any(String),
        StackName: 'shop',
        Status: 'CREATE_COMPLETE',
        ...(IncludePropertyValues && exported !== 'always' ? { StatusReason: warning } : {}),
      });
    }
    if (exported === 'late') await make();
    await scene.execute(id);
    const failed = exported === 'never';
    expectStack(await scene.stack(), {
      ...(failed ? { DeletionTime: 'then' } : { ChangeSetId: id }),
      LastUpdatedTime: 'then',
      StackStatus: failed ? 'ROLLBACK_COMPLETE' : 'CREATE_COMPLETE',
    });
  },
});

async function upload(scene: StackScene, templates: Record<string, object>): Promise<(name: string) => string> {
  const s3 = scene.sandbox.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket: 'templates-of-nested-stacks' }));
  for (const [Key, body] of Object.entries(templates))
    await s3.send(new PutObjectCommand({ Bucket: 'templates-of-nested-stacks', Key, Body: JSON.stringify(body) }));
  return (name) => `https://templates-of-nested-stacks.s3.us-east-1.amazonaws.com/${name}`;
}
const child = (TemplateURL: string, Parameters: object = {}, more: object = {}) => ({
  Type: 'AWS::CloudFormation::Stack',
  Properties: { TemplateURL, Parameters },
  ...more,
});
const trust = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
};

export const NESTED_STACKS_CASES: Cases = {
  'api/test_nested_stacks.py::test_nested_output_in_params': {
    run: async (scene) => {
      const given = (...names: string[]) => ({
        Parameters: Object.fromEntries(names.map((name) => [name, { Type: 'String' }])),
      });
      const url = await upload(scene, {
        sub1: stackOf(
          { MyTopic: named(ref('TopicName')) },
          { ...given('TopicName'), Outputs: { OutputA: { Value: ref('MyTopic') } } },
        ),
        sub2: stackOf(
          {
            MyPolicy: {
              Type: 'AWS::IAM::Role',
              Properties: {
                RoleName: ref('RoleName'),
                AssumeRolePolicyDocument: trust,
                Policies: [
                  {
                    PolicyName: 'PolicyA',
                    PolicyDocument: {
                      Version: '2012-10-17',
                      Statement: [{ Effect: 'Allow', Action: ['sns:Publish'], Resource: [ref('TopicArn')] }],
                    },
                  },
                ],
              },
            },
          },
          given('TopicArn', 'RoleName'),
        ),
      });
      await deploy(
        scene,
        stackOf({
          Sub1: child(url('sub1'), { TopicName: 'topic' }),
          Sub2: child(
            url('sub2'),
            { TopicArn: att('Sub1', 'Outputs.OutputA'), RoleName: 'the-role' },
            { DependsOn: ['Sub1'] },
          ),
        }),
      );
      const iam = scene.sandbox.client(IAMClient);
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'the-role' }));
      expect({
        ...Role,
        AssumeRolePolicyDocument: JSON.parse(decodeURIComponent(Role!.AssumeRolePolicyDocument!)),
      }).toEqual({
        Arn: 'arn:aws:iam::000000000000:role/the-role',
        AssumeRolePolicyDocument: trust,
        CreateDate: expect.any(Date),
        Description: '',
        MaxSessionDuration: 3600,
        Path: '/',
        RoleId: expect.any(String),
        RoleLastUsed: {},
        RoleName: 'the-role',
      });
      expect(await iam.send(new ListRolePoliciesCommand({ RoleName: 'the-role' }))).toMatchObject({
        IsTruncated: false,
        PolicyNames: ['PolicyA'],
      });
      const { PolicyDocument, PolicyName, RoleName } = await iam.send(
        new GetRolePolicyCommand({ RoleName: 'the-role', PolicyName: 'PolicyA' }),
      );
      expect([JSON.parse(decodeURIComponent(PolicyDocument!)), PolicyName, RoleName]).toEqual([
        {
          Version: '2012-10-17',
          Statement: [
            { Action: ['sns:Publish'], Effect: 'Allow', Resource: ['arn:aws:sns:us-east-1:000000000000:topic'] },
          ],
        },
        'PolicyA',
        'the-role',
      ]);
    },
  },
  'api/test_nested_stacks.py::test_deletion_of_failed_nested_stack': {
    run: async (scene) => {
      const url = await upload(scene, {
        bad: stackOf({ Bad: { Type: 'AWS::SSM::Parameter', Properties: { Value: 'x' } } }),
      });
      const { StackName, StackId } = await deploy(scene, stackOf({ ChildStack: child(url('bad')) }));
      const { StackResourceDetail } = await scene.client
        .send(new DescribeStackResourceCommand({ StackName: StackId, LogicalResourceId: 'ChildStack' }))
        .catch(() => ({ StackResourceDetail: undefined }));
      expect(StackResourceDetail).toBeUndefined();
      const nested = (await eventsOf(scene, StackId))
        .find(({ LogicalResourceId }) => LogicalResourceId === 'ChildStack')!
        .PhysicalResourceId!.split('/')[1]!;
      expect(StackName).toBe('shop');
      await scene.remove();
      await expectInvalid(
        scene.client.send(new DescribeStacksCommand({ StackName: nested })),
        `Stack with id ${nested} does not exist`,
      );
    },
  },
  'test_change_set_exports_imports.py::TestChangeSetImportExport::test_describe_change_set_import': imports('always'),
  'test_change_set_exports_imports.py::TestChangeSetImportExport::test_describe_change_set_import_non_existent_export':
    imports('never'),
  'test_change_set_exports_imports.py::TestChangeSetImportExport::test_describe_change_set_import_non_existent_export_then_create':
    imports('late'),
  'test_template_engine.py::TestImportValues::test_cfn_with_exports': {
    run: async (scene) => {
      const outputs = [0, 1, 2].map((index) => [
        `Out${index}`,
        { Value: 'test', Export: { Name: { 'Fn::Sub': `\${AWS::StackName}-TestExport-${index}` } } },
      ]);
      const { StackId } = await deploy(scene, stackOf({ Other: topic() }, { Outputs: Object.fromEntries(outputs) }));
      const { Exports } = await scene.client.send(new ListExportsCommand({}));
      expect(Exports).toEqual(
        [0, 1, 2].map((index) => ({ ExportingStackId: StackId, Name: `shop-TestExport-${index}`, Value: 'test' })),
      );
    },
  },
};
