import { expect, it } from 'vitest';
import { takeLock } from '../release/lock.ts';
import { QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';
import { stateObjects } from '../testing/state-objects.ts';

const holder = { principal: 'arn:aws:iam::111111111111:user/anna', host: 'laptop', command: 'deploy' };
const CHANGED = 'queues: { jobs: { visibilitySeconds: 99 } }';

it('tells the second of two who deploys, exit 8, and changes nothing', async () => {
  const project = await startDeployable({ yaml: smallYaml(QUEUE) });
  await project.succeed('deploy --env dev --yes');
  const lock = await takeLock({ objects: stateObjects(project.aws), now: Date.now, environment: 'dev' }, holder);
  project.configure(smallYaml(CHANGED));
  project.forget();
  for (const command of ['deploy', 'destroy']) {
    const { exitCode, json } = await project.platform(`${command} --env dev --yes --json`);
    expect(exitCode).toBe(8);
    expect(json().error).toMatchObject({ id: 'environment-locked', kind: 'pending' });
    expect(json().error.message).toContain('user/anna on laptop has been running "deploy" on dev');
    expect(json().error.remedy).toContain('frees itself after 150 s');
  }
  expect(project.writes()).toEqual([]);
  await lock.release();
  await project.succeed('deploy --env dev --yes');
});

it('goes on when the holder has been silent for as long as was said', async () => {
  const project = await startDeployable({ yaml: smallYaml(QUEUE) });
  await project.succeed('deploy --env dev --yes');
  const longAgo = () => Date.now() - 151_000;
  await takeLock({ objects: stateObjects(project.aws), now: longAgo, environment: 'dev' }, holder);
  project.configure(smallYaml(CHANGED));
  await project.succeed('deploy --env dev --yes');
});

it('lets exactly one of two that start at once change things', async () => {
  const project = await startDeployable({ yaml: smallYaml(QUEUE) });
  const runs = await Promise.all([1, 2].map(() => project.platform('deploy --env dev --yes --json')));
  const [winner, loser] = runs.sort((a, b) => a.exitCode - b.exitCode);
  expect(winner!.exitCode).toBe(0);
  expect(['environment-locked', 'environment-overtaken']).toContain(loser!.json().error?.id);
  expect(project.asked().filter((call) => call === 'cloudformation:ExecuteChangeSet')).toHaveLength(1);
});
