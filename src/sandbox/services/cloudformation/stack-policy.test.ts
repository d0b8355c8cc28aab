import { GetStackPolicyCommand, SetStackPolicyCommand } from '@aws-sdk/client-cloudformation';
import { expect, it } from 'vitest';
import { stackScene, topic } from './stack-scene.ts';

const policy = JSON.stringify({
  Statement: [
    { Effect: 'Allow', Action: 'Update:*', Principal: '*', Resource: '*' },
    { Effect: 'Deny', Action: 'Update:Replace', Principal: '*', Resource: 'LogicalResourceId/Kept' },
  ],
});

it('keeps a stack policy, and what it forbids fails the update', async () => {
  const scene = await stackScene();
  await scene.create({ Resources: { Kept: topic({ TopicName: 'one' }) } });
  await scene.client.send(new SetStackPolicyCommand({ StackName: 'shop', StackPolicyBody: policy }));
  expect((await scene.client.send(new GetStackPolicyCommand({ StackName: 'shop' }))).StackPolicyBody).toBe(policy);

  await scene.update({ Resources: { Kept: topic({ TopicName: 'one', DisplayName: 'new' }) } });
  expect((await scene.stack()).StackStatus).toBe('UPDATE_COMPLETE');
  await scene.update({ Resources: { Kept: topic({ TopicName: 'two' }) } });
  expect((await scene.stack()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  expect((await scene.events()).find((line) => line.includes('stack policy'))).toBe(
    'Kept UPDATE_FAILED Action denied by stack policy: Statement [#2] does not allow [Update:Replace] for resource [Kept]',
  );

  await scene.update(
    { Resources: { Kept: topic({ TopicName: 'two' }) } },
    { StackPolicyDuringUpdateBody: '{"Statement":{"Effect":"Allow","Action":"*","Principal":"*","Resource":"*"}}' },
  );
  expect((await scene.stack()).StackStatus).toBe('UPDATE_COMPLETE');
  await expect(
    scene.client.send(new SetStackPolicyCommand({ StackName: 'shop', StackPolicyBody: '{}' })),
  ).rejects.toThrow('Error validating stack policy');
});
