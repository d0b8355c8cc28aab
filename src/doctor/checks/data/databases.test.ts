import { DescribeSecurityGroupRulesCommand, EC2Client, RevokeSecurityGroupIngressCommand } from '@aws-sdk/client-ec2';
import {
  DescribeDBClustersCommand,
  ModifyDBClusterCommand,
  RDSClient,
  StopDBClusterCommand,
} from '@aws-sdk/client-rds';
import {
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { clusters, proxies } from '../../../sandbox/services/rds/state.ts';
import type { Deployable } from '../../../testing/deployable.ts';
import { checked } from '../../../testing/doctor-checks.ts';
import { startDeployed } from '../../../testing/start-deployed.ts';

const YAML = `project: demo
network: { nat: none }
databases: { main: { databaseName: app, acu: { min: 0.5, max: 2 }, protect: true, onDelete: snapshot } }
queues: { jobs: {} }
services:
  worker: { image: { context: . }, command: [work], uses: [db.main, queue.jobs] }
environments:
  dev: { kind: dev, account: "111111111111" }
`;
const start = () => startDeployed({ yaml: YAML });
const FIX = '--env dev --sandbox --fix';

const cluster = async ({ aws }: Deployable) =>
  (await aws.client(RDSClient).send(new DescribeDBClustersCommand({}))).DBClusters![0]!;

describe('databases', () => {
  it('databases: healthy where they are available and reached; database-versions: healthy where RDS offers theirs; database-protection: healthy where they are protected', async () => {
    const run = await checked(await start(), 'databases database-versions database-protection');
    expect(run.checks).toMatchObject([{ status: 'ok' }, { status: 'ok' }, { status: 'ok' }]);
    expect(run.exitCode).toBe(0);
  });

  it('databases: sick where one is stopped, or no rule lets tasks in (F-78)', async () => {
    const project = await start();
    const { VpcSecurityGroups, DBClusterIdentifier } = await cluster(project);
    const ec2 = project.aws.client(EC2Client);
    const GroupId = VpcSecurityGroups![0]!.VpcSecurityGroupId!;
    const { SecurityGroupRules } = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [GroupId] }] }),
    );
    const SecurityGroupRuleIds = SecurityGroupRules!.flatMap(({ IsEgress, SecurityGroupRuleId }) =>
      IsEgress ? [] : [SecurityGroupRuleId!],
    );
    await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId, SecurityGroupRuleIds }));
    const closed = await checked(project, 'databases');
    expect(closed).toMatchObject({
      exitCode: 1,
      checks: [
        {
          subject: 'databases.main',
          failure: 'F-78',
          detail: expect.stringContaining('lets tasks of worker'),
          evidence: [{ call: 'ec2:DescribeSecurityGroupRules' }],
        },
      ],
    });
    await project.aws.client(RDSClient).send(new StopDBClusterCommand({ DBClusterIdentifier }));
    await project.aws.settle();
    expect((await checked(project, 'databases')).checks).toMatchObject([
      {
        failure: 'F-78',
        evidence: [{ call: 'rds:DescribeDBClusters', read: 'DBClusters[0].Status', value: 'stopped' }],
      },
      {},
    ]);
  });

  it('databases: sick where the proxy does not know the secret (F-83), or cannot reach its database (F-84); not F-83, not F-84 where it does', async () => {
    const project = await startDeployed({
      yaml: YAML.replace('protect: true,', 'protect: true, subnets: isolated, proxy: true,'),
    });
    expect((await checked(project, 'databases')).checks).toMatchObject([{ status: 'ok' }]);
    const table = proxies.in(project.aws.scope);
    const [proxy] = table.values();
    table.update(proxy!.name, (draft) => {
      draft.auth = [{ ...draft.auth[0]!, secretArn: `${draft.auth[0]!.secretArn}-of-others` }];
    });
    expect(await checked(project, 'databases')).toMatchObject({
      exitCode: 1,
      checks: [
        {
          subject: 'databases.main',
          failure: 'F-83',
          detail: expect.stringContaining('does not know the secret'),
          evidence: [{ call: 'rds:DescribeDBProxies', read: 'DBProxies[0].Auth' }],
          remedy: expect.stringMatching(
            /^platform deploy --env dev --sandbox sets its list again when .* modify-db-proxy/,
          ),
        },
      ],
    });
    table.update(proxy!.name, (draft) => {
      draft.auth = proxy!.auth;
      draft.status = 'modifying';
    });
    expect((await checked(project, 'databases')).checks).toMatchObject([
      {
        failure: 'F-84',
        detail: expect.stringContaining('is REGISTERING'),
        evidence: [{ call: 'rds:DescribeDBProxyTargets', read: 'Targets[].TargetHealth' }],
      },
    ]);
  });

  it('database-versions: sick where RDS has withdrawn one (F-75)', async () => {
    const project = await start();
    const { DBClusterIdentifier } = await cluster(project);
    const table = clusters.in(project.aws.scope);
    table.update(DBClusterIdentifier!, (draft) => {
      draft.engineVersion = '15.4';
    });
    expect(await checked(project, 'database-versions')).toMatchObject({
      exitCode: 0,
      checks: [
        {
          subject: 'databases.main',
          severity: 'warning',
          failure: 'F-75',
          evidence: [{ call: 'rds:DescribeDBEngineVersions', read: 'newest of 15' }],
          remedy: expect.stringMatching(
            /^set databases.main.version to 15\.\d+, then platform deploy --env dev --sandbox$/,
          ),
        },
      ],
    });
  });

  it('database-protection: sick where somebody has lifted it (F-85); --fix asks, puts it back, looks again', async () => {
    const project = await start();
    const { DBClusterIdentifier } = await cluster(project);
    await project.aws
      .client(RDSClient)
      .send(new ModifyDBClusterCommand({ DBClusterIdentifier, DeletionProtection: false }));
    await project.aws.settle();
    expect(await checked(project, 'database-protection')).toMatchObject({
      exitCode: 1,
      checks: [
        {
          failure: 'F-85',
          handling: 'ASK',
          evidence: [
            { call: 'rds:DescribeDBClusters', read: `${DBClusterIdentifier} DeletionProtection`, value: 'false' },
          ],
          remedy: 'platform db protect main --env dev --sandbox',
        },
      ],
    });
    const nobody = await checked(project, 'database-protection', FIX);
    expect(nobody.exitCode).toBe(2);
    expect((await cluster(project)).DeletionProtection).toBe(false);
    const fixed = await checked(project, 'database-protection', `${FIX} --yes`);
    expect(fixed).toMatchObject({ exitCode: 0, document: { fixes: [{ outcome: 'fixed' }] } });
    expect((await cluster(project)).DeletionProtection).toBe(true);
  });

  it('database-protection: healthy where a lease has lifted it: that is told by its own check', async () => {
    const project = await start();
    await project.succeed(
      'db unprotect main --for 30m --reason cleanup --env dev --sandbox --confirm dev/databases.main',
    );
    const { checks } = await checked(project, 'database-protection leases');
    expect(checks).toMatchObject([
      { id: 'leases', failure: 'F-85', severity: 'warning' },
      { id: 'database-protection', status: 'ok' },
    ]);
  });
});

describe('queues', () => {
  const urls = async ({ aws }: Deployable) => {
    const { QueueUrls = [] } = await aws.client(SQSClient).send(new ListQueuesCommand({}));
    return {
      dead: QueueUrls.find((url) => /dead|dlq/i.test(url))!,
      own: QueueUrls.find((url) => !/dead|dlq/i.test(url))!,
    };
  };

  it('queues: healthy where nothing was set aside, however many messages wait (not F-98)', async () => {
    const project = await start();
    const { own } = await urls(project);
    await project.aws.client(SQSClient).send(new SendMessageCommand({ QueueUrl: own, MessageBody: 'x' }));
    expect((await checked(project, 'queues')).checks).toMatchObject([{ status: 'ok', detail: '2 queues' }]);
  });

  it('queues: sick where one shows messages again before its function is done (F-97); --fix sets it without asking; not F-97 where it waits long enough', async () => {
    const project = await start();
    const { own } = await urls(project);
    const sqs = project.aws.client(SQSClient);
    const set = (seconds: number) =>
      sqs.send(new SetQueueAttributesCommand({ QueueUrl: own, Attributes: { VisibilityTimeout: String(seconds) } }));
    const consumer =
      'functions: { consume: { source: consume.js, timeoutSeconds: 60, trigger: { on: queue, queue: queue.jobs } } }';
    project.configure(YAML.replace('environments:', `${consumer}\nenvironments:`));
    await set(360);
    expect((await checked(project, 'queues')).checks).toMatchObject([{ status: 'ok' }]);
    await set(30);
    expect(await checked(project, 'queues')).toMatchObject({
      exitCode: 1,
      checks: [
        {
          subject: 'queues.jobs',
          failure: 'F-97',
          handling: 'AUTO',
          evidence: [{ call: 'sqs:GetQueueAttributes', read: 'VisibilityTimeout', value: '30' }],
        },
      ],
    });
    const fixed = await checked(project, 'queues', FIX);
    expect(fixed).toMatchObject({ exitCode: 0, document: { fixes: [{ outcome: 'fixed' }] } });
    const { Attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: own, AttributeNames: ['VisibilityTimeout'] }),
    );
    expect(Attributes).toEqual({ VisibilityTimeout: '360' });
  });

  it('queues: sick where messages were set aside (F-98), or a queue is gone that its stack believes in (F-19)', async () => {
    const project = await start();
    const { dead, own } = await urls(project);
    const sqs = project.aws.client(SQSClient);
    await sqs.send(new SendMessageCommand({ QueueUrl: dead, MessageBody: 'canary-77' }));
    const run = await checked(project, 'queues');
    expect(run).toMatchObject({
      exitCode: 0,
      checks: [
        {
          subject: 'queues.jobs',
          severity: 'warning',
          failure: 'F-98',
          evidence: [{ call: 'sqs:GetQueueAttributes', read: 'ApproximateNumberOfMessages', value: '1' }],
        },
      ],
    });
    expect(JSON.stringify(run)).not.toContain('canary');
    await sqs.send(new DeleteQueueCommand({ QueueUrl: own }));
    expect((await checked(project, 'queues')).checks).toMatchObject([
      { severity: 'error', failure: 'F-19', remedy: expect.stringContaining('platform recover messaging') },
      { failure: 'F-98' },
    ]);
  });
});
