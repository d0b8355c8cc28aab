import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { DescribeKeyCommand, GetKeyRotationStatusCommand, KMSClient } from '@aws-sdk/client-kms';
import {
  GetBucketCorsCommand,
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { GetParameterCommand, ListTagsForResourceCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it } from 'vitest';
import { refusal } from '../../../../testing/refusal.ts';
import { startSandbox } from '../../../../testing/start-sandbox.ts';

const template = (more: { versioning?: string; value?: string } = {}) => ({
  Resources: {
    Key: { Type: 'AWS::KMS::Key', Properties: { Description: 'of the application', EnableKeyRotation: true } },
    Alias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: 'alias/app', TargetKeyId: { Ref: 'Key' } } },
    Bucket: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        VersioningConfiguration: { Status: more.versioning ?? 'Enabled' },
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [
            {
              BucketKeyEnabled: true,
              ServerSideEncryptionByDefault: {
                SSEAlgorithm: 'aws:kms',
                KMSMasterKeyID: { 'Fn::GetAtt': ['Key', 'Arn'] },
              },
            },
          ],
        },
        LifecycleConfiguration: {
          Rules: [
            { Id: 'old', Status: 'Enabled', Prefix: 'logs/', NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
          ],
        },
        CorsConfiguration: { CorsRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'], MaxAge: 3000 }] },
        Tags: [{ Key: 'team', Value: 'web' }],
      },
    },
    Policy: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket: { Ref: 'Bucket' },
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Deny',
              Principal: '*',
              Action: 's3:*',
              Resource: { 'Fn::GetAtt': ['Bucket', 'Arn'] },
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
            },
          ],
        },
      },
    },
    Parameter: {
      Type: 'AWS::SSM::Parameter',
      Properties: { Name: '/app/value', Type: 'String', Value: more.value ?? 'one', Tags: { team: 'web' } },
    },
  },
  Outputs: {
    Bucket: { Value: { Ref: 'Bucket' } },
    Domain: { Value: { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] } },
    Key: { Value: { Ref: 'Key' } },
  },
});

async function deploy() {
  const sandbox = await startSandbox({ account: '111111111111', region: 'eu-west-1' });
  const cloudFormation = sandbox.client(CloudFormationClient);
  const TemplateBody = JSON.stringify(template());
  await cloudFormation.send(new CreateStackCommand({ StackName: 'app', TemplateBody }));
  await sandbox.settle();
  const status = async () => (await cloudFormation.send(new DescribeStacksCommand({ StackName: 'app' }))).Stacks![0]!;
  const outputs = Object.fromEntries((await status()).Outputs!.map((each) => [each.OutputKey, each.OutputValue!]));
  return { ...sandbox, cloudFormation, status, outputs: outputs as { Bucket: string; Domain: string; Key: string } };
}

describe('resources of S3, KMS and SSM', () => {
  it('are made as the template says', async () => {
    const { client, status, outputs } = await deploy();
    const { Bucket, Key } = outputs;
    expect((await status()).StackStatus).toBe('CREATE_COMPLETE');
    expect(Bucket).toMatch(/^app-bucket-[a-z0-9]{12}$/);
    expect(outputs.Domain).toBe(`${Bucket}.s3.eu-west-1.amazonaws.com`);

    const s3 = client(S3Client);
    const rule = (await s3.send(new GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration!
      .Rules![0]!;
    expect(rule.BucketKeyEnabled).toBe(true);
    expect(rule.ApplyServerSideEncryptionByDefault?.KMSMasterKeyID).toBe(
      `arn:aws:kms:eu-west-1:111111111111:key/${Key}`,
    );
    expect((await s3.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Enabled');
    expect((await s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules).toEqual([
      {
        ID: 'old',
        Status: 'Enabled',
        Filter: { Prefix: 'logs/' },
        NoncurrentVersionExpiration: { NoncurrentDays: 30 },
      },
    ]);
    expect((await s3.send(new GetBucketCorsCommand({ Bucket }))).CORSRules?.[0]?.MaxAgeSeconds).toBe(3000);
    expect((await s3.send(new GetBucketPolicyCommand({ Bucket }))).Policy).toContain('aws:SecureTransport');
    expect((await s3.send(new GetBucketTaggingCommand({ Bucket }))).TagSet).toContainEqual({
      Key: 'team',
      Value: 'web',
    });

    const kms = client(KMSClient);
    expect((await kms.send(new DescribeKeyCommand({ KeyId: 'alias/app' }))).KeyMetadata?.KeyId).toBe(Key);
    expect((await kms.send(new GetKeyRotationStatusCommand({ KeyId: Key }))).KeyRotationEnabled).toBe(true);

    const ssm = client(SSMClient);
    expect((await ssm.send(new GetParameterCommand({ Name: '/app/value' }))).Parameter?.Value).toBe('one');
    const { TagList } = await ssm.send(
      new ListTagsForResourceCommand({ ResourceType: 'Parameter', ResourceId: '/app/value' }),
    );
    expect(TagList).toContainEqual({ Key: 'team', Value: 'web' });
  });

  it('are changed in place', async () => {
    const { client, cloudFormation, settle, status, outputs } = await deploy();
    const TemplateBody = JSON.stringify(template({ versioning: 'Suspended', value: 'two' }));
    await cloudFormation.send(new UpdateStackCommand({ StackName: 'app', TemplateBody }));
    await settle();
    expect((await status()).StackStatus).toBe('UPDATE_COMPLETE');
    expect((await client(S3Client).send(new GetBucketVersioningCommand({ Bucket: outputs.Bucket }))).Status).toBe(
      'Suspended',
    );
    expect((await client(SSMClient).send(new GetParameterCommand({ Name: '/app/value' }))).Parameter).toMatchObject({
      Value: 'two',
      Version: 2,
    });
  });

  it('are deleted, but for a bucket that holds something', async () => {
    const { client, cloudFormation, settle, status, outputs } = await deploy();
    const s3 = client(S3Client);
    await s3.send(new PutObjectCommand({ Bucket: outputs.Bucket, Key: 'k', Body: 'x' }));
    await cloudFormation.send(new DeleteStackCommand({ StackName: 'app' }));
    await settle();
    expect((await status()).StackStatus).toBe('DELETE_FAILED');
    const { StackEvents = [] } = await cloudFormation.send(new DescribeStackEventsCommand({ StackName: 'app' }));
    expect(StackEvents.find((event) => event.LogicalResourceId === 'Bucket')?.ResourceStatusReason).toContain(
      'The bucket you tried to delete is not empty',
    );
    await s3.send(new HeadBucketCommand({ Bucket: outputs.Bucket }));
    expect(await refusal(client(SSMClient).send(new GetParameterCommand({ Name: '/app/value' })))).toMatchObject({
      Code: 'ParameterNotFound',
    });
    expect((await client(KMSClient).send(new DescribeKeyCommand({ KeyId: outputs.Key }))).KeyMetadata?.KeyState).toBe(
      'Enabled',
    );
  });
});
