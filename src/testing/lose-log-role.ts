import { APIGateway } from '@aws-sdk/client-api-gateway';
import { CloudFormation } from '@aws-sdk/client-cloudformation';
import { IAM } from '@aws-sdk/client-iam';
import { API_LOG_ROLE, keepingLogRole, LOG_POLICY } from '../../infra/account-log-role.ts';
import type { RunningSandbox } from './start-sandbox.ts';

/** Takes the role for logs out of stack `account`, out of IAM and out of the setting: as if none had ever been there. */
export async function loseLogRole({ client, settle }: Pick<RunningSandbox, 'client' | 'settle'>): Promise<void> {
  const StackName = 'demo-dev-account';
  const cloudFormation = client(CloudFormation);
  const { TemplateBody } = await cloudFormation.getTemplate({ StackName });
  const { ApiLogRole: _, ...Resources } = JSON.parse(TemplateBody!).Resources;
  const { ApiLogRoleArn: __, ...Outputs } = JSON.parse(TemplateBody!).Outputs;
  const pipelines = keepingLogRole({ Description: '', Resources, Outputs }, undefined);
  await cloudFormation.updateStack({
    StackName,
    TemplateBody: JSON.stringify(pipelines),
    Capabilities: ['CAPABILITY_NAMED_IAM'],
  });
  await settle();
  const iam = client(IAM);
  await iam.detachRolePolicy({ RoleName: API_LOG_ROLE, PolicyArn: `arn:aws:${LOG_POLICY}` });
  await iam.deleteRole({ RoleName: API_LOG_ROLE });
  await client(APIGateway).updateAccount({ patchOperations: [{ op: 'remove', path: '/cloudwatchRoleArn' }] });
}
