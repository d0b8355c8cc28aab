import { CloudFormationClient, CreateStackCommand } from '@aws-sdk/client-cloudformation';
import type { RunningSandbox } from './start-sandbox.ts';

/** With a policy of the name that the CDK's own has there. */
const ROLES = {
  deploy: 'default',
  'cfn-exec': 'AdministratorAccess',
  'file-publishing': 'cdk-hnb659fds-file-publishing-role-default-policy',
  'image-publishing': 'cdk-hnb659fds-image-publishing-role-default-policy',
  lookup: 'ReadOnlyAccess',
};

/**
 * What toolkit-lib needs of a CDK bootstrap, in one small stack: the real one costs seconds of toolkit-lib's own polls.
 * The names are the CDK's: https://docs.aws.amazon.com/cdk/v2/guide/bootstrapping-customizing.html
 */
export async function bootstrapSandbox(
  aws: Pick<RunningSandbox, 'client' | 'settle' | 'calls'>,
  { account = '111111111111', region = 'us-east-1' } = {},
): Promise<void> {
  const trusts = (principal: object) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: principal }],
  });
  const resources = {
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: `cdk-hnb659fds-assets-${account}-${region}` } },
    Version: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Name: '/cdk-bootstrap/hnb659fds/version', Type: 'String', Value: '32' },
    },
    ...Object.fromEntries(
      Object.entries(ROLES).map(([name, policy], index) => [
        `Role${index}`,
        {
          Type: 'AWS::IAM::Role',
          Properties: {
            RoleName: `cdk-hnb659fds-${name}-role-${account}-${region}`,
            AssumeRolePolicyDocument: trusts(
              name === 'cfn-exec' ? { Service: 'cloudformation.amazonaws.com' } : { AWS: '*' },
            ),
            Policies: [
              {
                PolicyName: policy,
                PolicyDocument: {
                  Version: '2012-10-17',
                  Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }],
                },
              },
            ],
          },
        },
      ]),
    ),
  };
  const TemplateBody = JSON.stringify({ Resources: resources });
  await aws
    .client(CloudFormationClient, { account, region })
    .send(new CreateStackCommand({ StackName: 'CDKToolkit', TemplateBody, Capabilities: ['CAPABILITY_NAMED_IAM'] }));
  await aws.settle();
  aws.calls.length = 0;
}
