import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { ownProcess } from '../../../process/process-identity.ts';
import { changeLeases, type Lease } from '../../../release/leases.ts';
import { lookAtLock, takeLock } from '../../../release/lock.ts';
import { AwsFault } from '../../../sandbox/kernel/fault.ts';
import { BUCKET, type Deployable, QUEUE, smallYaml, startDeployable } from '../../../testing/deployable.ts';
import { checked } from '../../../testing/doctor-checks.ts';
import { startDeployed } from '../../../testing/start-deployed.ts';
import { stateObjects } from '../../../testing/state-objects.ts';
import { FAILING, FAILING_BESIDE_PROTECTED, stuckStacks } from '../../../testing/stuck-stacks.ts';

const deployed = () => startDeployed({ yaml: smallYaml(QUEUE) });
const FIX = '--env dev --sandbox --fix';

describe('stacks', () => {
  it('stacks: healthy where all of them can be changed, and nothing to look at before a deployment', async () => {
    expect(await checked(await deployed(), 'stacks')).toMatchObject({ exitCode: 0, checks: [{ status: 'ok' }] });
    const fresh = await startDeployable({ yaml: smallYaml(QUEUE) });
    expect((await checked(fresh, 'stacks')).checks).toMatchObject([
      { status: 'skipped', detail: 'dev is not deployed yet' },
    ]);
  });

  it('stacks: sick in ROLLBACK_COMPLETE (F-01), with what went wrong first; --fix asks, deletes the shell, looks again', async () => {
    const project = await startDeployable({ yaml: smallYaml(`${QUEUE}\n${BUCKET}`) });
    const scene = stuckStacks(project);
    await scene.create('demo-dev-messaging', FAILING);
    const { exitCode, checks } = await checked(project, 'stacks');
    expect(exitCode).toBe(1);
    expect(checks).toMatchObject([
      {
        status: 'problem',
        subject: 'stacks.messaging',
        failure: 'F-01',
        handling: 'ASK',
        detail: expect.stringContaining('Bad (AWS::S3::Bucket)'),
        evidence: [
          { call: 'cloudformation:DescribeStacks', read: 'Stacks[0].StackStatus', value: 'ROLLBACK_COMPLETE' },
          { call: 'cloudformation:DescribeStackEvents', read: 'Bad ResourceStatusReason' },
        ],
        remedy: 'platform recover messaging --env dev --sandbox',
      },
    ]);
    project.forget();
    const nobody = await checked(project, 'stacks', FIX);
    expect(nobody).toMatchObject({ exitCode: 2, document: { fixes: [{ outcome: 'not-asked' }] } });
    expect(project.writes()).toEqual([]);
    const fixed = await checked(project, 'stacks', `${FIX} --yes`);
    expect(fixed.document.fixes).toMatchObject([{ outcome: 'fixed' }]);
    expect(await scene.status('demo-dev-messaging')).toBeUndefined();
  });

  it('stacks: sick where a change set was never executed (F-02), a rollback got stuck (F-03), a protected database resists (F-05)', async () => {
    const project = await startDeployable({ yaml: smallYaml(`${QUEUE}\n${BUCKET}`) });
    const scene = stuckStacks(project);
    await scene.review('demo-dev-images', FAILING);
    await scene.loseQueue('demo-dev-messaging');
    await scene.create('demo-dev-data', FAILING_BESIDE_PROTECTED);
    const { checks } = await checked(project, 'stacks');
    expect(
      checks.map(({ subject, failure, handling }: Record<string, string>) => [subject, failure, handling]),
    ).toEqual([
      ['stacks.images', 'F-02', 'ASK'],
      ['stacks.data', 'F-05', 'TYPED'],
      ['stacks.messaging', 'F-03', null],
    ]);
    // --yes answers no question that wants a name.
    const fixed = await checked(project, 'stacks', `${FIX} --yes`);
    const outcomes = Object.fromEntries(
      fixed.document.fixes.map(({ subject, outcome }: Record<string, string>) => [subject, outcome]),
    );
    expect(outcomes).toMatchObject({ 'stacks.images': 'fixed', 'stacks.data': 'not-asked' });
    expect(fixed.exitCode).toBe(2);
    expect(await scene.status('demo-dev-data')).toBe('ROLLBACK_FAILED');
  });

  it('says what could not be looked at, and for want of which permission', async () => {
    const project = await deployed();
    project.aws.faults.push({
      operation: 'DescribeStacks',
      times: 99,
      with: new AwsFault('AccessDenied', 'not allowed', { status: 403 }),
    });
    expect(await checked(project, 'stacks')).toMatchObject({
      exitCode: 0,
      checks: [{ status: 'unknown', permission: 'cloudformation:DescribeStacks' }],
      document: { summary: { unknown: 1, errors: 0 } },
    });
  });
});

describe('lock', () => {
  const place = ({ aws }: Deployable) => ({ objects: stateObjects(aws), environment: 'dev', now: Date.now });
  const anna = { principal: 'arn:aws:iam::111111111111:user/anna', host: 'laptop', command: 'deploy' };

  it('lock: healthy where it is free, or its holder is at work (not F-133)', async () => {
    const project = await deployed();
    expect((await checked(project, 'lock')).checks).toMatchObject([{ status: 'ok', detail: 'it is free' }]);
    await takeLock(place(project), { ...anna, process: ownProcess() });
    expect((await checked(project, 'lock')).checks).toMatchObject([
      { status: 'ok', detail: expect.stringContaining('its process runs on this machine') },
    ]);
  });

  it('lock: sick where its holder has died (F-133); --fix asks, frees it, and looks again', async () => {
    const project = await deployed();
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    const dead = { ...ownProcess(), pid: child.pid! };
    child.kill('SIGKILL');
    await once(child, 'close');
    await takeLock(place(project), { ...anna, process: dead });
    expect(await checked(project, 'lock')).toMatchObject({
      exitCode: 0,
      checks: [
        {
          status: 'problem',
          severity: 'warning',
          detail: expect.stringContaining('its process on this machine has ended'),
          remedy: 'platform lock release --env dev --sandbox',
        },
      ],
    });
    const fixed = await checked(project, 'lock', `${FIX} --yes`);
    expect(fixed).toMatchObject({ exitCode: 0, checks: [{ status: 'ok' }] });
    expect(await lookAtLock(place(project))).toBeUndefined();
  });
});

describe('leases', () => {
  const lease = (until: number): Lease => ({
    id: 'lease-1',
    thing: 'databases.main',
    resource: { type: 'AWS::RDS::DBCluster', id: 'demo-dev-main', region: 'us-east-1' },
    was: { deletionProtection: true },
    reason: 'drop the old one',
    principal: 'arn:aws:iam::111111111111:user/anna',
    host: 'laptop',
    holder: { kind: 'time' },
    takenAt: Date.now(),
    until,
  });

  it('leases: healthy where there is none', async () => {
    expect((await checked(await deployed(), 'leases')).checks).toMatchObject([{ status: 'ok' }]);
  });

  it('leases: sick while somebody has lifted the protection of a database (F-85); --fix asks and ends it', async () => {
    const project = await deployed();
    await changeLeases(stateObjects(project.aws), 'dev', () => [lease(Date.now() + 3_600_000)]);
    expect(await checked(project, 'leases')).toMatchObject({
      exitCode: 0,
      checks: [
        {
          severity: 'warning',
          failure: 'F-85',
          subject: 'databases.main',
          handling: 'ASK',
          remedy: 'platform db protect --env dev --sandbox main',
        },
      ],
    });
    const fixed = await checked(project, 'leases', `${FIX} --yes`);
    expect(fixed).toMatchObject({
      exitCode: 0,
      checks: [{ status: 'ok' }],
      document: { fixes: [{ outcome: 'fixed' }] },
    });
  });
});
