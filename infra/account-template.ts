import type { AccountTemplate } from './account-log-role.ts';
import { boundaryArn } from './boundary-arn.ts';

/**
 * What pipelines need of an account before they can deploy one environment of it; the role with which API Gateway writes
 * logs may stand beside it in the same stack. Written down as CloudFormation
 * has it: it is no part of a release, changes once a year, and whoever asks for it should not wait for the CDK.
 */
export interface AccountSettings {
  project: string;
  environment: string;
  account: string;
  tags: Readonly<Record<string, string>>;
  permissionsBoundary?: string;
  pipeline: {
    /** `there`: somebody else has made it, and an account has room for one (F-130). */
    provider: 'make' | 'there';
    roleName: string;
    /** Who may put the role on, as GitHub names them. */
    subjects: readonly string[];
    statements: readonly object[];
    /** A role that can only look: for plans that somebody is yet to approve, and for pull requests. */
    plan: { roleName: string; subjects: readonly string[]; statements: readonly object[] };
  };
}

export const GITHUB_ISSUER = 'token.actions.githubusercontent.com';
/** What `aws-actions/configure-aws-credentials` asks its token for. */
export const AWS_AUDIENCE = 'sts.amazonaws.com';

export const accountOutputs = { deployRoleArn: 'DeployRoleArn', planRoleArn: 'PlanRoleArn' } as const;

export const providerArn = (account: string): string => `arn:aws:iam::${account}:oidc-provider/${GITHUB_ISSUER}`;

export function accountTemplate(settings: AccountSettings): AccountTemplate {
  const { project, environment, account, pipeline } = settings;
  const tags = Object.entries(settings.tags).map(([Key, Value]) => ({ Key, Value }));
  const bounded = settings.permissionsBoundary
    ? { PermissionsBoundary: boundaryArn(settings.permissionsBoundary, account) }
    : {};
  const Resources: Record<string, object> = {};
  const Outputs: Record<string, { Value: unknown }> = {};

  if (pipeline.provider === 'make')
    Resources.Provider = {
      Type: 'AWS::IAM::OIDCProvider',
      // Other projects of the account come to rely on it.
      DeletionPolicy: 'RetainExceptOnCreate',
      UpdateReplacePolicy: 'Retain',
      // No thumbprint: IAM trusts GitHub's certificate by its own library of authorities.
      Properties: { Url: `https://${GITHUB_ISSUER}`, ClientIdList: [AWS_AUDIENCE], Tags: tags },
    };
  const role = (
    { roleName, subjects, statements }: AccountSettings['pipeline']['plan'],
    { policy, description }: { policy: string; description: string },
  ) => ({
    Type: 'AWS::IAM::Role',
    ...(pipeline.provider === 'make' ? { DependsOn: ['Provider'] } : {}),
    Properties: {
      RoleName: roleName,
      Description: description,
      MaxSessionDuration: 7200,
      AssumeRolePolicyDocument: trustOf(account, subjects),
      Policies: [{ PolicyName: policy, PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
      Tags: tags,
      ...bounded,
    },
  });
  Resources.DeployRole = role(pipeline, {
    policy: 'Deploy',
    description: `Pipelines deploy ${project}/${environment} with it`,
  });
  Resources.PlanRole = role(pipeline.plan, {
    policy: 'Look',
    description: `Pipelines say with it what a deployment of ${project}/${environment} would change`,
  });
  Outputs[accountOutputs.deployRoleArn] = { Value: { 'Fn::GetAtt': ['DeployRole', 'Arn'] } };
  Outputs[accountOutputs.planRoleArn] = { Value: { 'Fn::GetAtt': ['PlanRole', 'Arn'] } };
  return { Description: 'What pipelines need of the account', Resources, Outputs };
}

const trustOf = (account: string, subjects: readonly string[]) => ({
  Version: '2012-10-17',
  Statement: [
    {
      Effect: 'Allow',
      Principal: { Federated: providerArn(account) },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        // Whole subjects and no patterns: nobody else's repository can ever fit.
        StringEquals: {
          [`${GITHUB_ISSUER}:aud`]: AWS_AUDIENCE,
          [`${GITHUB_ISSUER}:sub`]: [...subjects],
        },
      },
    },
  ],
});
