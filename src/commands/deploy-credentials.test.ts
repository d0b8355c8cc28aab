import { describe, expect, it } from 'vitest';
import { breakLock, lookAtLock } from '../release/lock.ts';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { type Deployable, QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';
import { stateObjects } from '../testing/state-objects.ts';

const EXPIRED = new AwsFault('ExpiredTokenException', 'The security token included in the request is expired');

describe('credentials that end', () => {
  it('are warned about when the deployment takes longer than they last (F-30)', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE) });
    const deploy = (minutes: number) =>
      project.platform('deploy --env dev --yes', {
        env: {
          AWS_CREDENTIAL_EXPIRATION: new Date(Date.now() + minutes * 60_000).toISOString(),
          AWS_SESSION_TOKEN: 'x',
        },
      });
    const first = await deploy(12);
    expect(first.exitCode).toBe(0);
    expect(first.stderr).toMatch(/These credentials end in 12 min, and a first deployment takes about 20 min/);
    // The deployment that is on record took seconds.
    expect((await deploy(12)).stderr).not.toContain('credentials end');
    expect((await deploy(45)).stderr).not.toContain('credentials end');
  });

  it('in the middle leave word of what goes on, exit 4, and the next deployment continues (F-30)', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE) });
    await project.succeed('deploy --env dev --yes');
    let seconds = 40;
    const change = () => project.configure(smallYaml(`queues: { jobs: { visibilitySeconds: ${seconds++} } }`));
    change();
    project.forget();
    await project.succeed('deploy --env dev --yes');
    const calls = project.asked();
    const taken = calls.indexOf('s3:PutObject');
    const told: Record<string, number> = {};
    for (let skip = 1; skip < calls.length; skip += 7) {
      change();
      project.aws.faults.push({ skip, times: 1_000, with: EXPIRED });
      project.forget();
      const { exitCode, json, stderr } = await project.platform('deploy --env dev --yes --json');
      // It looked less often than the first one, and was done before they ended.
      if (project.asked().length <= skip) break;
      expect({ skip, exitCode, stderr }).toMatchObject({ skip, exitCode: 4 });
      const { id, message, remedy } = json().error;
      told[id] = (told[id] ?? 0) + 1;
      if (id === 'deploy-unattended') {
        expect(message).toContain('The AWS session has expired, in the middle of a deployment of dev');
        expect(remedy).toContain('platform deploy --attach --env dev');
      } else expect(id).toBe('aws-session-expired');
      if (skip < taken) expect(id).toBe('aws-session-expired');
      project.aws.faults.length = 0;
      await releaseOf(project);
      await project.succeed('deploy --env dev --yes');
    }
    expect(told['deploy-unattended']).toBeGreaterThan(2);
  });
});

/** In this process the holder lives on, other than a command that has ended. */
async function releaseOf(project: Deployable): Promise<void> {
  const place = { objects: stateObjects(project.aws), environment: 'dev', now: Date.now };
  const held = await lookAtLock(place);
  if (held) await breakLock(place, held);
}
