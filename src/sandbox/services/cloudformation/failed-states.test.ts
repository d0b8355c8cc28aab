import {
  CancelUpdateStackCommand,
  ContinueUpdateRollbackCommand,
  DeleteStackCommand,
  DescribeStackResourceCommand,
  DescribeStacksCommand,
  RollbackStackCommand,
  UpdateStackCommand,
  UpdateTerminationProtectionCommand,
} from '@aws-sdk/client-cloudformation';
import { expect, it } from 'vitest';
import { custom, stackScene, topic } from './stack-scene.ts';

it('F-03 ends in UPDATE_ROLLBACK_FAILED when a resource cannot go back, and continues when it can', async () => {
  const scene = await stackScene();
  await scene.create({ Resources: { First: custom({ Size: '1' }), Second: custom({ Size: '1' }) } });
  scene.answer = ({ LogicalResourceId, RequestType, ResourceProperties }) =>
    (LogicalResourceId === 'Second' && RequestType === 'Update') || ResourceProperties.Size === '1'
      ? { Status: 'FAILED', Reason: 'out of room' }
      : undefined;
  await scene.update({
    Resources: { First: custom({ Size: '2' }), Second: custom({ Size: '2' }, { DependsOn: 'First' }) },
  });
  expect((await scene.stack()).StackStatus).toBe('UPDATE_ROLLBACK_FAILED');
  expect((await scene.stack()).StackStatusReason).toBe('The following resource(s) failed to update: [First, Second].');
  await expect(scene.update({ Resources: { First: custom({ Size: '3' }) } })).rejects.toThrow(
    /^Stack:arn:aws:cloudformation:.* is in UPDATE_ROLLBACK_FAILED state and can not be updated\.$/,
  );

  scene.answer = () => undefined;
  const again = new ContinueUpdateRollbackCommand({ StackName: 'shop', ClientRequestToken: 'once' });
  await scene.client.send(again);
  // The answer was lost, so it is sent once more: under way, and when it is over.
  await scene.client.send(again);
  await scene.rest();
  await scene.client.send(again);
  expect((await scene.events({ last: true })).filter((line) => line.startsWith('shop'))).toEqual([
    'shop UPDATE_ROLLBACK_IN_PROGRESS User Initiated',
    'shop UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'shop UPDATE_ROLLBACK_COMPLETE',
  ]);
  await expect(scene.client.send(new ContinueUpdateRollbackCommand({ StackName: 'shop' }))).rejects.toThrow(
    'RollbackUpdatedStack cannot be called from current stack status',
  );
});

it('F-03 skips what failed in the rollback, and nothing else', async () => {
  const scene = await stackScene();
  await scene.create({ Resources: { First: custom({ Size: '1' }), Other: topic() } });
  scene.answer = () => ({ Status: 'FAILED', Reason: 'out of room' });
  await scene.update({ Resources: { First: custom({ Size: '2' }), Other: topic() } });
  await expect(
    scene.client.send(new ContinueUpdateRollbackCommand({ StackName: 'shop', ResourcesToSkip: ['Other'] })),
  ).rejects.toThrow('Other');
  await scene.client.send(new ContinueUpdateRollbackCommand({ StackName: 'shop', ResourcesToSkip: ['First'] }));
  await scene.rest();
  expect((await scene.stack()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
});

it('F-01 leaves a shell in ROLLBACK_COMPLETE that can only be deleted', async () => {
  const scene = await stackScene();
  scene.answer = () => ({ Status: 'FAILED', Reason: 'no' });
  await scene.create({ Resources: { Kept: topic({ TopicName: 'kept' }), Thing: custom() } });
  expect(await scene.events()).toEqual([
    'shop CREATE_IN_PROGRESS User Initiated',
    'Kept CREATE_IN_PROGRESS',
    'Kept CREATE_IN_PROGRESS Resource creation Initiated',
    'Thing CREATE_IN_PROGRESS',
    'Thing CREATE_IN_PROGRESS Resource creation Initiated',
    'Kept CREATE_COMPLETE',
    expect.stringMatching(
      /^Thing CREATE_FAILED Received response status \[FAILED\] from custom resource\. Message returned: no/,
    ),
    'shop ROLLBACK_IN_PROGRESS The following resource(s) failed to create: [Thing]. Rollback requested by user.',
    'Kept DELETE_IN_PROGRESS',
    'Thing DELETE_IN_PROGRESS',
    'Kept DELETE_COMPLETE',
    expect.stringMatching(/^Thing DELETE_FAILED/),
    'shop ROLLBACK_FAILED The following resource(s) failed to delete: [Thing].',
  ]);
  await expect(scene.update({ Resources: { Kept: topic() } })).rejects.toThrow(
    'is in ROLLBACK_FAILED state and can not be updated.',
  );

  scene.answer = () => undefined;
  expect((await scene.remove()).StackStatus).toBe('DELETE_COMPLETE');
});

it('F-07 keeps what cannot be deleted in DELETE_FAILED, and lets it be retained', async () => {
  const scene = await stackScene();
  await scene.create({ Resources: { Thing: custom(), Other: topic() } });
  await expect(
    scene.client.send(new DeleteStackCommand({ StackName: 'shop', RetainResources: ['Thing'] })),
  ).rejects.toThrow('specify which resources to retain only when the stack is in the DELETE_FAILED state');
  scene.answer = () => ({ Status: 'FAILED', Reason: 'not empty' });
  await scene.client.send(new DeleteStackCommand({ StackName: 'shop' }));
  await scene.rest();
  expect(await scene.stack()).toMatchObject({
    StackStatus: 'DELETE_FAILED',
    StackStatusReason: 'The following resource(s) failed to delete: [Thing].',
  });
  const { StackId } = await scene.stack();
  await scene.client.send(new DeleteStackCommand({ StackName: 'shop', RetainResources: ['Thing'] }));
  await scene.rest();
  expect((await scene.events({ StackName: StackId!, last: true })).slice(1)).toEqual([
    'Thing DELETE_SKIPPED',
    'shop DELETE_COMPLETE',
  ]);
});

it('F-08 refuses to delete a protected stack', async () => {
  const scene = await stackScene();
  await scene.create({ Resources: { Other: topic() } }, { EnableTerminationProtection: true });
  await expect(scene.client.send(new DeleteStackCommand({ StackName: 'shop' }))).rejects.toThrow(
    'Stack [shop] cannot be deleted while TerminationProtection is enabled',
  );
  await scene.client.send(
    new UpdateTerminationProtectionCommand({ StackName: 'shop', EnableTerminationProtection: false }),
  );
  expect((await scene.remove()).StackStatus).toBe('DELETE_COMPLETE');
});

it('F-06 cancels an update that is under way, and only that', async () => {
  const scene = await stackScene();
  await scene.create({ Resources: { Thing: custom({ Size: '1' }), Other: topic({ DisplayName: 'one' }) } });
  scene.sandbox.world.pause();
  await scene.client.send(
    new UpdateStackCommand({
      StackName: 'shop',
      TemplateBody: JSON.stringify({
        Resources: { Thing: custom({ Size: '2' }), Other: topic({ DisplayName: 'two' }) },
      }),
    }),
  );
  await expect(scene.client.send(new DeleteStackCommand({ StackName: 'shop' }))).rejects.toThrow(
    'cannot be deleted while in status UPDATE_IN_PROGRESS',
  );
  await scene.sandbox.advance(1_000);
  await scene.client.send(new CancelUpdateStackCommand({ StackName: 'shop' }));
  await scene.rest();
  expect(await scene.events({ last: true })).toEqual([
    'shop UPDATE_ROLLBACK_IN_PROGRESS User Initiated',
    'Thing UPDATE_IN_PROGRESS',
    'Other UPDATE_IN_PROGRESS',
    'Other UPDATE_COMPLETE',
    'Thing UPDATE_COMPLETE',
    'shop UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS',
    'shop UPDATE_ROLLBACK_COMPLETE',
  ]);
  expect(await scene.events()).toContain('Thing UPDATE_FAILED Resource update cancelled');
  await expect(scene.client.send(new CancelUpdateStackCommand({ StackName: 'shop' }))).rejects.toThrow(
    'CancelUpdateStack cannot be called from current stack status',
  );
});

it('rests in CREATE_FAILED and UPDATE_FAILED when rollback is disabled, until it is rolled back or repaired', async () => {
  const scene = await stackScene();
  scene.answer = ({ LogicalResourceId }) =>
    LogicalResourceId === 'Thing' ? { Status: 'FAILED', Reason: 'no' } : undefined;
  await scene.create({ Resources: { Thing: custom(), Other: topic() } }, { DisableRollback: true });
  expect((await scene.stack()).StackStatus).toBe('CREATE_FAILED');
  const { StackResourceDetail } = await scene.client.send(
    new DescribeStackResourceCommand({ StackName: 'shop', LogicalResourceId: 'Other' }),
  );
  expect(StackResourceDetail!.ResourceStatus).toBe('CREATE_COMPLETE');

  scene.answer = () => undefined;
  await scene.update({ Resources: { Thing: custom(), Other: topic() } });
  expect((await scene.stack()).StackStatus).toBe('UPDATE_COMPLETE');

  scene.answer = ({ ResourceProperties }) =>
    ResourceProperties.Size === '2' ? { Status: 'FAILED', Reason: 'no' } : undefined;
  await scene.update({ Resources: { Thing: custom({ Size: '2' }), Other: topic() } }, { DisableRollback: true });
  expect((await scene.stack()).StackStatus).toBe('UPDATE_FAILED');
  await scene.client.send(new RollbackStackCommand({ StackName: 'shop' }));
  await scene.rest();
  expect((await scene.stack()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  await expect(scene.client.send(new RollbackStackCommand({ StackName: 'shop' }))).rejects.toThrow(
    'current stack status',
  );
});

it('F-20 finishes an update whose old resource will not go', async () => {
  const scene = await stackScene();
  await scene.create({ Resources: { Thing: custom(), Other: topic() } });
  scene.answer = ({ RequestType }) => (RequestType === 'Delete' ? { Status: 'FAILED', Reason: 'in use' } : undefined);
  await scene.update({ Resources: { Other: topic() } });
  expect(await scene.stack()).toMatchObject({
    StackStatus: 'UPDATE_COMPLETE',
    StackStatusReason: 'Update successful. One or more resources could not be deleted.',
  });
  expect((await scene.events()).filter((line) => line.startsWith('Thing DELETE_FAILED'))).toHaveLength(3);
});

it('F-09 refuses to drop or delete an export that is in use, and goes back to what it was', async () => {
  const scene = await stackScene();
  const producer = (value: string | undefined) => ({
    Resources: { Other: topic() },
    ...(value ? { Outputs: { Name: { Value: value, Export: { Name: 'the-name' } } } } : {}),
  });
  await scene.create(producer('one'));
  await scene.create(
    { Resources: { User: topic({ DisplayName: { 'Fn::ImportValue': 'the-name' } }) } },
    { StackName: 'consumer' },
  );
  await scene.update(producer(undefined));
  expect(await scene.events({ last: true })).toContain(
    'shop UPDATE_ROLLBACK_IN_PROGRESS Delete canceled. Cannot delete export the-name as it is in use by consumer.',
  );
  expect((await scene.remove()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await scene.stack()).StackStatusReason).toBe(
    'Delete canceled. Cannot delete export the-name as it is in use by consumer.',
  );
  await scene.create(producer('two'), { StackName: 'rival' });
  expect((await scene.events({ StackName: 'rival' })).join('\n')).toContain(
    'Export with name the-name is already exported by stack shop. Rollback requested by user.',
  );
});

it('forgets a stack by its name when it is deleted, and remembers it by its ARN', async () => {
  const scene = await stackScene();
  await scene.create({ Resources: { Other: topic() } });
  const { StackId } = await scene.stack();
  await scene.remove();
  await expect(scene.stack()).rejects.toThrow('Stack with id shop does not exist');
  expect((await scene.client.send(new DescribeStacksCommand({ StackName: StackId }))).Stacks![0]!.StackStatus).toBe(
    'DELETE_COMPLETE',
  );
  await expect(scene.client.send(new DeleteStackCommand({ StackName: 'shop' }))).resolves.toBeDefined();
});

it('never shows the value of a parameter that is not to be echoed', async () => {
  const scene = await stackScene();
  const Parameters = { Secret: { Type: 'String', NoEcho: true }, Plain: { Type: 'String', Default: 'shown' } };
  await scene.create(
    { Description: 'a stack', Parameters, Resources: { Other: topic({ DisplayName: { Ref: 'Secret' } }) } },
    { Parameters: [{ ParameterKey: 'Secret', ParameterValue: 'hunter2' }] },
  );
  expect(await scene.stack()).toMatchObject({
    Description: 'a stack',
    Parameters: [
      { ParameterKey: 'Secret', ParameterValue: '****' },
      { ParameterKey: 'Plain', ParameterValue: 'shown' },
    ],
  });
});
