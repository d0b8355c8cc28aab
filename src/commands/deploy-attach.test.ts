import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { describe, expect, it } from 'vitest';
import { breakLock, lookAtLock } from '../release/lock.ts';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { type Deployable, QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';
import { stateObjects } from '../testing/state-objects.ts';

const EXPIRED = new AwsFault('ExpiredTokenException', 'The security token included in the request is expired');
const visible = (seconds: number) => smallYaml(`queues: { jobs: { visibilitySeconds: ${seconds} } }`);

const UP = 'deploy --env dev --yes';

/**
 * A command that loses its credentials right before or after it has begun to change its stack. Measured by one that does
 * not, in calls of CloudFormation: of the state bucket the second one has more to read.
 */
async function cutOff(project: Deployable, when: 'before' | 'after', { words = UP, between = async () => {} } = {}) {
  project.configure(visible(50));
  project.forget();
  await project.succeed(words);
  const asked = project.asked().filter((call) => call.startsWith('cloudformation:'));
  const skip = asked.indexOf('cloudformation:ExecuteChangeSet') + (when === 'after' ? 1 : 0);
  project.configure(visible(60));
  await between();
  project.aws.faults.push({ service: 'cloudformation', skip, times: 1_000, with: EXPIRED });
  const { exitCode, stderr } = await project.platform(words);
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 4 });
  if (words === UP) expect(stderr).toContain('platform deploy --attach --env dev');
  project.aws.faults.length = 0;
  // In this process the holder lives on, other than a command that has ended.
  const place = { objects: stateObjects(project.aws), environment: 'dev', now: Date.now };
  const held = await lookAtLock(place);
  if (held) await breakLock(place, held);
}

/** A rollback from 60 seconds to 50 that is cut off; before it there is one that is not. */
async function cutRollback(when: 'before' | 'after') {
  const project = await startDeployable({ yaml: visible(50) });
  const first = (await project.succeed(`${UP} --json`)).json().release.id;
  const forward = async () => {
    project.configure(visible(60));
    await project.succeed(UP);
  };
  await forward();
  await cutOff(project, when, { words: `rollback --to ${first} --env dev --yes`, between: forward });
  return { project, first };
}

const asked = async ({ aws }: Deployable, operation: string) => {
  while (!aws.calls.some((call) => call.operation === operation)) await new Promise((done) => setImmediate(done));
};

describe('deploy --attach', () => {
  it('proves nothing of a release whose stack has been taken away', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE) });
    await project.succeed(UP);
    expect((await project.platform('deploy --env dev --attach')).exitCode).toBe(0);
    await project.aws.client(CloudFormationClient).send(new DeleteStackCommand({ StackName: 'demo-dev-messaging' }));
    await project.aws.settle();
    const { exitCode, json } = await project.platform('deploy --env dev --attach --json');
    expect(exitCode).toBe(1);
    expect(json().error).toMatchObject({
      id: 'release-gone',
      message: expect.stringContaining('demo-dev-messaging is gone'),
      remedy: expect.stringContaining('platform deploy --env dev brings back'),
    });
  });

  it('says that there is nothing, and says again what was proven, without a write', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE) });
    const never = await project.platform('deploy --env dev --attach --json');
    expect(never.exitCode).toBe(1);
    expect(never.json().error.id).toBe('nothing-under-way');
    const both = await project.platform('deploy --env dev --attach --image web=v1');
    expect(both.exitCode).toBe(2);
    expect(both.stderr).toContain("Option '--attach' cannot be used with option '--image");
    const { release } = (await project.succeed('deploy --env dev --yes --json')).json();
    project.forget();
    const again = (await project.succeed('deploy --env dev --attach --json')).json();
    expect(again.release).toEqual(release);
    expect(again.outputs).toHaveProperty(['queues.jobs.url']);
    expect(project.writes()).toEqual([]);
  });

  it('follows, proves and records what lost its credentials after its last change (F-30, D14)', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE) });
    await project.succeed('deploy --env dev --yes');
    await cutOff(project, 'after');
    project.forget();
    const dry = (await project.succeed('deploy --env dev --attach --dry-run --json')).json();
    expect(dry).toMatchObject({ dryRun: true });
    expect(project.writes()).toEqual([]);
    const { release } = (await project.succeed('deploy --env dev --attach --json')).json();
    expect(release.id).toBe(dry.release.id);
    expect((await project.succeed('status --env dev --json')).json().release).toBe(release.id);
    expect(new Set(project.writes())).toEqual(new Set(['s3:PutObject']));
    project.forget();
    await project.succeed('deploy --env dev --yes');
    expect(project.writes()).toEqual([]);
  });

  it('says what remains of one that was cut off before its change, and what to type (F-30)', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE) });
    await project.succeed('deploy --env dev --yes');
    await cutOff(project, 'before');
    project.forget();
    const { exitCode, json } = await project.platform('deploy --env dev --attach --json');
    expect(exitCode).toBe(1);
    const { error } = json();
    expect(error).toMatchObject({ id: 'deploy-incomplete', remedy: 'platform deploy --env dev continues from there' });
    expect(error.problems).toMatchObject([{ message: 'demo-dev-messaging was not changed yet' }]);
    expect(project.writes()).toEqual([]);
    await project.succeed('deploy --env dev --yes');
  });

  it('proves and records a rollback that was cut off after its last change, as the rollback that it is', async () => {
    const { project, first } = await cutRollback('after');
    project.forget();
    const dry = (await project.succeed('deploy --env dev --attach --dry-run --json')).json();
    expect(project.writes()).toEqual([]);
    const { release } = (await project.succeed('deploy --env dev --attach --json')).json();
    expect(release.id).toBe(dry.release.id);
    const { releases, live, unproven } = (await project.succeed('releases --env dev --json')).json();
    expect({ live, unproven }).toEqual({ live: release.id, unproven: null });
    expect(releases[0]).toMatchObject({ id: release.id, live: true, rollback: { to: first, service: null } });
    // Its record is whole: it can be gone away from and back to like any other.
    project.configure(visible(70));
    await project.succeed(UP);
    expect((await project.succeed('rollback --env dev --yes --json')).json().rollback.to).toBe(release.id);
    project.forget();
    expect((await project.succeed(`rollback --to ${first} --env dev --yes --json`)).json().release).toBeNull();
    expect(project.writes()).toEqual([]);
  });

  it('says what remains of a rollback that was cut off before its change, and leads back to the rollback', async () => {
    const { project, first } = await cutRollback('before');
    project.forget();
    const { exitCode, json } = await project.platform('deploy --env dev --attach --json');
    expect(exitCode).toBe(1);
    const again = 'platform rollback --env dev';
    expect(json().error).toMatchObject({
      id: 'rollback-unfinished',
      message: expect.stringContaining(`to release ${first} was cut off before it was complete: 1 of 1 stacks remain`),
      remedy: `${again} takes it up and proves it`,
      problems: [{ message: 'demo-dev-messaging was not changed yet', remedy: again }],
    });
    expect(project.writes()).toEqual([]);
    expect((await project.succeed('rollback --env dev --yes --json')).json().rollback.to).toBe(first);
  });

  it('says what to do about a record of what was under way that nobody can read', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE) });
    await project.succeed(UP);
    await cutOff(project, 'before');
    for (const body of ['{', '[]', '{"id":1}']) {
      await stateObjects(project.aws).put('environments/dev/intention.json', body);
      const run = await project.platform('deploy --env dev --attach');
      expect(run).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('id: state-unreadable') });
    }
    await project.succeed(UP);
    await project.succeed('deploy --env dev --attach');
  });

  it('watches one that runs elsewhere, changes nothing, and ends with the same verdict', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE), sandbox: { speed: 1e-3 } });
    project.forget();
    const running = project.platform('deploy --env dev --yes --json');
    await asked(project, 'ExecuteChangeSet');
    project.forget();
    const watching = project.platform('deploy --env dev --attach --json');
    await asked(project, 'GetTemplate');
    await project.aws.world.setSpeed(1e6);
    const [ran, watched] = await Promise.all([running, watching]);
    expect({ exitCode: ran.exitCode, stderr: ran.stderr }).toMatchObject({ exitCode: 0 });
    expect({ exitCode: watched.exitCode, stderr: watched.stderr }).toMatchObject({ exitCode: 0 });
    expect(watched.json().release).toEqual(ran.json().release);
    expect(watched.stderr).toMatch(/on \S+ runs deploy/);
    expect(watched.stderr).toContain('queue jobs');
  });
});
