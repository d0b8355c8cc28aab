import {
  CreateChangeSetCommand,
  DeleteStackCommand,
  DescribeChangeSetCommand,
  ListChangeSetsCommand,
} from '@aws-sdk/client-cloudformation';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect } from 'vitest';
import type { StackScene } from '../../stack-scene.ts';
import { expectInvalid, expectStack, refusal } from '../answers.ts';
import type { Cases } from '../conformance-case.ts';
import { changeLines } from '../notation.ts';
import { named, parameter, ref, stackOf } from '../templates.ts';

const simple = stackOf({ SimpleParam: parameter('test') });
const NO_CHANGES =
  "The submitted information didn't contain changes. Submit different information to create a change set.";
const ADDED = ['Add SimpleParam AWS::SSM::Parameter'];

/** A described change set: everything that all of them show, and what is its own. */
async function expectChangeSet(scene: StackScene, id: string, changes: string[][], own: object = {}): Promise<void> {
  const { $metadata, Changes, CreationTime, ...rest } = await scene.client.send(
    new DescribeChangeSetCommand({ ChangeSetName: id }),
  );
  expect(Changes!.map((change) => changeLines(change))).toEqual(changes);
  expect(CreationTime).toBeInstanceOf(Date);
  expect(rest).toEqual({
    Capabilities: [],
    ChangeSetId: id,
    ChangeSetName: id.split('/')[1],
    ExecutionStatus: 'AVAILABLE',
    IncludeNestedStacks: false,
    NotificationARNs: [],
    RollbackConfiguration: {},
    StackId: expect.stringContaining(':stack/shop/'),
    StackName: 'shop',
    Status: 'CREATE_COMPLETE',
    ...own,
  });
}

const create = async (scene: StackScene, template: object, name = 'change') => {
  const id = await scene.changeSet(template, { ChangeSetName: name });
  await scene.execute(id);
  return id;
};
const update = (scene: StackScene, template: object, more: object = {}) =>
  scene.changeSet(template, { ChangeSetType: 'UPDATE', ChangeSetName: 'second', ...more });

const again = (scene: StackScene, more: object = {}) =>
  scene.client.send(
    new CreateChangeSetCommand({
      StackName: 'shop',
      ChangeSetName: 'again',
      ChangeSetType: 'CREATE',
      TemplateBody: JSON.stringify(simple),
      ...more,
    }),
  );

const staticUpdate = async (scene: StackScene) => {
  const ssm = scene.sandbox.client(SSMClient);
  const value = async () => (await ssm.send(new GetParameterCommand({ Name: 'name' }))).Parameter;
  const shown = (Value: string, Version: number) => ({
    ARN: 'arn:aws:ssm:us-east-1:000000000000:parameter/name',
    DataType: 'text',
    LastModifiedDate: expect.any(Date),
    Name: 'name',
    Type: 'String',
    Value,
    Version,
  });
  const first = await scene.changeSet(stackOf({ MyParameter: parameter('foo', { Name: 'name' }) }));
  await expectChangeSet(scene, first, [['Add MyParameter AWS::SSM::Parameter']]);
  await scene.execute(first);
  expect(await value()).toEqual(shown('foo', 1));
  const second = await update(scene, stackOf({ MyParameter: parameter('bar', { Name: 'name' }) }));
  await expectChangeSet(scene, second, [
    [
      'Modify MyParameter AWS::SSM::Parameter is name Replacement=False Scope=Properties',
      'Static DirectModification Properties Value Never',
    ],
  ]);
  await scene.execute(second);
  expect(await value()).toEqual(shown('bar', 2));
};

export const CHANGE_SET_STATES_CASES: Cases = {
  'api/test_changesets.py::test_template_rendering_with_list': {
    notSimulated: "renders a template with the recorder's own tool; CloudFormation is not asked",
  },
  'api/test_changesets.py::test_create_changeset_with_stack_id': {
    run: async (scene) => {
      await scene.changeSet(simple);
      const reviewed = await scene.stack();
      expectStack(reviewed, { StackStatus: 'REVIEW_IN_PROGRESS', StackStatusReason: 'User Initiated' });
      const StackName = reviewed.StackId!;
      await again(scene, { StackName });
      await scene.client.send(new DeleteStackCommand({ StackName }));
      await expectInvalid(
        again(scene, { StackName, ChangeSetName: 'revived-stack-changeset' }),
        `Stack [${StackName}] already exists and cannot be created again with the changeSet [revived-stack-changeset].`,
      );
    },
  },
  'api/test_changesets.py::test_multiple_create_changeset': {
    run: async (scene) => {
      const id = await scene.changeSet(simple);
      await expectChangeSet(scene, id, [ADDED]);
      const { $metadata, ...answer } = await again(scene);
      expect(answer).toEqual({
        Id: expect.stringContaining(':changeSet/again/'),
        StackId: (await scene.stack()).StackId,
      });
    },
  },
  'api/test_changesets.py::TestUpdates::test_deleting_resource': {
    run: async (scene) => {
      await create(scene, stackOf({ MyParameter: parameter('1', { Name: 'one' }), MyParameter2: parameter('2') }));
      await scene.execute(await update(scene, stackOf({ MyParameter2: parameter('2') })));
      const { code, status } = await refusal(
        scene.sandbox.client(SSMClient).send(new GetParameterCommand({ Name: 'one' })),
      );
      expect({ code, status }).toEqual({ code: 'ParameterNotFound', status: 400 });
    },
  },
  'api/test_changesets.py::test_create_and_then_update_refreshes_template_metadata': {
    run: async (scene) => {
      const tagged = (Metadata: object) => stackOf({ MyTopic: named('topic') }, { Metadata });
      await create(scene, tagged({ TopicName: 'one' }));
      await expectChangeSet(scene, await update(scene, tagged({ TopicName: 'another' })), [], {
        ExecutionStatus: 'UNAVAILABLE',
        Status: 'FAILED',
        StatusReason: NO_CHANGES,
      });
    },
  },
  'api/test_changesets.py::test_using_pseudoparameters_in_places[resource]': {
    run: (scene) =>
      expectInvalid(
        scene.changeSet(stackOf({ 'AWS::NoValue': parameter('x') })),
        'Template format error: Resource name AWS::NoValue is non alphanumeric.',
      ),
  },
  'api/test_changesets.py::test_using_pseudoparameters_in_places[parameter]': {
    run: (scene) =>
      expectInvalid(
        scene.changeSet(
          stackOf(
            { MyParameter: parameter('x') },
            { Parameters: { 'AWS::NoValue': { Type: 'String', Default: 'x' } } },
          ),
        ),
        'Template format error: Parameter name AWS::NoValue is non alphanumeric.',
      ),
  },
  'api/test_changesets.py::test_using_pseudoparameters_in_places[condition]': {
    notSimulated: 'the recording holds no answer',
  },
  'api/test_changesets.py::test_create_changeset_for_deleted_stack': {
    run: async (scene) => {
      await create(scene, simple);
      const { StackId: StackName } = await scene.stack();
      await scene.remove();
      await expectInvalid(
        again(scene, { StackName, ChangeSetName: 'test' }),
        `Stack [${StackName}] already exists and cannot be created again with the changeSet [test].`,
      );
      await expectInvalid(
        again(scene, { StackName, ChangeSetType: 'UPDATE' }),
        `Stack:${StackName} is in DELETE_COMPLETE state and can not be updated.`,
      );
    },
  },
  'api/test_changesets.py::test_changeset_for_deleted_stack': {
    run: async (scene) => {
      await create(scene, simple);
      const { StackId: StackName } = await scene.stack();
      scene.sandbox.world.pause();
      await scene.client.send(new DeleteStackCommand({ StackName }));
      await expectInvalid(
        again(scene, { StackName, ChangeSetType: 'UPDATE' }),
        `Stack:${StackName} is in DELETE_IN_PROGRESS state and can not be updated.`,
      );
      await scene.rest();
      await expectInvalid(
        again(scene, { StackName, ChangeSetType: 'UPDATE' }),
        `Stack:${StackName} is in DELETE_COMPLETE state and can not be updated.`,
      );
    },
  },
  'test_change_sets.py::test_single_resource_static_update': { run: staticUpdate },
  'test_change_sets.py::TestCaptureUpdateProcess::test_single_resource_static_update': { run: staticUpdate },
  'test_change_sets.py::TestCaptureUpdateProcess::test_execute_with_ref': {
    run: async (scene) => {
      const pair = (Name: string) =>
        stackOf({
          Parameter1: parameter('my-value', { Name }),
          Parameter2: parameter(ref('Parameter1'), { Name: 'output' }),
        });
      const ssm = scene.sandbox.client(SSMClient);
      const output = async () => (await ssm.send(new GetParameterCommand({ Name: 'output' }))).Parameter!.Value;
      await create(scene, pair('param-1'));
      expect(await output()).toBe('param-1');
      await scene.execute(await update(scene, pair('param-2')));
      expect(await output()).toBe('param-2');
    },
  },
  'test_change_sets.py::TestCaptureUpdateProcess::test_base_dynamic_parameter_scenarios[change_unrelated_property]': {
    notSimulated: 'the recording holds no answer',
  },
  'test_change_sets.py::TestCaptureUpdateProcess::test_base_dynamic_parameter_scenarios[change_unrelated_property_not_create_only]':
    {
      notSimulated: 'the recording holds no answer',
    },
  'test_change_sets.py::test_describe_failed_change_set': {
    run: async (scene) => {
      const included = {
        'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 's3://doesnotexist/key.yml' } },
      };
      const id = await scene.changeSet(stackOf({ MyFoo: { Type: 'AWS::SSM::Parameter', Properties: included } }), {
        Capabilities: ['CAPABILITY_AUTO_EXPAND'],
      });
      await expectChangeSet(scene, id, [], {
        Capabilities: expect.any(Array),
        ExecutionStatus: 'UNAVAILABLE',
        Status: 'FAILED',
        StatusReason: 'Transform AWS::Include failed with: S3 bucket [doesnotexist] does not exist.',
      });
    },
  },
  'test_change_sets.py::test_list_change_sets': {
    run: async (scene) => {
      const id = await scene.changeSet(stackOf({ MyParameter: parameter('x') }));
      const { Summaries } = await scene.client.send(new ListChangeSetsCommand({ StackName: 'shop' }));
      expect(Summaries).toEqual([
        {
          ChangeSetId: id,
          ChangeSetName: 'change',
          CreationTime: expect.any(Date),
          ExecutionStatus: 'AVAILABLE',
          IncludeNestedStacks: false,
          StackId: expect.any(String),
          StackName: 'shop',
          Status: 'CREATE_COMPLETE',
        },
      ]);
    },
  },
  'test_change_set_conditions.py::TestChangeSetConditions::test_missing_condition': {
    run: (scene) =>
      expectInvalid(
        scene.changeSet(
          stackOf({
            MyVpc: {
              Type: 'AWS::EC2::VPC',
              Properties: {
                CidrBlock: '10.0.0.0/24',
                Tags: [{ 'Fn::If': ['MissingCondition', 'AWS::NoValue', 'AWS::NoValue'] }],
              },
            },
          }),
        ),
        'Template error: unresolved condition dependency MissingCondition in Fn::If',
      ),
  },
  'test_change_set_parameters.py::TestChangeSetParameters::test_invalid_parameter_type': {
    run: (scene) =>
      expectInvalid(
        scene.changeSet(stackOf({ MyParameter: parameter('x') }, { Parameters: { Value: { Type: 'Number' } } }), {
          Parameters: [{ ParameterKey: 'Value', ParameterValue: 'abc' }],
        }),
        "Parameter 'Value' must be a number.",
      ),
  },
};
