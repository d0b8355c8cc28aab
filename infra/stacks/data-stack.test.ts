import { describe, expect, it } from 'vitest';
import type { BucketSettings, DatabaseSettings, SecretSettings } from '../settings.ts';
import { sampleDatabase, sampleSettings } from '../testing/sample-settings.ts';
import { type Json, propertiesOf, resourcesOf, synthesize } from '../testing/synthesize.ts';

const withDatabase = (changes: Partial<DatabaseSettings> = {}): Json =>
  synthesize(sampleSettings({ databases: { main: sampleDatabase(changes) } })).templates.data;

const withBucket = (changes: Partial<BucketSettings> = {}): Json =>
  synthesize(
    sampleSettings({
      buckets: {
        media: {
          access: 'private',
          policyOwner: 'data',
          versioned: false,
          corsOrigins: [],
          onDelete: 'retain',
          ...changes,
        },
      },
    }),
  ).templates.data;

const instance: Partial<DatabaseSettings> = {
  engine: 'postgres-instance',
  capacity: undefined,
  instance: { class: 'db.t3.micro', storageGb: 20, multiAz: true },
  version: '16',
  subnets: 'private',
};

describe('an Aurora database', () => {
  const template = withDatabase();
  const [cluster] = resourcesOf(template, 'AWS::RDS::DBCluster');

  it('is serverless v2 PostgreSQL within its capacity (S0-08, S1-02, S2-12, S2-16, S3-06)', () => {
    expect(cluster.Properties).toMatchObject({
      Engine: 'aurora-postgresql',
      EngineVersion: '16.4',
      DatabaseName: 'shop',
      ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 4 },
      BackupRetentionPeriod: 7,
    });
    expect(propertiesOf(template, 'AWS::RDS::DBInstance')).toEqual([
      expect.objectContaining({ DBInstanceClass: 'db.serverless', PromotionTier: 0 }),
    ]);
  });

  it('is encrypted, has no public address, and refuses connections without TLS (S2-18, S2-80, S2-89, S4-163, F-79)', () => {
    expect(cluster.Properties.StorageEncrypted).toBe(true);
    for (const made of propertiesOf(template, 'AWS::RDS::DBInstance')) expect(made.PubliclyAccessible).toBe(false);
    expect(propertiesOf(template, 'AWS::RDS::DBClusterParameterGroup')[0]).toMatchObject({
      Family: 'aurora-postgresql16',
      Parameters: { 'rds.force_ssl': '1' },
    });
  });

  it('stands in isolated or private subnets and lets nobody in by itself (S2-06, S2-14, S4-157)', () => {
    const subnets = propertiesOf(template, 'AWS::RDS::DBSubnetGroup')[0].SubnetIds;
    expect(subnets).toEqual([{ Ref: 'NetworkIsolatedSubnet1' }, { Ref: 'NetworkIsolatedSubnet2' }]);
    expect(propertiesOf(withDatabase({ subnets: 'private' }), 'AWS::RDS::DBSubnetGroup')[0].SubnetIds).toEqual([
      { Ref: 'NetworkPrivateSubnet1' },
      { Ref: 'NetworkPrivateSubnet2' },
    ]);
    expect(propertiesOf(template, 'AWS::EC2::SecurityGroup')[0].SecurityGroupIngress).toBeUndefined();
    expect(resourcesOf(template, 'AWS::EC2::SecurityGroupIngress')).toEqual([]);
  });

  it('pauses after a time without connections (S1-55)', () => {
    const paused = withDatabase({ capacity: { min: 0, max: 4, pauseAfterSeconds: 600 } });
    expect(propertiesOf(paused, 'AWS::RDS::DBCluster')[0].ServerlessV2ScalingConfiguration).toEqual({
      MinCapacity: 0,
      MaxCapacity: 4,
      SecondsUntilAutoPause: 600,
    });
  });

  it('has readers after its writer, and tells their address (S2-15, S2-19)', () => {
    const read = withDatabase({ readers: 2 });
    const instances = resourcesOf(read, 'AWS::RDS::DBInstance');
    expect(instances.map(({ Properties }) => Properties.PromotionTier)).toEqual([0, 1, 1]);
    for (const reader of instances.slice(1)) expect(reader.DependsOn).toHaveLength(1);
    expect(read.Outputs.DatabaseReaderHostMain.Value['Fn::GetAtt'][1]).toBe('ReadEndpoint.Address');
    expect(template.Outputs.DatabaseReaderHostMain).toBeUndefined();
  });

  it.each([
    ['destroy', 'Delete'],
    ['snapshot', 'Snapshot'],
    ['retain', 'RetainExceptOnCreate'],
  ] as const)('on deletion: %s (S1-76, C22)', (onDelete, policy) => {
    const kept = withDatabase({ onDelete });
    expect(resourcesOf(kept, 'AWS::RDS::DBCluster')[0]).toMatchObject({
      DeletionPolicy: policy,
      UpdateReplacePolicy: policy.replace('ExceptOnCreate', ''),
    });
    // What a retained cluster stands on must stay as well, and an instance has no snapshot of its own.
    const held = onDelete === 'retain' ? policy : undefined;
    expect(resourcesOf(kept, 'AWS::RDS::DBSubnetGroup')[0].DeletionPolicy).toBe(held);
    expect(resourcesOf(kept, 'AWS::EC2::SecurityGroup')[0].DeletionPolicy).toBe(held);
    expect(resourcesOf(kept, 'AWS::RDS::DBInstance')[0].DeletionPolicy).toBe(held ?? 'Delete');
  });

  it('is protected where the settings say so (S1-28, D15)', () => {
    expect(cluster.Properties.DeletionProtection).toBe(false);
    expect(propertiesOf(withDatabase({ protect: true }), 'AWS::RDS::DBCluster')[0].DeletionProtection).toBe(true);
  });

  it('sends its log to CloudWatch, or not (S1-54)', () => {
    expect(cluster.Properties.EnableCloudwatchLogsExports).toEqual(['postgresql']);
    expect(
      propertiesOf(withDatabase({ exportLogs: false }), 'AWS::RDS::DBCluster')[0].EnableCloudwatchLogsExports,
    ).toBe(undefined);
  });

  it('attaches the monitoring role to every instance, and makes none without need (D16, S1-58, S1-63)', () => {
    const watched = withDatabase({ enhancedMonitoringSeconds: 60, readers: 1 });
    const [role] = Object.entries<Json>(watched.Resources).find(([, { Type }]) => Type === 'AWS::IAM::Role')!;
    for (const made of propertiesOf(watched, 'AWS::RDS::DBInstance')) {
      expect(made).toMatchObject({ MonitoringInterval: 60, MonitoringRoleArn: { 'Fn::GetAtt': [role, 'Arn'] } });
    }
    expect(resourcesOf(template, 'AWS::IAM::Role')).toEqual([]);
  });

  it('has a fixed identifier only where asked for (S1-77, F-87)', () => {
    expect(cluster.Properties.DBClusterIdentifier).toBeUndefined();
    const named = withDatabase({ identifier: 'stream-sales-dev-cluster' });
    expect(propertiesOf(named, 'AWS::RDS::DBCluster')[0].DBClusterIdentifier).toBe('stream-sales-dev-cluster');
  });

  it('keeps its password in Secrets Manager alone, in characters that fit into a URL (S1-35, S2-13, D11, D17)', () => {
    const [secret] = propertiesOf(template, 'AWS::SecretsManager::Secret');
    expect(secret).toMatchObject({
      Name: 'shop/dev/database-main',
      GenerateSecretString: {
        SecretStringTemplate: '{"username":"dbadmin"}',
        GenerateStringKey: 'password',
        PasswordLength: 32,
        ExcludePunctuation: true,
      },
    });
    expect(JSON.stringify(cluster.Properties.MasterUserPassword)).toContain('{{resolve:secretsmanager:');
    expect(propertiesOf(template, 'AWS::SecretsManager::SecretTargetAttachment')[0].TargetType).toBe(
      'AWS::RDS::DBCluster',
    );
  });

  it('offers its URL as a secret of its own when asked for (S2-44, F-79)', () => {
    const { credentials } = sampleDatabase();
    const offered = withDatabase({ credentials: { ...credentials, urlSecretName: 'shop/dev/database-main/url' } });
    const url = propertiesOf(offered, 'AWS::SecretsManager::Secret').find(({ Name }) => Name.endsWith('/url'));
    const text = JSON.stringify(url.SecretString);
    expect(text).toContain('postgresql://dbadmin:{{resolve:secretsmanager:');
    expect(text).toContain(':5432/shop?sslmode=require');
    expect(offered.Outputs.DatabaseUrlSecretArnMain).toBeDefined();
    expect(template.Outputs.DatabaseUrlSecretArnMain).toBeUndefined();
  });

  it('stands behind a proxy that demands TLS and knows its secret (F-83, S3-06)', () => {
    const proxied = withDatabase({ proxy: true });
    expect(propertiesOf(proxied, 'AWS::RDS::DBProxy')[0]).toMatchObject({
      DBProxyName: 'shop-dev-main',
      RequireTLS: true,
      IdleClientTimeout: 300,
      Auth: [{ AuthScheme: 'SECRETS', IAMAuth: 'DISABLED' }],
    });
    const [targets] = resourcesOf(proxied, 'AWS::RDS::DBProxyTargetGroup');
    expect(targets.Properties.ConnectionPoolConfigurationInfo).toEqual({
      MaxConnectionsPercent: 90,
      MaxIdleConnectionsPercent: 10,
    });
    expect(targets.DependsOn).toHaveLength(1);
    expect(proxied.Outputs.DatabaseHostMain.Value['Fn::GetAtt'][1]).toBe('Endpoint');
    expect(proxied.Outputs.DatabaseEndpointMain.Value['Fn::GetAtt'][1]).toBe('Endpoint.Address');
  });
});

describe('a database instance', () => {
  const template = withDatabase(instance);
  const [main] = resourcesOf(template, 'AWS::RDS::DBInstance');

  it('is PostgreSQL of a size (S4-03, S4-104, S4-165)', () => {
    expect(main.Properties).toMatchObject({
      Engine: 'postgres',
      EngineVersion: '16',
      DBInstanceClass: 'db.t3.micro',
      AllocatedStorage: '20',
      MultiAZ: true,
      BackupRetentionPeriod: 7,
    });
  });

  it('is encrypted, private, and demands TLS (S4-157, S4-163)', () => {
    expect(main.Properties).toMatchObject({ StorageEncrypted: true, PubliclyAccessible: false });
    expect(propertiesOf(template, 'AWS::RDS::DBParameterGroup')[0]).toMatchObject({
      Family: 'postgres16',
      Parameters: { 'rds.force_ssl': '1' },
    });
  });

  it('leaves a snapshot where the settings say so', () => {
    expect(resourcesOf(withDatabase({ ...instance, onDelete: 'snapshot' }), 'AWS::RDS::DBInstance')[0]).toMatchObject({
      DeletionPolicy: 'Snapshot',
      Properties: { DeleteAutomatedBackups: false },
    });
  });
});

describe('a generated secret', () => {
  const generated = (changes: Partial<Extract<SecretSettings, { source: 'generated' }>>) =>
    propertiesOf(
      synthesize(
        sampleSettings({
          secrets: {
            jwt: {
              source: 'generated',
              secretName: 'shop/dev/jwt',
              key: 'value',
              length: 64,
              alphabet: 'urlsafe',
              onDelete: 'retain',
              ...changes,
            },
          },
        }),
      ).templates.data,
      'AWS::SecretsManager::Secret',
    )[0];

  it('is made by Secrets Manager, never by a template (S1-36, S1-37, F-92)', () => {
    expect(generated({})).toEqual({
      Name: 'shop/dev/jwt',
      GenerateSecretString: {
        SecretStringTemplate: '{}',
        GenerateStringKey: 'value',
        PasswordLength: 64,
        IncludeSpace: false,
        ExcludePunctuation: true,
      },
    });
  });

  it.each([
    ['hex', /^[0-9a-f]$/],
    ['django', /^[a-z0-9!@#$%^&*(\-_=+)]$/],
    ['urlsafe', /^[A-Za-z0-9]$/],
  ] as const)('uses the alphabet %s', (alphabet, allowed) => {
    const { GenerateSecretString: wanted } = generated({ alphabet });
    // What Secrets Manager chooses from: https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html
    const characters = [
      'abcdefghijklmnopqrstuvwxyz',
      '0123456789',
      wanted.ExcludeUppercase ? '' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
      wanted.ExcludePunctuation ? '' : '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
    ].join('');
    const left = [...characters].filter((character) => !(wanted.ExcludeCharacters ?? '').includes(character));
    expect(left.length).toBeGreaterThan(15);
    for (const character of left) expect(character).toMatch(allowed);
  });

  it('is the only kind that the stack makes: values of others are none of its business (C7)', () => {
    const { stacks } = synthesize(
      sampleSettings({ secrets: { app: { source: 'referenced', secretName: 'shop/app' } } }),
    );
    expect(stacks.map(({ id }) => id)).not.toContain('data');
  });
});

describe('a bucket', () => {
  it('is private, encrypted, and answers over TLS only (S0-43, S0-55, S1-03, S4-163)', () => {
    const template = withBucket();
    expect(propertiesOf(template, 'AWS::S3::Bucket')[0]).toMatchObject({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
    });
    expect(propertiesOf(template, 'AWS::S3::Bucket')[0].BucketEncryption).toBeDefined();
    expect(propertiesOf(template, 'AWS::S3::BucketPolicy')[0].PolicyDocument.Statement).toEqual([
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    ]);
  });

  it('has no policy where another stack writes it: a bucket has one', () => {
    expect(resourcesOf(withBucket({ policyOwner: 'sites' }), 'AWS::S3::BucketPolicy')).toEqual([]);
  });

  it('takes uploads of browsers from the origins that are named (S1-88)', () => {
    expect(propertiesOf(withBucket(), 'AWS::S3::Bucket')[0].CorsConfiguration).toBeUndefined();
    const { CorsConfiguration } = propertiesOf(
      withBucket({ corsOrigins: ['https://a.example.com'] }),
      'AWS::S3::Bucket',
    )[0];
    expect(CorsConfiguration.CorsRules[0]).toMatchObject({
      AllowedOrigins: ['https://a.example.com'],
      AllowedMethods: ['GET', 'PUT', 'POST'],
    });
  });

  it('keeps versions, moves and expires what is old', () => {
    const [bucket] = propertiesOf(
      withBucket({ versioned: true, expireOldVersionsDays: 30, infrequentAfterDays: 90 }),
      'AWS::S3::Bucket',
    );
    expect(bucket.VersioningConfiguration).toEqual({ Status: 'Enabled' });
    expect(bucket.LifecycleConfiguration.Rules).toMatchObject([
      { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
      { Transitions: [{ StorageClass: 'STANDARD_IA', TransitionInDays: 90 }] },
      { NoncurrentVersionExpiration: { NoncurrentDays: 30 } },
    ]);
  });

  it('is open to readers only where the configuration says so (C24)', () => {
    const template = withBucket({ access: 'public-read' });
    const { Statement } = propertiesOf(template, 'AWS::S3::BucketPolicy')[0].PolicyDocument;
    expect(Statement.map(({ Sid }: Json) => Sid)).toEqual(['RequireTls', 'PublicRead']);
    expect(Statement[1].Action).toBe('s3:GetObject');
  });

  it.each([
    ['destroy', 'Delete'],
    ['retain', 'RetainExceptOnCreate'],
  ] as const)('on deletion: %s (F-10)', (onDelete, policy) => {
    expect(resourcesOf(withBucket({ onDelete }), 'AWS::S3::Bucket')[0]).toMatchObject({
      DeletionPolicy: policy,
      UpdateReplacePolicy: policy.replace('ExceptOnCreate', ''),
    });
  });
});
