import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { ModifyDBClusterCommand, ModifyDBInstanceCommand, RDSClient, StopDBClusterCommand } from '@aws-sdk/client-rds';
import { expect, it } from 'vitest';
import type { Deployable } from '../testing/deployable.ts';
import { startDeployed } from '../testing/start-deployed.ts';

const FLAGS = '--env dev --sandbox';
const yaml = (database: string) => `project: demo
network: { nat: none }
databases: { main: { databaseName: app, ${database} } }
environments:
  dev: { kind: dev, account: "111111111111" }
`;
const PAUSING = yaml('acu: { min: 0, max: 2, autoPauseMinutes: 10 }');
const PROXIED = yaml('acu: { min: 0.5, max: 2 }, proxy: true, readers: 1');

async function measured({ aws }: Deployable, identifier: string, values: Record<string, number>): Promise<void> {
  const MetricData = Object.entries(values).map(([MetricName, Value]) => ({
    MetricName,
    Value,
    Dimensions: [{ Name: 'DBClusterIdentifier', Value: identifier }],
    Timestamp: new Date(Date.now() - 60_000),
  }));
  await aws.client(CloudWatchClient).send(new PutMetricDataCommand({ Namespace: 'AWS/RDS', MetricData }));
}

it('says whether a database is paused, and what keeps it awake (S1-55, F-76, F-77)', async () => {
  const project = await startDeployed({ yaml: PAUSING });
  const status = async () => (await project.succeed(`db status ${FLAGS} --json`)).json().databases[0];
  const { identifier, capacity } = await status();
  expect(capacity).toEqual({ min: 0, max: 2, current: null, pausesAfterSeconds: 600, paused: false, awake: null });
  await measured(project, identifier, { ServerlessDatabaseCapacity: 1.5, DatabaseConnections: 4 });
  expect((await status()).capacity).toMatchObject({
    current: 1.5,
    awake: expect.stringContaining('4 connections are open'),
  });
  await measured(project, identifier, { ServerlessDatabaseCapacity: 0, DatabaseConnections: 0 });
  const { stdout } = await project.succeed(`db status main ${FLAGS}`);
  expect(stdout).toMatch(/capacity +0 to 2 ACU, .*pauses after 10 min/);
  expect(project.writes()).toEqual(['monitoring:PutMetricData', 'monitoring:PutMetricData']);
});

it('shows readers, proxy targets and why they are ill, backups and the window of restoration (F-84)', async () => {
  const project = await startDeployed({ yaml: PROXIED });
  const status = async () => (await project.succeed(`db status ${FLAGS} --json`)).json().databases[0];
  const healthy = await status();
  expect(healthy).toMatchObject({
    name: 'main',
    configured: true,
    engine: 'aurora-postgresql',
    status: 'available',
    machine: null,
    protection: { live: false, template: false, explanation: null, lease: null },
    backups: { earliest: expect.any(String), latest: expect.any(String) },
    snapshots: { count: 0, newest: null },
    pending: [],
  });
  expect(healthy.version.live).toBe(healthy.version.newest);
  expect(healthy.instances.map(({ role }: { role: string }) => role)).toEqual(['writer', 'reader']);
  expect(healthy.proxy.targets.map(({ state }: { state: string }) => state)).toEqual(['AVAILABLE', 'AVAILABLE']);

  const rds = project.aws.client(RDSClient);
  const changes = { DBClusterIdentifier: healthy.identifier, EnableIAMDatabaseAuthentication: true };
  await rds.send(new ModifyDBClusterCommand(changes));
  const writer = healthy.instances[0].id;
  await rds.send(new ModifyDBInstanceCommand({ DBInstanceIdentifier: writer, DBInstanceClass: 'db.r6g.large' }));
  expect((await status()).pending).toEqual([
    { identifier: healthy.identifier, change: 'IAMDatabaseAuthenticationEnabled', to: 'true' },
    { identifier: writer, change: 'DBInstanceClass', to: 'db.r6g.large' },
  ]);
  expect((await project.succeed(`db status ${FLAGS}`)).stdout).toContain('DBInstanceClass becomes db.r6g.large');

  await project.aws.client(RDSClient).send(new StopDBClusterCommand({ DBClusterIdentifier: healthy.identifier }));
  await project.aws.settle();
  const stopped = await status();
  expect(stopped.status).toBe('stopped');
  expect(stopped.proxy.targets[0]).toMatchObject({ state: 'UNAVAILABLE', reason: 'PENDING_PROXY_CAPACITY' });
  expect((await project.succeed(`db status ${FLAGS}`)).stdout).toMatch(
    /target +\S+ UNAVAILABLE PENDING_PROXY_CAPACITY/,
  );
});

it('has nothing to show before the first deployment, and knows no database of another name', async () => {
  const project = await startDeployed({ yaml: PAUSING });
  expect((await project.platform(`db status other ${FLAGS}`)).exitCode).toBe(2);
  const { exitCode, stdout } = await project.platform('db status --env sandbox');
  expect({ exitCode, stdout }).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('has no databases yet') });
  expect((await project.platform('db status main --env sandbox --json')).json().error).toMatchObject({
    id: 'database-not-deployed',
  });
});
