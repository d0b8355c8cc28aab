import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { DeleteRepositoryCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
} from '@aws-sdk/client-iam';
import { DeleteBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { RunningSandbox } from './start-sandbox.ts';

const toolkit = dirname(createRequire(import.meta.url).resolve('@aws-cdk/toolkit-lib/package.json'));

/** The CDK's own bootstrap template, of which `edit` makes another. */
export const bootstrapTemplate = (edit: (text: string) => string = (text) => text): string =>
  edit(readFileSync(join(toolkit, 'lib/api/bootstrap/bootstrap-template.yaml'), 'utf8'));

/** The real bootstrap stack without toolkit-lib, whose polls take seconds; and what may happen to it. */
export function realBootstrap(
  aws: Pick<RunningSandbox, 'client' | 'settle'>,
  { account = '111111111111', region = 'us-east-1' } = {},
) {
  const place = { account, region };
  const cloudFormation = aws.client(CloudFormationClient, place);
  const s3 = aws.client(S3Client, place);
  const iam = aws.client(IAMClient, place);
  const named = (what: string) => `cdk-hnb659fds-${what}-${account}-${region}`;
  const bucket = named('assets');
  return {
    bucket,
    named,
    create: async ({ template = bootstrapTemplate(), key = 'AWS_MANAGED_KEY' } = {}) => {
      await cloudFormation.send(
        new CreateStackCommand({
          StackName: 'CDKToolkit',
          TemplateBody: template,
          Parameters: [{ ParameterKey: 'FileAssetsBucketKmsKeyId', ParameterValue: key }],
          Capabilities: ['CAPABILITY_NAMED_IAM'],
        }),
      );
      await aws.settle();
    },
    status: async (): Promise<string | undefined> => {
      const answer = await cloudFormation
        .send(new DescribeStacksCommand({ StackName: 'CDKToolkit' }))
        .catch(() => undefined);
      return answer?.Stacks?.[0]?.StackStatus;
    },
    deleteStack: async () => {
      await cloudFormation.send(new DeleteStackCommand({ StackName: 'CDKToolkit' }));
      await aws.settle();
    },
    put: (Key: string) => s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: 'x' })),
    loseBucket: () => s3.send(new DeleteBucketCommand({ Bucket: bucket })),
    loseRepository: () =>
      aws.client(ECRClient, place).send(new DeleteRepositoryCommand({ repositoryName: named('container-assets') })),
    loseRole: async (name: string) => {
      const RoleName = named(`${name}-role`);
      const { PolicyNames } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
      for (const PolicyName of PolicyNames ?? []) await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
      const { AttachedPolicies } = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName }));
      for (const { PolicyArn } of AttachedPolicies ?? [])
        await iam.send(new DetachRolePolicyCommand({ RoleName, PolicyArn }));
      await iam.send(new DeleteRoleCommand({ RoleName }));
    },
  };
}
