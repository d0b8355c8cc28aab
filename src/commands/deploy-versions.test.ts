import {
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  ModifyDBClusterCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { expect, it } from 'vitest';
import { type Deployable, smallYaml, startDeployable } from '../testing/deployable.ts';

const yaml = (version: string) =>
  smallYaml(
    `databases: { main: { version: "${version}", databaseName: app, acu: { min: 0.5, max: 4 }, onDelete: destroy } }`,
  ).replace(/^network: .*$/m, 'network: { nat: none }');

const cluster = async ({ aws }: Deployable) =>
  (await aws.client(RDSClient).send(new DescribeDBClustersCommand({}))).DBClusters![0]!;

/** What AWS does in a maintenance window, with a database whose minor versions it upgrades by itself. */
async function upgradedByAws(project: Deployable, EngineVersion: string): Promise<void> {
  const { DBClusterIdentifier } = await cluster(project);
  await project.aws
    .client(RDSClient)
    .send(new ModifyDBClusterCommand({ DBClusterIdentifier, EngineVersion, ApplyImmediately: true }));
  await project.aws.settle();
}

it('a database that AWS has upgraded is left as it is, and said so; a deployment never goes back (F-75)', async () => {
  const project = await startDeployable({ yaml: yaml('16.4') });
  await project.succeed('deploy --env dev --yes');
  expect((await cluster(project)).EngineVersion).toBe('16.4');
  await upgradedByAws(project, '16.6');

  const diff = await project.succeed('diff --env dev');
  expect(diff.stderr).toContain(
    'databases.main runs 16.6: AWS has upgraded it, and this deployment keeps that. Set databases.main.version to "16.6"',
  );
  await project.succeed('deploy --env dev --yes');
  expect((await cluster(project)).EngineVersion).toBe('16.6');
  const { databases } = (await project.succeed('db status --env dev --json')).json();
  expect(databases[0].version).toMatchObject({ live: '16.6', template: '16.6' });
  project.forget();
  await project.succeed('deploy --env dev --yes');
  expect(project.writes()).toEqual([]);

  project.configure(yaml('16'));
  expect((await project.succeed('diff --env dev')).stderr).not.toContain('AWS has upgraded');
  project.configure(yaml('16.8'));
  expect((await project.succeed('diff --env dev')).stdout).toContain('database main');
  await project.succeed('deploy --env dev --yes');
  expect((await cluster(project)).EngineVersion).toBe('16.8');

  project.configure(yaml('15'));
  const { exitCode, stderr } = await project.platform('deploy --env dev --yes');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('id: engine-version-newer');
  expect(stderr).toContain('set databases.main.version to "16"');
});

it('an instance takes another major version in place, as the same instance', async () => {
  const instance = (version: string, backupDays: number) =>
    smallYaml(
      `databases: { main: { engine: postgres-instance, version: "${version}", databaseName: app, backupDays: ${backupDays}, instance: { class: db.t4g.micro } } }`,
    ).replace(/^network: .*$/m, 'network: { nat: none }');
  const project = await startDeployable({ yaml: instance('15', 7) });
  const live = async () =>
    (await project.aws.client(RDSClient).send(new DescribeDBInstancesCommand({}))).DBInstances![0]!;
  await project.succeed('deploy --env dev --yes');
  const { DbiResourceId } = await live();
  project.configure(instance('16', 14));
  // CloudFormation's change set cannot rule a replacement out.
  await project.succeed('deploy --env dev --yes --confirm dev/databases.main');
  expect(await live()).toMatchObject({
    DbiResourceId,
    EngineVersion: expect.stringMatching(/^16\./),
    BackupRetentionPeriod: 14,
  });
});
