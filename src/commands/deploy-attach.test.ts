import { describe, expect, it } from 'vitest';
import { breakLock, lookAtLock } from '../release/lock.ts';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { type Deployable, QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';
import { stateObjects } from '../testing/state-objects.ts';

const EXPIRED = new AwsFault('ExpiredTokenException', 'The security token included in the request is expired');
const visible = (seconds: number) => smallYaml(`queues: { jobs: { visibilitySeconds: ${seconds} } }`);

/** A deployment that loses its credentials right before or after it has begun to change its stack. */
async function cutOff(project: Deployable, when: 'before' | 'after') {
  project.configure(visible(50));
  project.forget();
  await project.succeed('deploy --env dev --yes');
  const execute = project.asked().indexOf('cloudformation:ExecuteChangeSet');
  project.configure(visible(60));
  project.aws.faults.push({ skip: execute + (when === 'after' ? 1 : 0), times: 1_000, with: EXPIRED });
  const { exitCode, stderr } = await project.platform('deploy --env dev --yes');
  expect({ exitCode, stderr }).toMatchObject({ exitCode: 4 });
  expect(stderr).toContain('platform deploy --attach --env dev');
  project.aws.faults.length = 0;
  // In this process the holder lives on, other than a command that has ended.
  const place = { objects: stateObjects(project.aws), environment: 'dev', now: Date.now };
  const held = await lookAtLock(place);
  if (held) await breakLock(place, held);
}

const asked = async ({ aws }: Deployable, operation: string) => {
  while (!aws.calls.some((call) => call.operation === operation)) await new Promise((done) => setImmediate(done));
};

describe('deploy --attach', () => {
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
