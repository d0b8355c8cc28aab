import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import {
  DescribeRepositoriesCommand,
  ECRClient,
  GetLifecyclePolicyCommand,
  GetRepositoryPolicyCommand,
} from '@aws-sdk/client-ecr';
import { expect, it } from 'vitest';
import { pushImage } from '../../../testing/push-image.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';

const policy = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'ecr:BatchGetImage' }],
};
const lifecycle = JSON.stringify({
  rules: [
    {
      rulePriority: 1,
      selection: { tagStatus: 'untagged', countType: 'sinceImagePushed', countUnit: 'days', countNumber: 365 },
      action: { type: 'expire' },
    },
  ],
});

const template = (properties: object) =>
  JSON.stringify({
    Resources: { Web: { Type: 'AWS::ECR::Repository', Properties: { RepositoryName: 'web', ...properties } } },
    Outputs: { Uri: { Value: { 'Fn::GetAtt': ['Web', 'RepositoryUri'] } } },
  });

it('a stack makes, changes and removes a repository, but not its images unless it is told to (F-142)', async () => {
  const sandbox = await startSandbox();
  const cloudformation = sandbox.client(CloudFormationClient);
  const ecr = sandbox.client(ECRClient);
  const update = async (properties: object) => {
    await cloudformation.send(new UpdateStackCommand({ StackName: 'images', TemplateBody: template(properties) }));
    await sandbox.settle();
  };
  const remove = async () => {
    await cloudformation.send(new DeleteStackCommand({ StackName: 'images' }));
    await sandbox.settle();
  };
  const before = { RepositoryPolicyText: policy, LifecyclePolicy: { LifecyclePolicyText: lifecycle } };
  await cloudformation.send(new CreateStackCommand({ StackName: 'images', TemplateBody: template(before) }));
  await sandbox.settle();
  const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: 'images' }));
  expect(Stacks![0]).toMatchObject({
    StackStatus: 'CREATE_COMPLETE',
    Outputs: [{ OutputValue: '000000000000.dkr.ecr.us-east-1.amazonaws.com/web' }],
  });
  const { policyText } = await ecr.send(new GetRepositoryPolicyCommand({ repositoryName: 'web' }));
  expect(JSON.parse(policyText!)).toEqual(policy);

  await update({ ...before, RepositoryPolicyText: undefined, ImageTagMutability: 'IMMUTABLE' });
  await expect(ecr.send(new GetRepositoryPolicyCommand({ repositoryName: 'web' }))).rejects.toThrow('does not exist');
  expect(await ecr.send(new GetLifecyclePolicyCommand({ repositoryName: 'web' }))).toMatchObject({
    lifecyclePolicyText: lifecycle,
  });
  const { repositories } = await ecr.send(new DescribeRepositoriesCommand({}));
  expect(repositories).toMatchObject([{ repositoryName: 'web', imageTagMutability: 'IMMUTABLE' }]);

  await pushImage(sandbox, { repository: 'web', tag: 'v1' });
  await remove();
  const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName: 'images' }));
  const failure = StackEvents!.find(
    ({ ResourceStatus, LogicalResourceId }) => LogicalResourceId === 'Web' && ResourceStatus === 'DELETE_FAILED',
  );
  expect(failure!.ResourceStatusReason).toContain(
    "The repository with name 'web' in registry with id '000000000000' cannot be deleted because it still contains images",
  );

  await ecr.send(new DescribeRepositoriesCommand({ repositoryNames: ['web'] }));
  const again = await startSandbox();
  await again
    .client(CloudFormationClient)
    .send(new CreateStackCommand({ StackName: 'images', TemplateBody: template({ EmptyOnDelete: true }) }));
  await again.settle();
  await pushImage(again, { repository: 'web', tag: 'v1' });
  await again.client(CloudFormationClient).send(new DeleteStackCommand({ StackName: 'images' }));
  await again.settle();
  expect((await again.client(ECRClient).send(new DescribeRepositoriesCommand({}))).repositories).toEqual([]);
});
