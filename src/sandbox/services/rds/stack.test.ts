import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { DescribeSubnetsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  DescribeDBClusterSnapshotsCommand,
  DescribeDBClustersCommand,
  DescribeDBProxyTargetsCommand,
  ModifyDBClusterCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, it } from 'vitest';
import { startSandbox } from '../../../testing/start-sandbox.ts';

/** Everything a database brings, as the stack `data` has it. */
function template(
  subnetIds: string[],
  { maxCapacity = 4, isProtected = false, policy = 'Snapshot', database = 'shop', more = {} } = {},
) {
  const password = '{{resolve:secretsmanager:${Credentials}:SecretString:password}}';
  return JSON.stringify({
    Resources: {
      Subnets: {
        Type: 'AWS::RDS::DBSubnetGroup',
        Properties: { DBSubnetGroupDescription: 'private', SubnetIds: subnetIds },
      },
      Parameters: {
        Type: 'AWS::RDS::DBClusterParameterGroup',
        Properties: {
          Description: 'TLS',
          Family: 'aurora-postgresql16',
          Parameters: { 'rds.force_ssl': '1' },
        },
      },
      Credentials: {
        Type: 'AWS::SecretsManager::Secret',
        Properties: {
          GenerateSecretString: {
            SecretStringTemplate: '{"username":"dbadmin"}',
            GenerateStringKey: 'password',
            PasswordLength: 32,
            ExcludePunctuation: true,
          },
        },
      },
      Cluster: {
        Type: 'AWS::RDS::DBCluster',
        DeletionPolicy: policy,
        UpdateReplacePolicy: policy,
        Properties: {
          Engine: 'aurora-postgresql',
          EngineVersion: '16.6',
          DatabaseName: database,
          MasterUsername: 'dbadmin',
          MasterUserPassword: { 'Fn::Sub': password },
          DBSubnetGroupName: { Ref: 'Subnets' },
          DBClusterParameterGroupName: { Ref: 'Parameters' },
          ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: maxCapacity },
          DeletionProtection: isProtected,
        },
      },
      Writer: {
        Type: 'AWS::RDS::DBInstance',
        Properties: {
          Engine: 'aurora-postgresql',
          DBClusterIdentifier: { Ref: 'Cluster' },
          DBInstanceClass: 'db.serverless',
        },
      },
      Attachment: {
        Type: 'AWS::SecretsManager::SecretTargetAttachment',
        Properties: {
          SecretId: { Ref: 'Credentials' },
          TargetId: { Ref: 'Cluster' },
          TargetType: 'AWS::RDS::DBCluster',
        },
      },
      ...more,
    },
    Outputs: {
      Host: { Value: { 'Fn::GetAtt': ['Cluster', 'Endpoint.Address'] } },
      Port: { Value: { 'Fn::GetAtt': ['Cluster', 'Endpoint.Port'] } },
      Reader: { Value: { 'Fn::GetAtt': ['Cluster', 'ReadEndpoint.Address'] } },
      Secret: { Value: { Ref: 'Credentials' } },
    },
  });
}

async function open() {
  const sandbox = await startSandbox();
  const cfn = sandbox.client(CloudFormationClient);
  const rds = sandbox.client(RDSClient);
  const { Subnets } = await sandbox.client(EC2Client).send(new DescribeSubnetsCommand({}));
  const subnetIds = Subnets!.slice(0, 2).map(({ SubnetId }) => SubnetId!);
  let StackId: string | undefined;
  const create = async (TemplateBody: string) => {
    const Capabilities = ['CAPABILITY_IAM' as const];
    ({ StackId } = await cfn.send(new CreateStackCommand({ StackName: 'data', TemplateBody, Capabilities })));
    await sandbox.settle();
  };
  const stack = async () => (await cfn.send(new DescribeStacksCommand({ StackName: StackId }))).Stacks![0]!;
  const reasons = async () => {
    const { StackEvents } = await cfn.send(new DescribeStackEventsCommand({ StackName: StackId }));
    return StackEvents!.flatMap(({ LogicalResourceId, ResourceStatusReason }) =>
      ResourceStatusReason ? [`${LogicalResourceId}: ${ResourceStatusReason}`] : [],
    );
  };
  const remove = async () => {
    await cfn.send(new DeleteStackCommand({ StackName: StackId }));
    await sandbox.settle();
  };
  return { sandbox, cfn, rds, subnetIds, create, stack, reasons, remove };
}

it('is made, changed and deleted with its stack, and leaves the snapshot that its policy asks for', async () => {
  const { sandbox, cfn, rds, subnetIds, create, stack, remove } = await open();
  await create(template(subnetIds));
  const { StackStatus, Outputs } = await stack();
  expect(StackStatus).toBe('CREATE_COMPLETE');
  const outputs = Object.fromEntries(Outputs!.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
  expect(outputs).toMatchObject({ Host: expect.stringMatching(/^data-cluster-.*\.cluster-c/), Port: '5432' });

  const sm = sandbox.client(SecretsManagerClient);
  const { SecretString } = await sm.send(new GetSecretValueCommand({ SecretId: outputs.Secret }));
  expect(JSON.parse(SecretString!)).toEqual({
    username: 'dbadmin',
    password: expect.stringMatching(/^[A-Za-z0-9]{32}$/),
    engine: 'postgres',
    host: outputs.Host,
    port: 5432,
    dbname: 'shop',
    dbClusterIdentifier: expect.stringMatching(/^data-cluster-/),
  });

  await cfn.send(new UpdateStackCommand({ StackName: 'data', TemplateBody: template(subnetIds, { maxCapacity: 8 }) }));
  await sandbox.settle();
  expect((await stack()).StackStatus).toBe('UPDATE_COMPLETE');
  const { DBClusters } = await rds.send(new DescribeDBClustersCommand({}));
  expect(DBClusters![0]!.ServerlessV2ScalingConfiguration).toEqual({ MinCapacity: 0.5, MaxCapacity: 8 });

  await remove();
  expect((await stack()).StackStatus).toBe('DELETE_COMPLETE');
  const { DBClusterSnapshots } = await rds.send(new DescribeDBClusterSnapshotsCommand({}));
  expect(DBClusterSnapshots).toMatchObject([
    { DBClusterSnapshotIdentifier: expect.stringMatching(/^data-snapshot-cluster-/), Status: 'available' },
  ]);
});

it('leaves a snapshot when an update replaces it, and then goes', async () => {
  const { sandbox, cfn, rds, subnetIds, create, stack } = await open();
  await create(template(subnetIds));
  await cfn.send(
    new UpdateStackCommand({ StackName: 'data', TemplateBody: template(subnetIds, { database: 'store' }) }),
  );
  await sandbox.settle();
  expect((await stack()).StackStatus).toBe('UPDATE_COMPLETE');
  const { DBClusters } = await rds.send(new DescribeDBClustersCommand({}));
  expect(DBClusters!.map(({ DatabaseName }) => DatabaseName)).toEqual(['store']);
  const { DBClusterSnapshots } = await rds.send(new DescribeDBClusterSnapshotsCommand({}));
  expect(DBClusterSnapshots).toMatchObject([{ Status: 'available', Engine: 'aurora-postgresql' }]);
});

it('keeps its stack from being deleted while it is protected (F-85)', async () => {
  const { rds, subnetIds, create, stack, reasons, remove } = await open();
  await create(template(subnetIds, { isProtected: true, policy: 'Delete' }));
  await remove();
  expect((await stack()).StackStatus).toBe('DELETE_FAILED');
  expect((await reasons()).join('\n')).toContain(
    'Cannot delete protected Cluster, please disable deletion protection and try again.',
  );
  const { DBClusters } = await rds.send(new DescribeDBClustersCommand({}));
  const DBClusterIdentifier = DBClusters![0]!.DBClusterIdentifier;
  await rds.send(new ModifyDBClusterCommand({ DBClusterIdentifier, DeletionProtection: false }));
  await remove();
  expect((await stack()).StackStatus).toBe('DELETE_COMPLETE');
});

it('keeps a failed creation from being rolled back while it is protected (F-05)', async () => {
  const { subnetIds, create, stack, reasons } = await open();
  const more = {
    Late: { Type: 'AWS::SQS::Queue', DependsOn: 'Writer', Properties: { VisibilityTimeout: 99_999 } },
  };
  await create(template(subnetIds, { isProtected: true, policy: 'Delete', more }));
  expect((await stack()).StackStatus).toBe('ROLLBACK_FAILED');
  expect((await reasons()).join('\n')).toContain('Cannot delete protected Cluster');
});

it('serves a proxy beside it', async () => {
  const { rds, subnetIds, create, stack } = await open();
  const more = {
    ProxyRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: 'rds.amazonaws.com' }, Action: 'sts:AssumeRole' }],
        },
        Policies: [
          {
            PolicyName: 'Read',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: { Ref: 'Credentials' } },
              ],
            },
          },
        ],
      },
    },
    Proxy: {
      Type: 'AWS::RDS::DBProxy',
      Properties: {
        DBProxyName: 'pool',
        EngineFamily: 'POSTGRESQL',
        Auth: [{ AuthScheme: 'SECRETS', SecretArn: { Ref: 'Credentials' } }],
        RoleArn: { 'Fn::GetAtt': ['ProxyRole', 'Arn'] },
        VpcSubnetIds: subnetIds,
      },
    },
    Targets: {
      Type: 'AWS::RDS::DBProxyTargetGroup',
      DependsOn: 'Writer',
      Properties: {
        DBProxyName: { Ref: 'Proxy' },
        TargetGroupName: 'default',
        DBClusterIdentifiers: [{ Ref: 'Cluster' }],
      },
    },
  };
  await create(template(subnetIds, { more }));
  expect((await stack()).StackStatus).toBe('CREATE_COMPLETE');
  const { Targets } = await rds.send(new DescribeDBProxyTargetsCommand({ DBProxyName: 'pool' }));
  expect(Targets!.map(({ TargetHealth }) => TargetHealth?.State)).toEqual([undefined, 'AVAILABLE']);
});
