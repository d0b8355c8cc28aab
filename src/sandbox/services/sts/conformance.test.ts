import { CreateRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import * as sdk from '@aws-sdk/client-sts';
import { STSClient } from '@aws-sdk/client-sts';
import { describe, expect, it } from 'vitest';
import { refusal } from '../../../testing/refusal.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';

// Titles name the recordings of the public LocalStack suite (`tests/aws/services/sts/test_sts.snapshot.json`) whose
// answers are expected; the cases are our own.

const ACCOUNT = '111111111111';

async function start(actions = ['sts:AssumeRole', 'sts:TagSession'], Principal: object = { AWS: ACCOUNT }) {
  const sandbox = await startSandbox({ account: ACCOUNT });
  const sts = sandbox.client(STSClient);
  const role = async (RoleName: string, trusted = Principal) => {
    const AssumeRolePolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: trusted, Action: actions }],
    });
    const { Role } = await sandbox
      .client(IAMClient)
      .send(new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument }));
    return Role!.Arn!;
  };
  const assume = (more: Partial<sdk.AssumeRoleCommandInput>, as = sts) =>
    as.send(new sdk.AssumeRoleCommand({ RoleArn: undefined, RoleSessionName: 'session', ...more }));
  const as = (credentials: sdk.Credentials | undefined) =>
    new STSClient({
      endpoint: sandbox.endpoint,
      region: 'us-east-1',
      credentials: {
        accessKeyId: credentials!.AccessKeyId!,
        secretAccessKey: credentials!.SecretAccessKey!,
        sessionToken: credentials!.SessionToken!,
      },
    });
  return { ...sandbox, sts, role, assume, as };
}

describe('test_sts.py', () => {
  it('TestSTSIntegrations::test_assume_role', async () => {
    const { role, assume, as } = await start();
    const RoleArn = await role('a-role');
    const { AssumedRoleUser, Credentials } = await assume({ RoleArn });
    expect(AssumedRoleUser).toEqual({
      Arn: `arn:aws:sts::${ACCOUNT}:assumed-role/a-role/session`,
      AssumedRoleId: expect.stringMatching(/^AROA[A-Z0-9]{16,17}:session$/),
    });
    expect(Credentials?.AccessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    expect(Credentials!.Expiration!.getTime() - Date.now()).toBeGreaterThan(3_590_000);
    expect(await as(Credentials).send(new sdk.GetCallerIdentityCommand({}))).toMatchObject({
      Account: ACCOUNT,
      Arn: AssumedRoleUser?.Arn,
      UserId: AssumedRoleUser?.AssumedRoleId,
    });
  });

  it('TestSTSIntegrations::test_get_federation_token', async () => {
    const { sts } = await start();
    expect(await sts.send(new sdk.GetFederationTokenCommand({ Name: 'someone' }))).toMatchObject({
      FederatedUser: { Arn: `arn:aws:sts::${ACCOUNT}:federated-user/someone`, FederatedUserId: `${ACCOUNT}:someone` },
      PackedPolicySize: 0,
    });
  });

  it('TestSTSIntegrations::test_sts_invalid_parameters', async () => {
    const { assume } = await start();
    for (const RoleArn of [
      'nothing-valid-in-here',
      'arn::b:::something/test-role',
      'arn:a::::something/test-role',
      'arn:a:::something/test-role',
      'arn:a:a::aaaaaaaaaa:',
    ])
      expect(await refusal(assume({ RoleArn }))).toMatchObject({
        status: 400,
        Code: 'ValidationError',
        Message: `${RoleArn} is invalid`,
      });
    const RoleArn = `arn:aws:iam::${ACCOUNT}:role/test-role`;
    expect(await refusal(assume({ RoleArn, RoleSessionName: 'Session1:2' }))).toMatchObject({
      Code: 'ValidationError',
      Message:
        "1 validation error detected: Value 'Session1:2' at 'roleSessionName' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w+=,.@-]*",
    });
  });

  it('TestSTSAssumeRoleTagging::test_assume_role_tag_validation, test_iam_role_chaining_override_transitive_tags', async () => {
    const { role, assume, as } = await start();
    const RoleArn = await role('first');
    const refused = async (more: Partial<sdk.AssumeRoleCommandInput>, sts?: STSClient) =>
      refusal(assume({ RoleArn, ...more }, sts));
    expect(await refused({ Tags: [{ Key: 'a', Value: '1' }], TransitiveTagKeys: ['b'] })).toMatchObject({
      Code: 'InvalidParameterValue',
      Message: 'The specified transitive tag key must be included in the requested tags.',
    });
    expect(
      await refused({
        Tags: [
          { Key: 'a', Value: '1' },
          { Key: 'A', Value: '2' },
        ],
      }),
    ).toMatchObject({ Message: 'Duplicate tag keys found. Please note that Tag keys are case insensitive.' });
    const { Credentials } = await assume({ RoleArn, Tags: [{ Key: 'a', Value: '1' }], TransitiveTagKeys: ['a'] });
    for (const Key of ['a', 'A'])
      expect(await refused({ Tags: [{ Key, Value: '2' }] }, as(Credentials))).toMatchObject({
        Code: 'InvalidParameterValue',
        Message:
          "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
      });
  });
});

describe('sts', () => {
  it('lets in only whom the trust policy names, and says no alike to roles that are not there', async () => {
    const { client, role, assume } = await start(['sts:AssumeRole'], { Service: 'ecs-tasks.amazonaws.com' });
    const closed = await role('closed');
    const denied = (RoleArn: string, principal = 'user/sandbox') => ({
      status: 403,
      Code: 'AccessDenied',
      Message: `User: arn:aws:iam::${ACCOUNT}:${principal} is not authorized to perform: sts:AssumeRole on resource: ${RoleArn}`,
    });
    expect(await refusal(assume({ RoleArn: closed }))).toMatchObject(denied(closed));
    const absent = `arn:aws:iam::${ACCOUNT}:role/absent`;
    expect(await refusal(assume({ RoleArn: absent }))).toMatchObject(denied(absent));

    const open = await role('open', { AWS: 'arn:aws:iam::222222222222:root' });
    await assume({ RoleArn: open }, client(STSClient, { account: '222222222222' }));
    expect(await refusal(assume({ RoleArn: open, DurationSeconds: 100 }))).toMatchObject({ Code: 'ValidationError' });
    expect(
      await refusal(assume({ RoleArn: open, DurationSeconds: 7200 }, client(STSClient, { account: '222222222222' }))),
    ).toMatchObject({ Message: 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.' });
  });

  it('refuses keys that have expired, in every service', async () => {
    const { sts, endpoint, world } = await start();
    const { Credentials } = await sts.send(new sdk.GetSessionTokenCommand({ DurationSeconds: 900 }));
    const { accessKeys } = await import('../../kernel/access-keys.ts');
    await world.transaction(() => {
      accessKeys.in({ world, account: ACCOUNT, region: 'us-east-1' }).update(Credentials!.AccessKeyId!, (draft) => {
        Object.assign(draft, { expiresAt: Date.now() - 1 });
      });
    });
    const s3 = new S3Client({
      endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: Credentials!.AccessKeyId!, secretAccessKey: 'any' },
    });
    expect(await refusal(s3.send(new ListBucketsCommand({})))).toMatchObject({ Code: 'ExpiredToken' });
    s3.destroy();
  });
});
