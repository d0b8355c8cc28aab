import { hostname } from 'node:os';
import {
  DescribeDBClustersCommand,
  DescribeDBInstancesCommand,
  ModifyDBClusterCommand,
  RDSClient,
} from '@aws-sdk/client-rds';
import { describe, expect, it } from 'vitest';
import { ownProcess } from '../process/process-identity.ts';
import { readAudit } from '../release/audit-trail.ts';
import { changeLeases, type Lease, readLeases } from '../release/leases.ts';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { type Deployable, smallYaml, startDeployable } from '../testing/deployable.ts';
import { stateObjects } from '../testing/state-objects.ts';

const AURORA =
  'databases: { main: { databaseName: app, acu: { min: 0.5, max: 4 }, protect: true, onDelete: snapshot } }';
const INSTANCE =
  'databases: { main: { engine: postgres-instance, databaseName: app, instance: { class: db.t4g.micro, storageGb: 20 }, protect: true } }';
const CONFIRM = '--confirm dev/databases.main';

/** No network is deployed: the database stands in subnets that are made here. */
async function deployed(blocks: string): Promise<Deployable> {
  const yaml = smallYaml(blocks).replace(/^network: .*$/m, 'network: { nat: none }');
  const project = await startDeployable({ yaml });
  await project.succeed('deploy --env dev --yes');
  project.forget();
  return project;
}

const cluster = async ({ aws }: Deployable) =>
  (await aws.client(RDSClient).send(new DescribeDBClustersCommand({}))).DBClusters![0];

const leasesOf = ({ aws }: Deployable) => readLeases(stateObjects(aws), 'dev');

const setLeases = ({ aws }: Deployable, change: (lease: Lease) => Lease) =>
  changeLeases(stateObjects(aws), 'dev', (current) => current.map(change));

describe('platform db unprotect', () => {
  it('wants the name typed, a reason and a time, and changes nothing without them (F-85)', async () => {
    const project = await deployed(AURORA);
    const refused = async (words: string) => {
      const { exitCode, stderr } = await project.platform(`db unprotect ${words} --env dev`);
      expect({ words, exitCode }).toEqual({ words, exitCode: 2 });
      return stderr;
    };
    expect(await refused('main --for 30m')).toContain('--reason');
    expect(await refused('main --reason cleanup')).toContain('--for');
    for (const time of ['59s', '25h', '30', 'soon', '-5m'])
      expect(await refused(`main --reason cleanup --for=${time} ${CONFIRM}`)).toMatch(/It is (between|a time)/);
    expect(await refused(`main --for 30m --reason " " ${CONFIRM}`)).toContain('a sentence that the team understands');
    expect(await refused(`mian --for 30m --reason cleanup ${CONFIRM}`)).toContain('name main');
    for (const flags of ['', '--yes', '--yes --confirm dev/databases', '--confirm prod/databases.main'])
      expect(await refused(`main --for 30m --reason cleanup ${flags}`)).toContain(CONFIRM);
    const declined = await project.platform('db unprotect main --for 30m --reason cleanup --env dev', {
      answer: () => 'dev/databases.man',
    });
    expect(declined.exitCode).toBe(5);

    const { json } = await project.succeed('db unprotect main --for 30m --reason cleanup --env dev --dry-run --json');
    expect(json()).toMatchObject({
      changed: true,
      protected: true,
      confirmations: ['dev/databases.main'],
      until: null,
    });
    expect(project.writes()).toEqual([]);
  });

  it('records a lease before it changes anything; the next command of anybody ends it when its time is over (S3-80)', async () => {
    const project = await deployed(AURORA);
    const line = `db unprotect main --for 30m --reason "drop the old one" --env dev ${CONFIRM} --json`;
    const { json } = await project.succeed(line);
    const { DBClusterIdentifier: identifier, DeletionProtection } = (await cluster(project))!;
    expect(DeletionProtection).toBe(false);
    expect(json()).toMatchObject({ database: 'main', identifier, protected: false, changed: true, command: null });
    const written = project.writes().filter((call) => call !== 's3:PutObject');
    expect(written).toEqual(['rds:ModifyDBCluster']);
    expect(project.writes().indexOf('rds:ModifyDBCluster')).toBeGreaterThan(1);
    const [lease] = await leasesOf(project);
    expect(lease).toMatchObject({
      thing: 'databases.main',
      resource: { type: 'AWS::RDS::DBCluster', id: identifier },
      was: { deletionProtection: true },
      reason: 'drop the old one',
      host: hostname(),
      holder: { kind: 'time' },
    });
    expect(lease!.principal).toContain('arn:aws:');
    expect(lease!.until - lease!.takenAt).toBe(1_800_000);

    const { databases } = (await project.succeed('db status --env dev --json')).json();
    expect(databases[0].protection).toMatchObject({
      live: false,
      template: true,
      explanation: expect.stringContaining('ends with the lease'),
      lease: { reason: 'drop the old one', until: json().until },
    });
    // Again: longer, and what is to be put back is not forgotten.
    await project.succeed(line.replace('30m', '2h'));
    expect(await leasesOf(project)).toMatchObject([{ was: { deletionProtection: true } }]);

    await setLeases(project, (one) => ({ ...one, until: Date.now() - 1 }));
    const dry = await project.succeed('outputs --env dev --dry-run');
    expect(dry.stderr).toContain('without --dry-run it would be protected again');
    expect((await cluster(project))!.DeletionProtection).toBe(false);

    const next = await project.succeed('outputs --env dev');
    expect(next.stderr).toContain(`on ${hostname()} for db unprotect ("drop the old one"), and the time for it ended`);
    expect(next.stderr).toContain('it is protected again');
    expect((await cluster(project))!.DeletionProtection).toBe(true);
    expect(await leasesOf(project)).toEqual([]);
    const trail = await readAudit(stateObjects(project.aws), 'dev');
    expect(trail.map(({ event, why }) => [event, why])).toEqual([
      ['unprotected', undefined],
      ['unprotected', undefined],
      ['rearmed', 'expired'],
    ]);
    project.forget();
    expect((await project.succeed('outputs --env dev')).stderr).toBe('');
    expect(project.writes()).toEqual([]);
    expect((await project.succeed('db protect main --env dev --json')).json()).toMatchObject({ changed: false });
    expect(project.writes()).toEqual([]);
  });

  it('runs a command under the lease, and protects again when it has ended or was interrupted', async () => {
    const project = await deployed(AURORA);
    const under = `db unprotect main --for 30m --reason cleanup --env dev ${CONFIRM}`;
    const { stdout, stderr } = await project.succeed(`${under} -- platform db status main`);
    expect(stdout).toContain('protection  OFF: unprotected for a time');
    expect(stdout).toContain('for "platform db status main"');
    expect(stderr).toContain('databases.main is protected again');
    expect((await cluster(project))!.DeletionProtection).toBe(true);
    expect(await leasesOf(project)).toEqual([]);

    const { json, stderr: nested } = await project.succeed(`${under} --json -- db status main --json`);
    expect(json().command).toEqual({ words: ['db', 'status', 'main', '--json'], exitCode: 0 });
    expect(nested).toContain('"databases"');

    const failed = await project.platform(`${under} -- outputs nothing.of.that.name`);
    expect(failed.exitCode).toBe(1);
    expect(failed.stderr).toContain('id: unprotected-command-ended');
    expect((await project.platform(`${under} -- db sttatus`)).exitCode).toBe(2);
    expect((await cluster(project))!.DeletionProtection).toBe(true);

    // What it is not asked for does not go over to the command: destroy wants its own confirmations.
    const unconfirmed = await project.platform(`${under} --yes -- destroy`);
    expect(unconfirmed.exitCode).toBe(2);
    expect((await cluster(project))!.DeletionProtection).toBe(true);

    const interrupts: (() => void)[] = [];
    const interrupted = await project.platform(`${under} -- destroy`, {
      during: (interrupt) => interrupts.push(interrupt),
      answer: () => {
        for (const interrupt of interrupts) interrupt();
        return true;
      },
    });
    expect(interrupted.exitCode).toBe(5);
    expect(interrupted.stderr).toContain('databases.main is protected again');
    expect((await cluster(project))!.DeletionProtection).toBe(true);

    await project.succeed(`${under} -- destroy --yes`);
    expect(await cluster(project)).toBeUndefined();
    expect(await leasesOf(project)).toEqual([]);
  });

  it('puts back what a process that died had lifted, and what AWS would not let it lift is no lease', async () => {
    const project = await deployed(AURORA);
    const line = `db unprotect main --for 2h --reason cleanup --env dev ${CONFIRM}`;
    project.aws.faults.push({
      operation: 'ModifyDBCluster',
      times: 1,
      with: new AwsFault('AccessDenied', 'not you', { status: 403 }),
    });
    expect((await project.platform(line)).exitCode).toBe(4);
    expect(await leasesOf(project)).toEqual([]);

    expect((await project.succeed(line)).stdout).toContain('platform db protect main --env dev does at once');
    const holder = { kind: 'process', pid: 2 ** 22 + 1, command: 'platform destroy', beatAt: Date.now() } as const;
    await setLeases(project, (one) => ({ ...one, holder: { ...holder, space: 'another machine' } }));
    expect((await project.succeed('status --env dev')).stderr).toBe('');
    // Held by somebody who still beats: it cannot be taken over.
    expect(await project.platform(line)).toMatchObject({
      exitCode: 8,
      stderr: expect.stringContaining('id: lease-held'),
    });
    await setLeases(project, (one) => ({ ...one, holder: { ...holder, space: ownProcess().space } }));
    project.aws.faults.push({
      operation: 'ModifyDBCluster',
      times: 1,
      with: new AwsFault('AccessDenied', 'not you', { status: 403 }),
    });
    const denied = await project.succeed('status --env dev');
    expect(denied.stderr).toContain('protecting it now did not work: AWS denied rds:ModifyDBCluster');
    expect(denied.stderr).toContain('platform db protect --env dev main does it');
    const put = await project.succeed('status --env dev --json');
    expect(put.stderr).toContain('for "platform destroy" ("cleanup"), and that command has died');
    expect((await cluster(project))!.DeletionProtection).toBe(true);
  });
});

describe('platform db protect', () => {
  it('protects what somebody has unprotected by hand, and ends a lease before its time', async () => {
    const project = await deployed(AURORA);
    const rds = project.aws.client(RDSClient);
    const { DBClusterIdentifier } = (await cluster(project))!;
    await rds.send(new ModifyDBClusterCommand({ DBClusterIdentifier, DeletionProtection: false }));
    const { stdout } = await project.succeed('db status main --env dev');
    expect(stdout).toContain('the template protects it, somebody has lifted that, and no deployment puts it back');
    expect((await project.succeed('db protect main --env dev --dry-run')).stdout).toContain('would be protected');
    expect((await cluster(project))!.DeletionProtection).toBe(false);
    await project.succeed('db protect main --env dev');
    expect((await cluster(project))!.DeletionProtection).toBe(true);

    await project.succeed(`db unprotect main --for 2h --reason cleanup --env dev ${CONFIRM}`);
    await project.succeed('db protect main --env dev');
    expect((await cluster(project))!.DeletionProtection).toBe(true);
    expect(await leasesOf(project)).toEqual([]);
    expect((await project.platform('db protect other --env dev')).exitCode).toBe(2);
  });

  it('knows instances of RDS too', async () => {
    const project = await deployed(INSTANCE);
    const instance = async () =>
      (await project.aws.client(RDSClient).send(new DescribeDBInstancesCommand({}))).DBInstances![0]!;
    await project.succeed(`db unprotect main --for 1m --reason cleanup --env dev ${CONFIRM}`);
    expect((await instance()).DeletionProtection).toBe(false);
    const { databases } = (await project.succeed('db status --env dev --json')).json();
    expect(databases).toMatchObject([
      {
        engine: 'postgres',
        capacity: null,
        machine: { class: 'db.t4g.micro', storageGb: 20, multiAz: false },
        protection: { live: false, template: true },
        instances: [{ role: 'instance', status: 'available' }],
      },
    ]);
    await project.succeed('db protect main --env dev');
    expect((await instance()).DeletionProtection).toBe(true);
  });
});
