import {
  CreateDBClusterSnapshotCommand,
  DescribeDBClusterSnapshotsCommand,
  DescribeDBClustersCommand,
  RDSClient,
  RestoreDBClusterToPointInTimeCommand,
} from '@aws-sdk/client-rds';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { beside, OLD, RESTORED } from '../release/restore-steps.ts';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import type { Deployable } from '../testing/deployable.ts';
import { startDeployed } from '../testing/start-deployed.ts';

const YAML = `project: demo
network: { nat: none }
databases: { main: { databaseName: app, acu: { min: 0.5, max: 2 }, readers: 1 } }
environments:
  dev: { kind: dev, account: "111111111111" }
`;
const FLAGS = '--env dev --sandbox';

const start = () => startDeployed({ yaml: YAML });
const rdsOf = ({ aws }: Deployable) => aws.client(RDSClient);
const clusterOf = async (project: Deployable) =>
  (await rdsOf(project).send(new DescribeDBClustersCommand({}))).DBClusters![0]!;

describe('platform db url', () => {
  it('is composed of outputs and secret, masked unless asked for, and wants TLS (S1-30, F-79, F-81, S1-31)', async () => {
    const project = await start();
    const outputs = (await project.succeed(`outputs ${FLAGS} --json`)).json();
    const host = outputs['databases.main.host'];
    const password = "p@ss/w:rd#%?'&=é";
    await project.aws.client(SecretsManagerClient).send(
      new PutSecretValueCommand({
        SecretId: outputs['databases.main.secretArn'],
        SecretString: JSON.stringify({ username: 'dbadmin', password }),
      }),
    );
    const masked = await project.succeed(`db url main ${FLAGS}`);
    expect(masked.stdout).toBe(`postgresql://dbadmin:****@${host}:5432/app?sslmode=require\n`);
    const revealed = await project.succeed(`db url main ${FLAGS} --reveal --debug`);
    const url = new URL(revealed.stdout.trim());
    expect(decodeURIComponent(url.password)).toBe(password);
    expect(revealed.stderr).not.toContain('p%40ss');
    expect(revealed.stderr).not.toContain(password);
    const read = (await project.succeed(`db url main ${FLAGS} --read --json`)).json();
    expect(read).toMatchObject({ host: outputs['databases.main.readerHost'], revealed: false, user: 'dbadmin' });
    expect(JSON.stringify(read)).not.toContain(encodeURIComponent(password).slice(0, 5));
    expect((await project.platform(`db url mani ${FLAGS}`)).exitCode).toBe(2);
    expect(project.writes()).toEqual(['secretsmanager:PutSecretValue']);
  });

  it('says so when the secret is no credentials, and does not show what it is (F-81)', async () => {
    const project = await start();
    const outputs = (await project.succeed(`outputs ${FLAGS} --json`)).json();
    const put = (SecretString: string) =>
      project.aws
        .client(SecretsManagerClient)
        .send(new PutSecretValueCommand({ SecretId: outputs['databases.main.secretArn'], SecretString }));
    for (const value of ['canary-7f', '["canary-7f"]', '{"username":"canary-7f"}']) {
      await put(value);
      const { exitCode, stdout, stderr } = await project.platform(`db url main ${FLAGS} --reveal --debug`);
      expect(exitCode).toBe(1);
      expect(stderr).toContain('id: database-secret-shape');
      expect(stdout + stderr).not.toContain('canary-7f');
    }
    expect((await project.platform(`db url main ${FLAGS} --read --reveal=1`)).exitCode).toBe(2);
  });
});

describe('platform db snapshot', () => {
  it('takes one under a name of its own each time, waits if asked, and lists them (F-86)', async () => {
    const project = await start();
    const { DBClusterIdentifier } = await clusterOf(project);
    expect((await project.succeed(`db snapshots ${FLAGS}`)).stdout).toContain(
      `has no snapshots: platform db snapshot <database> ${FLAGS} takes one`,
    );
    expect((await project.succeed(`db snapshot main ${FLAGS} --dry-run`)).stdout).toContain('Would take snapshot');
    expect(project.writes()).toEqual([]);

    const first = (await project.succeed(`db snapshot main ${FLAGS} --wait --json`)).json();
    expect(first.snapshot).toMatchObject({ database: 'main', type: 'manual', status: 'available' });
    expect(first.snapshot.id).toMatch(new RegExp(`^${DBClusterIdentifier}-\\d{8}-\\d{6}$`));
    // Whoever has that name already is not disturbed.
    for (const offset of [0, 1, 2, 3])
      await rdsOf(project)
        .send(
          new CreateDBClusterSnapshotCommand({
            DBClusterIdentifier,
            DBClusterSnapshotIdentifier: `${DBClusterIdentifier}-${new Date(Date.now() + offset * 1000).toISOString().replaceAll(/[-:]/g, '').slice(0, 15).replace('T', '-')}`,
          }),
        )
        .catch(() => undefined);
    const second = (await project.succeed(`db snapshot main ${FLAGS} --json`)).json();
    expect(second.snapshot.id).not.toBe(first.snapshot.id);
    const { snapshots } = (await project.succeed(`db snapshots main ${FLAGS} --json`)).json();
    expect(snapshots.map(({ id }: { id: string }) => id)).toContain(first.snapshot.id);
    const { DBClusterSnapshots } = await rdsOf(project).send(new DescribeDBClusterSnapshotsCommand({}));
    expect(snapshots).toHaveLength(DBClusterSnapshots!.length);
  });

  it('names what there is when the account may take no more (F-86)', async () => {
    const project = await start();
    const taken = (await project.succeed(`db snapshot main ${FLAGS} --wait --json`)).json();
    project.aws.faults.push({
      operation: 'CreateDBClusterSnapshot',
      times: 1,
      with: new AwsFault('SnapshotQuotaExceeded', 'Cannot create more than 100 manual snapshots'),
    });
    const { exitCode, stderr } = await project.platform(`db snapshot main ${FLAGS}`);
    expect(exitCode).toBe(1);
    expect(stderr).toContain('id: snapshot-quota');
    expect(stderr).toContain(taken.snapshot.id);
  });
});

describe('platform db restore', () => {
  it('is a plan: times inside the window alone, its own commands work, and nothing is done (S2-17, S4-131)', async () => {
    const project = await start();
    const cluster = await clusterOf(project);
    const at = cluster.LatestRestorableTime!.toISOString();
    for (const to of ['yesterday!', '2026-11-29T18:00:00', '2026-11-29'])
      expect((await project.platform(['db', 'restore', 'main', '--to', to, ...FLAGS.split(' ')])).exitCode).toBe(2);
    for (const to of ['2020-01-01T00:00:00Z', '2099-01-01T00:00:00Z'])
      expect(await project.platform(`db restore main --to ${to} ${FLAGS}`)).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining('id: restore-time-outside'),
      });
    expect(await project.platform(`db restore main --to nothing-of-that-name ${FLAGS}`)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('id: restore-snapshot-missing'),
    });

    const plan = (await project.succeed(`db restore main --to ${at} ${FLAGS} --json`)).json();
    const id = cluster.DBClusterIdentifier!;
    expect(plan).toMatchObject({
      identifier: id,
      from: { kind: 'time', at },
      creates: [{ id: beside(id, RESTORED) }, {}, {}],
    });
    for (const one of plan.creates) expect(one.id.length).toBeLessThanOrEqual(63);
    expect(new Set(plan.creates.map((one: { id: string }) => one.id)).size).toBe(3);
    const commands: string[] = plan.steps.flatMap(({ commands }: { commands: string[] }) => commands);
    expect(commands.filter((one) => one.includes('--new-db-cluster-identifier'))).toHaveLength(2);
    expect(commands.filter((one) => one.includes('--new-db-instance-identifier'))).toHaveLength(4);
    expect(plan.goBack.join('\n')).toContain(
      `--db-cluster-identifier ${beside(id, OLD)} --new-db-cluster-identifier ${id}`,
    );
    expect(plan.cost).toContain('at least 2.88 USD a day');
    const { stdout } = await project.succeed(`db restore main --to latest ${FLAGS}`);
    expect(stdout).toContain('Nothing has been done');
    expect(stdout).toContain('[downtime]');
    expect(project.writes()).toEqual([]);

    // The first of its commands, as AWS's own client would send it.
    const restore = commands.find((one) => one.includes('restore-db-cluster-to-point-in-time'))!;
    const option = (name: string) => new RegExp(`--${name} (\\S+)`).exec(restore)?.[1];
    const { DBCluster } = await rdsOf(project).send(
      new RestoreDBClusterToPointInTimeCommand({
        SourceDBClusterIdentifier: option('source-db-cluster-identifier'),
        DBClusterIdentifier: option('db-cluster-identifier'),
        RestoreToTime: new Date(option('restore-to-time')!),
        DBSubnetGroupName: option('db-subnet-group-name'),
        DBClusterParameterGroupName: option('db-cluster-parameter-group-name'),
        VpcSecurityGroupIds: [option('vpc-security-group-ids')!],
        ServerlessV2ScalingConfiguration: { MinCapacity: 0.5, MaxCapacity: 2 },
        DeletionProtection: true,
      }),
    );
    expect(DBCluster!.Status).toBe('creating');
  });
});
