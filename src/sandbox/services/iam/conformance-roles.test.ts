import {
  AddUserToGroupCommand,
  AttachRolePolicyCommand,
  AttachUserPolicyCommand,
  CreateGroupCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  DeletePolicyCommand,
  DeleteRoleCommand,
  GetGroupPolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  GetUserPolicyCommand,
  ListRolesCommand,
  PutGroupPolicyCommand,
  PutRolePolicyCommand,
  PutUserPolicyCommand,
  SimulatePrincipalPolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { aRole, ESCAPED, encoded, open, PolicyDocument, READ, role, trust } from './iam-scene.ts';

/** Titles name the recording (LocalStack's suite, tests/aws/services/iam/test_iam.py). */
describe('equal: roles and policies', () => {
  it.each([
    ['TestIAMIntegrations::test_create_describe_role', '/team/'],
    ['TestIAMExtensions::test_role_with_path_lifecycle', '/a/b/'],
    ['TestIAMIntegrations::test_list_roles_with_permission_boundary', '/boundary/'],
  ])('%s', async (_, Path) => {
    const iam = await open();
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'p', PolicyDocument }));
    const shown = role({ Arn: `arn:aws:iam::000000000000:role${Path}web`, Path });
    const PermissionsBoundary = Path === '/boundary/' ? Policy!.Arn : undefined;
    expect(await answerOf(iam.send(new CreateRoleCommand({ ...aRole, Path, PermissionsBoundary })))).toEqual({
      Role: shown,
    });
    expect(await answerOf(iam.send(new GetRoleCommand({ RoleName: 'web' })))).toEqual({
      Role: {
        ...shown,
        ...READ,
        ...(PermissionsBoundary && {
          PermissionsBoundary: { PermissionsBoundaryArn: PermissionsBoundary, PermissionsBoundaryType: 'Policy' },
        }),
      },
    });
    expect(await answerOf(iam.send(new ListRolesCommand({ PathPrefix: Path })))).toEqual({
      IsTruncated: false,
      Roles: [{ ...shown, MaxSessionDuration: 3600 }],
    });
    expect(await answerOf(iam.send(new DeleteRoleCommand({ RoleName: 'web' })))).toEqual({});
  });

  it('TestRoles::test_role_with_tags', async () => {
    const iam = await open();
    const Tags = [{ Key: 'test', Value: 'value' }];
    expect(await answerOf(iam.send(new CreateRoleCommand({ ...aRole, Tags })))).toEqual({ Role: role({ Tags }) });
    expect(await answerOf(iam.send(new GetRoleCommand({ RoleName: 'web' })))).toEqual({
      Role: role({ Tags, ...READ }),
    });
    const { Roles } = await iam.send(new ListRolesCommand({}));
    expect(Roles).toEqual([role({ MaxSessionDuration: 3600 })]);
  });

  it('TestIAMExtensions::test_create_role_with_malformed_assume_role_policy_document, TestIAMIntegrations::test_update_assume_role_policy', async () => {
    const iam = await open();
    const broken = { ...aRole, AssumeRolePolicyDocument: '{"Version":"2012-10-17","Statement":[' };
    expect(await answerOf(iam.send(new CreateRoleCommand(broken)))).toEqual(
      refusal('MalformedPolicyDocumentException', 'This policy contains invalid Json'),
    );
    await iam.send(new CreateRoleCommand(aRole));
    const PolicyDocument = JSON.stringify(trust('ecs-tasks.amazonaws.com'));
    const update = new UpdateAssumeRolePolicyCommand({ RoleName: 'web', PolicyDocument });
    expect(await answerOf(iam.send(update))).toEqual({});
  });

  it.each(['role', 'user'] as const)('TestIAMIntegrations::test_%s_attach_policy', async (kind) => {
    const iam = await open();
    await iam.send(
      kind === 'role' ? new CreateRoleCommand(aRole) : (new CreateUserCommand({ UserName: 'web' }) as never),
    );
    const arn = 'arn:aws:iam::000000000000:policy/p';
    expect(await answerOf(iam.send(new CreatePolicyCommand({ PolicyName: 'p', PolicyDocument })))).toEqual({
      Policy: {
        Arn: arn,
        AttachmentCount: 0,
        CreateDate: expect.any(Date),
        DefaultVersionId: 'v1',
        IsAttachable: true,
        Path: '/',
        PermissionsBoundaryUsageCount: 0,
        PolicyId: expect.stringMatching(/^ANPA/),
        PolicyName: 'p',
        UpdateDate: expect.any(Date),
      },
    });
    const attach = (PolicyArn: string) =>
      answerOf(
        kind === 'role'
          ? iam.send(new AttachRolePolicyCommand({ RoleName: 'web', PolicyArn }))
          : iam.send(new AttachUserPolicyCommand({ UserName: 'web', PolicyArn })),
      );
    for (const text of ['longpolicynamebutnoarn', 'p'])
      expect(await attach(text)).toEqual(refusal('ValidationError', 'Invalid ARN:  Could not be parsed!'));
    expect(await attach(`${arn}123`)).toEqual(
      refusal('NoSuchEntityException', `Policy ${arn}123 does not exist or is not attachable.`, 404),
    );
    expect(await attach(arn)).toEqual({});
  });

  it('TestIAMIntegrations::test_delete_non_existent_policy_returns_no_such_entity', async () => {
    const iam = await open();
    const PolicyArn = 'arn:aws:iam::000000000000:policy/non-existent-policy';
    expect(await answerOf(iam.send(new DeletePolicyCommand({ PolicyArn })))).toEqual(
      refusal('NoSuchEntityException', `Policy ${PolicyArn} was not found.`, 404),
    );
  });

  it('TestIAMPolicyEncoding::test_put_user_policy_encoding, test_put_role_policy_encoding, test_put_group_policy_encoding', async () => {
    const iam = await open();
    await iam.send(new CreateUserCommand({ UserName: 'u' }));
    await iam.send(new CreateGroupCommand({ GroupName: 'g' }));
    await iam.send(new CreateRoleCommand(aRole));
    const put = { PolicyName: 'p', PolicyDocument };
    await iam.send(new PutUserPolicyCommand({ UserName: 'u', ...put }));
    await iam.send(new PutGroupPolicyCommand({ GroupName: 'g', ...put }));
    await iam.send(new PutRolePolicyCommand({ RoleName: 'web', ...put }));
    const shown = { PolicyName: 'p', PolicyDocument: encoded(ESCAPED) };
    expect(await answerOf(iam.send(new GetUserPolicyCommand({ UserName: 'u', PolicyName: 'p' })))).toEqual({
      UserName: 'u',
      ...shown,
    });
    expect(await answerOf(iam.send(new GetGroupPolicyCommand({ GroupName: 'g', PolicyName: 'p' })))).toEqual({
      GroupName: 'g',
      ...shown,
    });
    expect(await answerOf(iam.send(new GetRolePolicyCommand({ RoleName: 'web', PolicyName: 'p' })))).toEqual({
      RoleName: 'web',
      ...shown,
    });
  });

  it.each(['user', 'group', 'role'])('TestIAMIntegrations::test_simulate_principle_policy[%s]', async (kind) => {
    const iam = await open();
    const document = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn:aws:s3:::bucket' }],
    });
    await iam.send(new CreateUserCommand({ UserName: 'u' }));
    await iam.send(new CreateGroupCommand({ GroupName: 'g' }));
    await iam.send(new AddUserToGroupCommand({ UserName: 'u', GroupName: 'g' }));
    await iam.send(new CreateRoleCommand(aRole));
    const put = { PolicyName: 'p', PolicyDocument: document };
    if (kind === 'role') await iam.send(new PutRolePolicyCommand({ RoleName: 'web', ...put }));
    else if (kind === 'user') await iam.send(new PutUserPolicyCommand({ UserName: 'u', ...put }));
    else await iam.send(new PutGroupPolicyCommand({ GroupName: 'g', ...put }));
    const source = { role: 'role/web', user: 'user/u', group: 'group/g' }[kind];
    const answer = await answerOf(
      iam.send(
        new SimulatePrincipalPolicyCommand({
          PolicySourceArn: `arn:aws:iam::000000000000:${source}`,
          ActionNames: ['s3:PutObject', 's3:GetObjectVersion'],
          ResourceArns: ['arn:aws:s3:::bucket'],
        }),
      ),
    );
    const matched = [
      {
        SourcePolicyId: 'p',
        SourcePolicyType: 'IAM Policy',
        StartPosition: { Line: 1, Column: document.indexOf('{"Effect"') + 1 },
        EndPosition: { Line: 1, Column: document.indexOf(']}') + 1 },
      },
    ];
    const result = (action: string, decision: string, MatchedStatements: unknown[]) => ({
      EvalActionName: action,
      EvalDecision: decision,
      EvalDecisionDetails: {},
      EvalResourceName: 'arn:aws:s3:::bucket',
      MatchedStatements,
      MissingContextValues: [],
      OrganizationsDecisionDetail: { AllowedByOrganizations: true },
      ResourceSpecificResults: [
        {
          EvalResourceDecision: decision,
          EvalResourceName: 'arn:aws:s3:::bucket',
          MatchedStatements,
          MissingContextValues: [],
        },
      ],
    });
    expect(answer).toMatchObject({
      EvaluationResults: [
        result('s3:PutObject', 'allowed', matched),
        result('s3:GetObjectVersion', 'implicitDeny', []),
      ],
      IsTruncated: false,
    });
  });
});
