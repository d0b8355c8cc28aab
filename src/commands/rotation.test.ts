import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import { CreateBucketCommand, PutBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeSecretCommand, RotateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Client } from 'pg';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Databases } from '../sandbox/machine/postgres/databases.ts';
import { findPostgres } from '../sandbox/machine/postgres/find-programs.ts';
import { tasks } from '../sandbox/services/ecs/state.ts';
import { secrets as secretRows } from '../sandbox/services/secretsmanager/state.ts';
import { type Deployable, startDeployable } from '../testing/deployable.ts';
import { checked } from '../testing/doctor-checks.ts';

const YAML = `project: shop
databases:
  main: { databaseName: shop, acu: { min: 0.5, max: 2 }, rotationDays: 30, credentials: { urlSecret: true } }
services:
  worker: { image: { context: . }, command: [work], uses: [db.main], scaling: { min: 1, max: 2 } }
migrations: { run: service.worker, up: [migrate] }
environments:
  dev: { kind: dev, account: "111111111111" }
`;
const AT = '--env dev --sandbox';
const programs = await findPostgres(tmpdir(), process.env);
if (!programs) console.warn('skipped: this machine has no PostgreSQL server');

/** Deployed, with a real server behind the database. */
async function start() {
  const owner = mkdtempSync(join(tmpdir(), 'database-'));
  const databases = new Databases(owner, programs!);
  onTestFinished(async () => {
    await databases.clear();
    rmSync(owner, { recursive: true, force: true });
  });
  const project = await startDeployable({
    yaml: YAML,
    sandbox: { machine: { engine: undefined, databases, owner } },
  });
  await project.succeed(`deploy ${AT} --yes`);
  await project.aws.settle();
  const secrets = project.aws.client(SecretsManagerClient);
  const outputs = (await project.succeed(`outputs ${AT} --json`)).json();
  const SecretId: string = outputs['databases.main.secretArn'];
  return {
    ...project,
    secrets,
    SecretId,
    /** What `db url` tells, and whether the server takes it, verified. */
    async url() {
      const { url } = (await project.succeed(`db url main --reveal ${AT} --json`)).json();
      return url as string;
    },
    ask: (url: string, sql = 'SELECT current_user') => ask(url, readFileSync(databases.authorityFile(), 'utf8'), sql),
    async rotate() {
      await secrets.send(new RotateSecretCommand({ SecretId }));
      await project.aws.settle();
    },
    async service() {
      const { services } = (await project.succeed(`status ${AT} --json`)).json();
      return services[0];
    },
  };
}

async function ask(url: string, ca: string, sql: string): Promise<string> {
  const { username, password, hostname, port, pathname } = new URL(url);
  const client = new Client({
    user: username,
    password,
    host: hostname,
    port: Number(port),
    database: pathname.slice(1),
    ssl: { ca },
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return Object.values((await client.query(sql)).rows[0] ?? {}).join();
  } catch (error) {
    return String(error);
  } finally {
    await client.end().catch(() => {});
  }
}

/** A trail that logs, without which EventBridge hears of no rotation. */
async function logTrail({ aws }: Pick<Deployable, 'aws'>): Promise<void> {
  const s3 = aws.client(S3Client);
  await s3.send(new CreateBucketCommand({ Bucket: 'trail-of-a-test' }));
  const arn = 'arn:aws:s3:::trail-of-a-test';
  const Principal = { Service: 'cloudtrail.amazonaws.com' };
  const Statement = [{ Effect: 'Allow', Principal, Action: 's3:*', Resource: [arn, `${arn}/*`] }];
  await s3.send(new PutBucketPolicyCommand({ Bucket: 'trail-of-a-test', Policy: JSON.stringify({ Statement }) }));
  const trails = aws.client(CloudTrailClient);
  await trails.send(new CreateTrailCommand({ Name: 'all', S3BucketName: 'trail-of-a-test' }));
  await trails.send(new StartLoggingCommand({ Name: 'all' }));
}

describe.skipIf(!programs)('a database whose password is rotated', () => {
  it('gets another; services hold the new one in fresh tasks, and commands read it (S2-84, C28, F-81)', async () => {
    const project = await start();
    const { url, ask, rotate, service, aws, succeed, secrets, SecretId } = project;
    const before = await url();
    expect(await ask(before)).toBe('dbadmin');
    const described = await secrets.send(new DescribeSecretCommand({ SecretId }));
    expect(described).toMatchObject({ RotationEnabled: true, RotationRules: { AutomaticallyAfterDays: 30 } });
    // The deployment itself changed no password, and its test of the way left nothing behind.
    expect(Object.values(described.VersionIdsToStages!)).toEqual([['AWSPREVIOUS'], ['AWSCURRENT']]);

    await rotate();
    const after = await url();
    expect(after).not.toBe(before);
    expect(await ask(after)).toBe('dbadmin');
    expect(await ask(before)).toMatch(/password authentication failed/);
    const { functions } = (await succeed(`status ${AT} --json`)).json();
    expect(functions.map(({ name }: { name: string }) => name)).toEqual(['main-rotated', 'main-rotation']);
    // No trail tells of it, so the schedule of the follower does.
    await aws.advance(5 * 60_000);
    await aws.settle();
    expect(await service()).toMatchObject({ running: 1, desired: 1 });
    expect(await heldUrl(project)).toBe(after);

    // Rotated by hand, what follows is asked at once.
    const { version } = (await succeed(`db rotate main ${AT} --yes --json`)).json();
    await aws.settle();
    const third = await url();
    expect(third).not.toBe(after);
    expect((await secrets.send(new DescribeSecretCommand({ SecretId }))).VersionIdsToStages![version]).toContain(
      'AWSCURRENT',
    );
    expect(await heldUrl(project)).toBe(third);

    await logTrail(project);
    await rotate();
    expect(await url()).not.toBe(third);
    expect(await heldUrl(project)).toBe(await url());

    expect((await succeed(`migrate ${AT} --yes --json`)).json()).toMatchObject({ exitCode: 0 });
    const again = (await succeed(`deploy ${AT} --yes --json`)).json();
    expect(again.stacks.map(({ action }: { action: string }) => action)).not.toContain('update');
    expect((await checked(project, 'password-rotation', AT)).checks).toMatchObject([{ status: 'ok' }]);
  });

  it('says why a rotation is not finished: doctor that it is, the log of the function why', async () => {
    const project = await start();
    const { url, ask, rotate, aws, secrets, SecretId } = project;
    await ask(await url(), `ALTER ROLE dbadmin PASSWORD 'by hand'`);
    await rotate();
    expect(
      Object.values((await secrets.send(new DescribeSecretCommand({ SecretId }))).VersionIdsToStages!),
    ).toContainEqual(['AWSPENDING']);
    const table = secretRows.in(aws.scope);
    table.update(SecretId, (draft) => {
      draft.changed -= 60 * 60_000;
    });
    const again = await project.platform(`db rotate main ${AT} --yes`);
    expect([again.exitCode, again.stderr]).toEqual([1, expect.stringContaining('was begun and is not finished')]);
    const { checks, exitCode } = await checked(project, 'password-rotation', AT);
    expect(exitCode).toBe(1);
    expect(checks).toMatchObject([
      {
        subject: 'databases.main',
        detail: expect.stringContaining('was begun'),
        evidence: [{ call: 'secretsmanager:DescribeSecret', value: 'AWSPENDING' }],
        remedy: expect.stringContaining('platform logs main-rotation --env dev --sandbox shows why'),
      },
    ]);
    expect((await project.succeed(`logs main-rotation ${AT}`)).stdout).toContain(
      'the server refuses the current password',
    );
  });
});

/** Of the secret that ECS gave the tasks that run now: they started after it was written. */
async function heldUrl({ aws }: Pick<Deployable, 'aws'>): Promise<string> {
  const row = secretRows
    .in(aws.scope)
    .values()
    .find(({ name }) => name.endsWith('/url'))!;
  const current = row.versions.find(({ stages }) => stages.includes('AWSCURRENT'))!;
  const running = tasks
    .in(aws.scope)
    .values()
    .filter(({ task }) => task.lastStatus === 'RUNNING');
  expect(running.length).toBeGreaterThan(0);
  for (const { task } of running) expect(new Date(task.createdAt!).getTime()).toBeGreaterThanOrEqual(current.created);
  return JSON.parse(current.string!).url;
}
