import { GetRoleCommand, IAMClient, UpdateAssumeRolePolicyCommand } from '@aws-sdk/client-iam';
import { GetQueueUrlCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, it } from 'vitest';
import { QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';
import { stuckStacks } from '../testing/stuck-stacks.ts';

const STACK = 'demo-dev-messaging';
const TRUST = { Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole' };
const policy = (Statement: object) => ({ Version: '2012-10-17', Statement: [Statement] });

it('a stack at rest: changes the rights of a role back, says what else differs and leaves that alone (F-46)', async () => {
  const project = await startDeployable({ yaml: smallYaml(QUEUE) });
  await stuckStacks(project).create(STACK, {
    Resources: {
      Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'demo', AssumeRolePolicyDocument: policy(TRUST) } },
      Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'demo-q', VisibilityTimeout: 30 } },
    },
  });
  const iam = project.aws.client(IAMClient);
  const PolicyDocument = JSON.stringify(policy({ ...TRUST, Principal: { Service: 'ec2.amazonaws.com' } }));
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: 'demo', PolicyDocument }));
  expect((await project.platform('recover messaging')).exitCode).toBe(2);
  expect((await project.succeed('recover messaging --yes --json')).json()).toMatchObject({
    after: 'UPDATE_COMPLETE',
    steps: [{ do: 'change-back', class: 'ASK', resource: 'Role' }, { do: 'prove' }],
    reconcile: [],
  });
  const { Role } = await iam.send(new GetRoleCommand({ RoleName: 'demo' }));
  expect(decodeURIComponent(Role!.AssumeRolePolicyDocument!)).toContain('ecs-tasks.amazonaws.com');
  expect((await project.succeed('recover messaging --yes')).stdout).toContain('there is nothing to do');

  const sqs = project.aws.client(SQSClient);
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'demo-q' }));
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: '99' } }));
  project.forget();
  const told = await project.succeed('recover messaging --yes');
  expect(told.stdout).toContain('Q (AWS::SQS::Queue) differs in /VisibilityTimeout: change it back');
  expect(project.writes()).toEqual([]);
});
