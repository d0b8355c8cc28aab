import { boundaryArn } from './boundary-arn.ts';
import { NAME_KEY } from './describe-resource.ts';
import { pascal } from './names.ts';

/**
 * The roles that people take on in one environment. Written down as CloudFormation has it, as `account` is: no release
 * has it, so that no pipeline that deploys can let people in.
 */
export interface AccessSettings {
  account: string;
  tags: Readonly<Record<string, string>>;
  permissionsBoundary?: string;
  groups: readonly AccessGroupSettings[];
}

interface AccessGroupSettings {
  name: string;
  roleName: string;
  description: string;
  sessionHours: number;
  roles: readonly string[];
  users: readonly string[];
  usersNeedMfa: boolean;
  /** Permission sets of IAM Identity Center that are given out in this account. */
  permissionSets: readonly string[];
  statements: readonly object[];
}

export const accessRoleId = (group: string): string => `Role${pascal(group)}`;

export function accessTemplate({ account, tags, permissionsBoundary, groups }: AccessSettings) {
  const roles = groups.map((group) => [
    accessRoleId(group.name),
    {
      Type: 'AWS::IAM::Role',
      Metadata: { [NAME_KEY]: `access of ${group.name}` },
      Properties: {
        RoleName: group.roleName,
        Description: group.description,
        MaxSessionDuration: group.sessionHours * 3600,
        AssumeRolePolicyDocument: accessTrust(account, group),
        Policies: [{ PolicyName: 'Rights', PolicyDocument: { Version: '2012-10-17', Statement: group.statements } }],
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
        ...(permissionsBoundary ? { PermissionsBoundary: boundaryArn(permissionsBoundary, account) } : {}),
      },
    },
  ]);
  return {
    Description: 'Who may do what in the environment',
    Resources: Object.fromEntries(roles) as Record<string, object>,
  };
}

const takeOn = { Effect: 'Allow', Action: 'sts:AssumeRole' };

function accessTrust(account: string, { roles, users, usersNeedMfa, permissionSets }: AccessGroupSettings) {
  return {
    Version: '2012-10-17',
    Statement: [
      ...(roles.length > 0 ? [{ ...takeOn, Principal: { AWS: [...roles] } }] : []),
      ...(users.length > 0
        ? [
            {
              ...takeOn,
              Principal: { AWS: [...users] },
              ...(usersNeedMfa ? { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } } : {}),
            },
          ]
        : []),
      // The roles of permission sets end in characters that nobody can tell beforehand:
      // https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
      ...(permissionSets.length > 0
        ? [
            {
              ...takeOn,
              Principal: { AWS: `arn:aws:iam::${account}:root` },
              Condition: {
                ArnLike: {
                  'aws:PrincipalArn': permissionSets.flatMap((name) => [
                    `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/AWSReservedSSO_${name}_*`,
                    `arn:aws:iam::${account}:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_${name}_*`,
                  ]),
                },
              },
            },
          ]
        : []),
    ],
  };
}
