import { CloudFormationClient, DeleteStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  CreateEventBusCommand,
  DeleteEventBusCommand,
  DescribeEventBusCommand,
  EventBridgeClient,
} from '@aws-sdk/client-eventbridge';
import {
  DeleteDBClusterCommand,
  DeleteDBInstanceCommand,
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  ModifyDBClusterCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { type Deployable, smallYaml, startDeployable } from '../testing/deployable.ts';

const database = ({ name = 'app', max = 4 } = {}) =>
  smallYaml(
    `databases: { main: { databaseName: ${name}, acu: { min: 0.5, max: ${max} }, onDelete: retain, credentials: { urlSecret: true } } }`,
  ).replace(/^network: .*$/m, 'network: { nat: none }');
const UP = 'deploy --env prod --yes';
const DOWN = 'destroy --env prod --confirm prod/environment --json';

const clusterIn = async ({ aws }: Deployable) =>
  (await aws.client(RDSClient).send(new DescribeDBClustersCommand({}))).DBClusters!;

const secretOf = async ({ aws }: Deployable, name: string) =>
  JSON.parse(
    (await aws.client(SecretsManagerClient).send(new GetSecretValueCommand({ SecretId: name }))).SecretString!,
  );

const stacksOf = async ({ aws }: Deployable) =>
  ((await aws.client(CloudFormationClient).send(new DescribeStacksCommand({}))).Stacks ?? [])
    .map(({ StackName }) => StackName!)
    .filter((name) => name !== 'CDKToolkit');

describe('a database that stays when its environment goes', () => {
  it('keeps the network that it stands in, and is taken over with its password and what changed since (F-143)', async () => {
    const project = await startDeployable({ yaml: database() });
    await project.succeed(UP);
    const [before] = await clusterIn(project);
    const credentials = await secretOf(project, 'demo/prod/databases/main/credentials');
    const { url } = await secretOf(project, 'demo/prod/databases/main/url');

    const { deleted, retained } = (await project.succeed(DOWN)).json();
    expect(deleted).toEqual(['demo-prod-data', 'demo-prod-observability']);
    const reason = expect.stringContaining(`${before!.DBClusterIdentifier} stays and stands in it`);
    expect(retained).toContainEqual(expect.objectContaining({ id: 'demo-prod-network', reason, remove: null }));
    const stays = { id: before!.DBClusterIdentifier, type: 'AWS::RDS::DBCluster', remove: null };
    expect(retained).toContainEqual(expect.objectContaining(stays));
    project.forget();
    await project.succeed('destroy --env prod');
    expect(project.writes()).toEqual([]);

    project.configure(database({ max: 8 }));
    const { stdout } = await project.succeed('diff --env prod');
    expect(stdout).toContain(
      `takes over ${before!.DBClusterIdentifier} (and changes its ServerlessV2ScalingConfiguration), which is there`,
    );
    await project.succeed(UP);
    const clusters = await clusterIn(project);
    expect(clusters).toMatchObject([
      {
        DBClusterIdentifier: before!.DBClusterIdentifier,
        ClusterCreateTime: before!.ClusterCreateTime,
        ServerlessV2ScalingConfiguration: { MaxCapacity: 8 },
      },
    ]);
    expect(await secretOf(project, 'demo/prod/databases/main/credentials')).toEqual(credentials);
    expect((await secretOf(project, 'demo/prod/databases/main/url')).url).toBe(url);
    project.forget();
    await project.succeed(UP);
    expect(project.writes()).toEqual([]);
    expect((await project.succeed('cleanup --env prod --json')).json().retained).toEqual([]);
  });

  it.each([
    ['an instance', 'engine: postgres-instance, instance: { class: db.t4g.micro, storageGb: 20, multiAz: false }'],
    ['a cluster with a reader and a proxy', 'acu: { min: 0.5, max: 4 }, readers: 1, proxy: true'],
  ])('%s comes back with all its parts, its monitoring role among them (F-143)', async (_, kind) => {
    const more = 'enhancedMonitoring: 60, onDelete: retain, credentials: { urlSecret: true }';
    const yaml = smallYaml(`databases: { main: { databaseName: app, ${kind}, ${more} } }`);
    const project = await startDeployable({ yaml: yaml.replace(/^network: .*$/m, 'network: { nat: none }') });
    const instances = async () => {
      const { DBInstances } = await project.aws.client(RDSClient).send(new DescribeDBInstancesCommand({}));
      return DBInstances!.map(({ DbiResourceId, DBInstanceIdentifier }) => [DBInstanceIdentifier, DbiResourceId]);
    };
    await project.succeed('deploy --env dev --yes');
    const before = await instances();
    await project.succeed('destroy --env dev --yes');
    await project.succeed('deploy --env dev --yes');
    expect(await instances()).toEqual(before);
    project.forget();
    await project.succeed('deploy --env dev --yes');
    expect(project.writes()).toEqual([]);
    expect((await project.succeed('cleanup --env dev --json')).json().retained).toEqual([]);
  });

  it('blocks a deployment that would make an empty one in its place, and goes with its network by hand (F-143)', async () => {
    const project = await startDeployable({ yaml: database() });
    await project.succeed(UP);
    const [cluster] = await clusterIn(project);
    const id = cluster!.DBClusterIdentifier!;
    await project.succeed(DOWN);
    project.configure(database({ name: 'other' }));
    project.forget();
    const blocked = await project.platform(`${UP} --json`);
    expect(blocked.exitCode).toBe(1);
    expect(blocked.json().error.problems).toContainEqual(
      expect.objectContaining({
        rule: 'F-143',
        message: expect.stringMatching(
          `Database cluster ${id} stayed .* cannot be taken over: its DatabaseName would be another, which replaces it`,
        ),
        remedy: expect.stringContaining(`aws rds delete-db-cluster --db-cluster-identifier ${id}`),
      }),
    );
    expect(project.writes()).toEqual([]);

    const rds = project.aws.client(RDSClient);
    await rds.send(new ModifyDBClusterCommand({ DBClusterIdentifier: id, DeletionProtection: false }));
    const { DBInstances } = await rds.send(new DescribeDBInstancesCommand({}));
    for (const { DBInstanceIdentifier } of DBInstances!)
      await rds.send(new DeleteDBInstanceCommand({ DBInstanceIdentifier }));
    await rds.send(new DeleteDBClusterCommand({ DBClusterIdentifier: id, SkipFinalSnapshot: true }));
    await project.aws.settle();
    const { deleted, retained } = (await project.succeed(DOWN)).json();
    expect(deleted).toEqual([]);
    const { id: group } = retained.find(({ type }: { type: string }) => type === 'AWS::EC2::SecurityGroup');
    const reason = expect.stringContaining(`platform cleanup ${group} --env prod`);
    expect(retained).toContainEqual(expect.objectContaining({ id: 'demo-prod-network', reason }));
    await project.succeed(`cleanup ${group} --env prod --confirm prod/${group}`);
    expect((await project.succeed(DOWN)).json().deleted).toEqual(['demo-prod-network']);
    expect(await stacksOf(project)).toEqual([]);
  });
});

describe('an event bus that no stack has', () => {
  const YAML = smallYaml('buses: { domain: { name: events } }');

  it('is taken over when it bears the tags of this environment, as what a stack lost does (F-143)', async () => {
    const project = await startDeployable({ yaml: YAML });
    await project.succeed('deploy --env dev --yes');
    const stack = 'demo-dev-messaging';
    const cloudFormation = project.aws.client(CloudFormationClient);
    const events = project.aws.client(EventBridgeClient);
    const { CreationTime } = await events.send(new DescribeEventBusCommand({ Name: 'events' }));
    const { Tags = [] } = (await cloudFormation.send(new DescribeStacksCommand({ StackName: stack }))).Stacks![0]!;
    await cloudFormation.send(new DeleteStackCommand({ StackName: stack }));
    await project.aws.settle();
    expect(CreationTime).toBeDefined();
    await events.send(
      new CreateEventBusCommand({ Name: 'events', Tags: Tags.map(({ Key, Value }) => ({ Key: Key!, Value: Value! })) }),
    );
    expect((await project.succeed('diff --env dev')).stdout).toContain('takes over events, which is there already');
    await project.succeed('deploy --env dev --yes');
    project.forget();
    await project.succeed('deploy --env dev --yes');
    expect(project.writes()).toEqual([]);
  });

  it('blocks a deployment when it does not, for it may be in use elsewhere (F-10)', async () => {
    const project = await startDeployable({ yaml: YAML });
    const events = project.aws.client(EventBridgeClient);
    await events.send(new CreateEventBusCommand({ Name: 'events', Tags: [{ Key: 'platform:project', Value: 'x' }] }));
    const { exitCode, stderr } = await project.platform('deploy --env dev --yes');
    expect(exitCode).toBe(1);
    expect(stderr).toContain('Event bus events is there already and belongs to no stack');
    expect(stderr).toContain('aws events delete-event-bus --name events');
    await events.send(new DeleteEventBusCommand({ Name: 'events' }));
    await project.succeed('deploy --env dev --yes');
  });
});
