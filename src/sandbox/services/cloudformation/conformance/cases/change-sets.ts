import {
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  ExecuteChangeSetCommand,
} from '@aws-sdk/client-cloudformation';
import { expect } from 'vitest';
import type { StackScene } from '../../stack-scene.ts';
import { expectInvalid, expectStack, refusal } from '../answers.ts';
import type { Cases } from '../conformance-case.ts';
import { changeLines } from '../notation.ts';
import { named, parameter, ref, stackOf } from '../templates.ts';

const simple = stackOf({ SimpleParam: parameter('test') });
const metadata = stackOf({ CDKMetadata: { Type: 'AWS::CDK::Metadata', Properties: { Analytics: 'v2:deflate64:x' } } });
const ALL = ['CAPABILITY_AUTO_EXPAND', 'CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'] as const;
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

export const CHANGE_SETS_CASES: Cases = {
  'api/test_changesets.py::test_create_change_set_update_without_parameters': {
    different: 'PolicyAction, which AWS shows since 2024, is not in this recording of 2022; the newer ones have it',
  },
  'api/test_changesets.py::test_empty_changeset': {
    run: async (scene) => {
      const id = await scene.changeSet(metadata, { Capabilities: [...ALL] });
      await expectChangeSet(scene, id, [['Add CDKMetadata AWS::CDK::Metadata']], { Capabilities: ALL });
      await scene.execute(id);
      const empty = await update(scene, metadata, { Capabilities: [...ALL] });
      await expectChangeSet(scene, empty, [], {
        Capabilities: ALL,
        ExecutionStatus: 'UNAVAILABLE',
        Status: 'FAILED',
        StatusReason: NO_CHANGES,
      });
      expect(await refusal(scene.client.send(new ExecuteChangeSetCommand({ ChangeSetName: empty })))).toMatchObject({
        code: 'InvalidChangeSetStatus',
        message: `ChangeSet [${empty}] cannot be executed in its current status of [FAILED]`,
      });
    },
  },
  'api/test_changesets.py::test_deleted_changeset': {
    run: async (scene) => {
      const id = await scene.changeSet(metadata);
      await scene.client.send(new DeleteChangeSetCommand({ ChangeSetName: id, StackName: 'shop' }));
      expect(await refusal(scene.client.send(new DescribeChangeSetCommand({ ChangeSetName: id })))).toMatchObject({
        code: 'ChangeSetNotFound',
        message: `ChangeSet [${id}] does not exist`,
      });
    },
  },
  'api/test_changesets.py::test_describe_change_set_nonexisting': {
    run: ({ client }) =>
      expectInvalid(
        client.send(new DescribeChangeSetCommand({ StackName: 'somestack', ChangeSetName: 'DoesNotExist' })),
        'Stack [somestack] does not exist',
      ),
  },
  'api/test_changesets.py::test_delete_change_set_exception': {
    run: async ({ client }) => {
      await expectInvalid(
        client.send(new DeleteChangeSetCommand({ StackName: 'nostack', ChangeSetName: 'DoesNotExist' })),
        'Stack [nostack] does not exist',
      );
      await expectInvalid(
        client.send(new DeleteChangeSetCommand({ ChangeSetName: 'DoesNotExist' })),
        'StackName must be specified if ChangeSetName is not specified as an ARN.',
      );
    },
  },
  'api/test_changesets.py::test_name_conflicts': {
    run: async (scene) => {
      const id = await create(scene, simple);
      const { StackId } = await scene.stack();
      await expectInvalid(
        again(scene, { ChangeSetName: 'change' }),
        'Stack [shop] already exists and cannot be created again with the changeSet [change].',
      );
      await scene.remove();
      const second = await scene.changeSet(simple);
      const reviewed = await scene.stack();
      expectStack(reviewed, { StackStatus: 'REVIEW_IN_PROGRESS', StackStatusReason: 'User Initiated' });
      expectStack(await scene.stack(reviewed.StackId), {
        StackStatus: 'REVIEW_IN_PROGRESS',
        StackStatusReason: 'User Initiated',
      });
      expectStack(await scene.stack(StackId), {
        DeletionTime: 'then',
        EnableTerminationProtection: undefined,
        LastUpdatedTime: 'then',
        StackStatus: 'DELETE_COMPLETE',
      });
      await expectChangeSet(scene, id, [ADDED], { ExecutionStatus: 'EXECUTE_COMPLETE', StackId });
      await expectChangeSet(scene, second, [ADDED], { StackId: reviewed.StackId });
    },
  },
  'api/test_changesets.py::test_create_while_in_review': {
    run: async (scene) => {
      const id = await scene.changeSet(simple);
      const { StackId, $metadata, ...rest } = await scene.client.send(
        new CreateStackCommand({ StackName: 'shop', TemplateBody: JSON.stringify(simple) }),
      );
      expect([$metadata.httpStatusCode, rest]).toEqual([200, {}]);
      await scene.rest();
      expectStack(await scene.stack(), { StackId, StackStatus: 'CREATE_COMPLETE' });
      await expectChangeSet(scene, id, [ADDED], { ExecutionStatus: 'OBSOLETE', StackId });
    },
  },
  'api/test_changesets.py::test_create_change_set_no_changes': {
    run: async (scene) => {
      await create(scene, simple);
      await expectChangeSet(scene, await update(scene, simple), [], {
        ExecutionStatus: 'UNAVAILABLE',
        Status: 'FAILED',
        StatusReason: NO_CHANGES,
      });
    },
  },
  'api/test_changesets.py::test_describe_changeset_after_delete': {
    run: async (scene) => {
      const given = stackOf({ topic123: named(ref('TopicName')) }, { Parameters: { TopicName: { Type: 'String' } } });
      const Parameters = (ParameterValue: string) => [{ ParameterKey: 'TopicName', ParameterValue }];
      const first = await scene.changeSet(given, { Parameters: Parameters('one'), ChangeSetName: 'first' });
      await scene.execute(first);
      await scene.client.send(new DeleteChangeSetCommand({ ChangeSetName: 'first', StackName: 'shop' }));
      expect(
        await refusal(scene.client.send(new DescribeChangeSetCommand({ ChangeSetName: 'first', StackName: 'shop' }))),
      ).toEqual({
        code: 'ChangeSetNotFound',
        message: 'ChangeSet [first] does not exist',
        status: 404,
      });
      const second = await update(scene, given, { Parameters: Parameters('two') });
      await expectChangeSet(
        scene,
        second,
        [
          [
            'Modify topic123 AWS::SNS::Topic is arn:aws:sns:us-east-1:000000000000:one Replacement=True PolicyAction=ReplaceAndDelete Scope=Properties',
            'Dynamic DirectModification Properties TopicName Always',
            'Static ParameterReference of TopicName Properties TopicName Always',
          ],
        ],
        { Parameters: Parameters('two') },
      );
    },
  },
};
