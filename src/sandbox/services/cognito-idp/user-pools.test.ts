import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import { describe, expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';

const open = async () => {
  const sandbox = await startSandbox();
  return { sandbox, cognito: sandbox.client(CognitoIdentityProvider) };
};
const refused = (message: string, code = 'InvalidParameterException') => refusal(code, message);

describe('user pools, clients and groups', () => {
  it('are made, read, listed by page, changed as a whole and deleted with what belongs to them', async () => {
    const { cognito } = await open();
    const { UserPool } = await cognito.createUserPool({
      PoolName: 'users',
      UsernameAttributes: ['email'],
      AutoVerifiedAttributes: ['email'],
      Schema: [{ Name: 'team', AttributeDataType: 'String' }],
      UserPoolTags: { of: 'shop' },
    });
    const UserPoolId = UserPool!.Id!;
    expect(UserPoolId).toMatch(/^us-east-1_[0-9A-Za-z]{9}$/);
    expect(UserPool).toMatchObject({
      Arn: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${UserPoolId}`,
      MfaConfiguration: 'OFF',
      DeletionProtection: 'INACTIVE',
      EstimatedNumberOfUsers: 0,
      Policies: { PasswordPolicy: { MinimumLength: 8, RequireSymbols: true, TemporaryPasswordValidityDays: 7 } },
    });
    const names = UserPool!.SchemaAttributes!.map(({ Name }) => Name);
    expect([names[0], names.at(-1), names.length]).toEqual(['sub', 'custom:team', 21]);
    expect((await cognito.describeUserPool({ UserPoolId })).UserPool).toEqual(UserPool);

    await cognito.createUserPool({ PoolName: 'others' });
    const first = await cognito.listUserPools({ MaxResults: 1 });
    const second = await cognito.listUserPools({ MaxResults: 1, NextToken: first.NextToken });
    expect([...first.UserPools!, ...second.UserPools!].map(({ Name }) => Name).sort()).toEqual(['others', 'users']);
    expect(second.NextToken).toBeUndefined();

    const { UserPoolClient } = await cognito.createUserPoolClient({
      UserPoolId,
      ClientName: 'pages',
      GenerateSecret: true,
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      ReadAttributes: ['email', 'custom:team'],
    });
    const ClientId = UserPoolClient!.ClientId!;
    expect(ClientId).toMatch(/^[0-9a-z]{26}$/);
    expect(UserPoolClient).toMatchObject({ RefreshTokenValidity: 30, ClientSecret: expect.any(String) });
    const listed = await cognito.listUserPoolClients({ UserPoolId, MaxResults: 10 });
    expect(listed.UserPoolClients).toEqual([{ ClientId, UserPoolId, ClientName: 'pages' }]);
    const changed = await cognito.updateUserPoolClient({ UserPoolId, ClientId, AccessTokenValidity: 5 });
    expect(changed.UserPoolClient).toMatchObject({ ClientName: 'pages', AccessTokenValidity: 5 });
    expect(changed.UserPoolClient!.ExplicitAuthFlows).toBeUndefined();

    await cognito.createGroup({ UserPoolId, GroupName: 'admins', Precedence: 1 });
    expect(await answerOf(cognito.createGroup({ UserPoolId, GroupName: 'admins' }))).toEqual(
      refused('A group with the name already exists.', 'GroupExistsException'),
    );
    expect((await cognito.listGroups({ UserPoolId })).Groups).toMatchObject([{ GroupName: 'admins', Precedence: 1 }]);

    // What is left out gets its default again; the name, the tags and what cannot change stay.
    await cognito.updateUserPool({ UserPoolId, DeletionProtection: 'ACTIVE' });
    const protectedPool = (await cognito.describeUserPool({ UserPoolId })).UserPool!;
    expect(protectedPool).toMatchObject({ Name: 'users', UsernameAttributes: ['email'], UserPoolTags: { of: 'shop' } });
    expect(protectedPool.AutoVerifiedAttributes).toBeUndefined();
    expect(await answerOf(cognito.deleteUserPool({ UserPoolId }))).toEqual(
      refused(
        'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
      ),
    );
    await cognito.updateUserPool({ UserPoolId, DeletionProtection: 'INACTIVE' });
    await cognito.deleteUserPool({ UserPoolId });
    const gone = refused(`User pool ${UserPoolId} does not exist.`, 'ResourceNotFoundException');
    expect(await answerOf(cognito.describeUserPool({ UserPoolId }))).toEqual(gone);
    expect(await answerOf(cognito.describeUserPoolClient({ UserPoolId, ClientId }))).toEqual(gone);
    expect(await answerOf(cognito.listGroups({ UserPoolId }))).toEqual(gone);
  });

  it('are refused where Cognito refuses them', async () => {
    const { cognito } = await open();
    const pool = (more: object) => answerOf(cognito.createUserPool({ PoolName: 'users', ...more }));
    expect(await pool({ MfaConfiguration: 'ON' })).toEqual(
      refused('SMS configuration and Auto verification for phone_number are required when MFA is required/optional'),
    );
    expect(await pool({ MfaConfiguration: 'false' })).toEqual(
      refused(
        "1 validation error detected: Value 'false' at 'mfaConfiguration' failed to satisfy constraint: Member must satisfy enum value set: [OPTIONAL, OFF, ON]",
      ),
    );
    expect(await pool({ Schema: [{ Name: 'team', Required: true }] })).toEqual(
      refused('Required custom attributes are not supported currently.'),
    );
    expect(await pool({ PoolName: 'a/b' })).toMatchObject({ refused: { code: 'InvalidParameterException' } });
    expect(await answerOf(cognito.describeUserPool({ UserPoolId: 'YOUR_USER-POOL' }))).toEqual(
      refused(
        "1 validation error detected: Value 'YOUR_USER-POOL' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+",
      ),
    );
    expect((await cognito.listUserPools({ MaxResults: 60 })).UserPools).toEqual([]);
    const { UserPool } = await cognito.createUserPool({ PoolName: 'users' });
    const UserPoolId = UserPool!.Id!;
    const client = (more: object) => answerOf(cognito.createUserPoolClient({ UserPoolId, ClientName: 'c', ...more }));
    expect(await client({ ReadAttributes: ['custom:team'] })).toMatchObject({
      refused: { code: 'InvalidParameterException' },
    });
    expect(await answerOf(cognito.describeUserPoolClient({ UserPoolId, ClientId: 'none' }))).toEqual(
      refused('User pool client none does not exist.', 'ResourceNotFoundException'),
    );
    // A second factor needs one that is on; then it may be asked for.
    expect(await answerOf(cognito.setUserPoolMfaConfig({ UserPoolId, MfaConfiguration: 'ON' }))).toMatchObject({
      refused: { code: 'InvalidParameterException' },
    });
    const SoftwareTokenMfaConfiguration = { Enabled: true };
    await cognito.setUserPoolMfaConfig({ UserPoolId, MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration });
    const { $metadata: _, ...mfa } = await cognito.getUserPoolMfaConfig({ UserPoolId });
    expect(mfa).toEqual({ MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration });
  });
});

it('S4-38 S4-40 S4-41: stacks make pools with one-time passwords, a client and groups, change what may change, and keep a protected pool', async () => {
  const { sandbox, cognito } = await open();
  const cloudformation = sandbox.client(CloudFormationClient);
  const template = (pool: object, more: object = {}) =>
    JSON.stringify({
      Resources: {
        Pool: {
          Type: 'AWS::Cognito::UserPool',
          Properties: {
            MfaConfiguration: 'OPTIONAL',
            EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
            UsernameAttributes: ['email'],
            Policies: { PasswordPolicy: { MinimumLength: '12' } },
            DeletionProtection: 'ACTIVE',
            ...pool,
          },
        },
        Client: {
          Type: 'AWS::Cognito::UserPoolClient',
          Properties: { UserPoolId: { Ref: 'Pool' }, ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'], ...more },
        },
        Admins: {
          Type: 'AWS::Cognito::UserPoolGroup',
          Properties: { UserPoolId: { Ref: 'Pool' }, GroupName: 'admins' },
        },
      },
      Outputs: {
        Pool: { Value: { Ref: 'Pool' } },
        Client: { Value: { Ref: 'Client' } },
        Url: { Value: { 'Fn::GetAtt': ['Pool', 'ProviderURL'] } },
      },
    });
  const status = async () => {
    await sandbox.settle();
    const { Stacks } = await cloudformation.send(new DescribeStacksCommand({ StackName: 'users' }));
    return Stacks![0]!;
  };
  const update = (TemplateBody: string) =>
    cloudformation.send(new UpdateStackCommand({ StackName: 'users', TemplateBody }));

  await cloudformation.send(new CreateStackCommand({ StackName: 'users', TemplateBody: template({}) }));
  const { Outputs, StackStatus } = await status();
  expect(StackStatus).toBe('CREATE_COMPLETE');
  const {
    Pool: UserPoolId,
    Client: ClientId,
    Url,
  } = Object.fromEntries(Outputs!.map(({ OutputKey, OutputValue }) => [OutputKey!, OutputValue!]));
  expect(Url).toBe(`https://cognito-idp.us-east-1.amazonaws.com/${UserPoolId}`);
  const { UserPool } = await cognito.describeUserPool({ UserPoolId });
  expect(UserPool).toMatchObject({
    MfaConfiguration: 'OPTIONAL',
    Policies: { PasswordPolicy: { MinimumLength: 12, RequireSymbols: false } },
    UserPoolTags: { 'aws:cloudformation:stack-name': 'users' },
  });
  expect(UserPool!.Name).toMatch(/^Pool-/);
  expect((await cognito.getUserPoolMfaConfig({ UserPoolId })).SoftwareTokenMfaConfiguration).toEqual({ Enabled: true });
  expect((await cognito.getGroup({ UserPoolId, GroupName: 'admins' })).Group).toMatchObject({ GroupName: 'admins' });

  await update(template({ MfaConfiguration: 'ON' }, { AccessTokenValidity: 5 }));
  expect((await status()).StackStatus).toBe('UPDATE_COMPLETE');
  expect((await cognito.describeUserPool({ UserPoolId })).UserPool!.MfaConfiguration).toBe('ON');
  const { UserPoolClient } = await cognito.describeUserPoolClient({ UserPoolId, ClientId });
  expect(UserPoolClient!.AccessTokenValidity).toBe(5);

  await update(template({ UsernameAttributes: ['email', 'phone_number'] }));
  expect((await status()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  const { StackEvents } = await cloudformation.send(new DescribeStackEventsCommand({ StackName: 'users' }));
  expect(StackEvents!.map(({ ResourceStatusReason = '' }) => ResourceStatusReason).join('\n')).toContain(
    'Updates are not allowed for property - UsernameAttributes.',
  );

  await cloudformation.send(new DeleteStackCommand({ StackName: 'users' }));
  expect((await status()).StackStatus).toBe('DELETE_FAILED');
  await cognito.describeUserPool({ UserPoolId });
});
