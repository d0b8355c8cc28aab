import { boundaryArn } from './boundary-arn.ts';

/** One for all APIs of an account: IAM has no regions. Fixed, so that whoever comes second finds it. */
export const API_LOG_ROLE = 'platform-api-gateway-logs';
/** What lets API Gateway write logs, and nothing else. */
export const LOG_POLICY = 'iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs';

/** Its construct id is its address: another one would be another role, of a name that is taken. */
export const LOG_ROLE_ID = 'ApiLogRole';

export interface AccountTemplate {
  Description: string;
  Resources: Record<string, object>;
  Outputs: Record<string, { Value: unknown }>;
}

const OUTPUT = 'ApiLogRoleArn';

const DESCRIPTIONS = {
  pipelines: 'What pipelines need of the account',
  logs: 'What API Gateway needs of the account',
  both: 'What pipelines and API Gateway need of the account',
} as const;

export const hasLogRole = (template: Pick<AccountTemplate, 'Resources'> | undefined): boolean =>
  template !== undefined && LOG_ROLE_ID in template.Resources;

/** Whether anything else stands in it: the roles of pipelines, and the provider that they are trusted by. */
export const hasPipelines = (template: Pick<AccountTemplate, 'Resources'> | undefined): boolean =>
  Object.keys(template?.Resources ?? {}).some((id) => id !== LOG_ROLE_ID);

/** What stands there, word for word, and the role. Absent: a stack of the role alone. */
export function withLogRole(standing: AccountTemplate | undefined, permissionsBoundary?: string): AccountTemplate {
  return {
    Description: hasPipelines(standing) ? DESCRIPTIONS.both : DESCRIPTIONS.logs,
    Resources: { ...standing?.Resources, [LOG_ROLE_ID]: logRole(permissionsBoundary) },
    Outputs: { ...standing?.Outputs, [OUTPUT]: { Value: { 'Fn::GetAtt': [LOG_ROLE_ID, 'Arn'] } } },
  };
}

/** What pipelines are to have, and the role as it stands there, word for word. */
export function keepingLogRole(pipelines: AccountTemplate, standing: AccountTemplate | undefined): AccountTemplate {
  if (!standing || !hasLogRole(standing)) return { ...pipelines, Description: DESCRIPTIONS.pipelines };
  return {
    Description: DESCRIPTIONS.both,
    Resources: { ...pipelines.Resources, [LOG_ROLE_ID]: standing.Resources[LOG_ROLE_ID]! },
    Outputs: { ...pipelines.Outputs, [OUTPUT]: standing.Outputs[OUTPUT]! },
  };
}

/** What is left when pipelines deploy no more. */
export const logRoleAlone = ({ Resources, Outputs }: AccountTemplate): AccountTemplate => ({
  Description: DESCRIPTIONS.logs,
  Resources: { [LOG_ROLE_ID]: Resources[LOG_ROLE_ID]! },
  Outputs: { [OUTPUT]: Outputs[OUTPUT]! },
});

const logRole = (permissionsBoundary: string | undefined) => ({
  Type: 'AWS::IAM::Role',
  // APIs of other stacks, projects and regions come to write with it: no stack of ours takes it away.
  DeletionPolicy: 'RetainExceptOnCreate',
  UpdateReplacePolicy: 'Retain',
  Properties: {
    RoleName: API_LOG_ROLE,
    Description: 'API Gateway writes logs of every API with it',
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
    ManagedPolicyArns: [{ 'Fn::Sub': `arn:\${AWS::Partition}:${LOG_POLICY}` }],
    ...(permissionsBoundary
      ? {
          PermissionsBoundary: {
            'Fn::Sub': boundaryArn(permissionsBoundary, '${AWS::AccountId}', '${AWS::Partition}'),
          },
        }
      : {}),
  },
});
