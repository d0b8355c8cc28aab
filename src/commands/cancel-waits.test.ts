import { expect, it } from 'vitest';
import { readAudit } from '../release/audit-trail.ts';
import { lookAtLock } from '../release/lock.ts';
import { setBehaviour } from '../sandbox/services/ecs/runtime/behaviours.ts';
import { tasks } from '../sandbox/services/ecs/state.ts';
import type { Deployable } from '../testing/deployable.ts';
import { migrationsAloneYaml } from '../testing/migrating-yaml.ts';
import { startDeployed } from '../testing/start-deployed.ts';
import { stateObjects } from '../testing/state-objects.ts';
import { startTwoServices } from '../testing/two-services.ts';

const ON = '--env dev --sandbox';

/** A command line that waits for what AWS does, as soon as it has asked for it. */
async function waiting(project: Deployable, words: string, operation: string) {
  project.forget();
  const ended = project.platform(`${words} ${ON} --yes --json`);
  while (!project.asked().includes(operation)) await new Promise((done) => setImmediate(done));
  return { ended };
}

it('who waits for counts or fresh tasks is told at once, and says who has cancelled it', async () => {
  const project = await startTwoServices();
  for (const [words, operation] of [
    ['scale worker 2', 'ecs:UpdateService'],
    ['pause worker', 'ecs:UpdateService'],
    ['resume worker', 'ecs:UpdateService'],
    ['redeploy worker', 'ecs:UpdateService'],
  ] as const) {
    await project.aws.world.setSpeed(1e-3);
    const { ended } = await waiting(project, words, operation);
    const cancel = project.platform(`cancel ${ON} --yes --json`);
    const { exitCode, json } = await ended;
    expect({ words, exitCode, id: json().error.id }).toEqual({ words, exitCode: 1, id: 'deploy-cancelled-by' });
    await project.aws.world.setSpeed(1e6);
    const cancelled = await cancel;
    expect({ words, exitCode: cancelled.exitCode }).toEqual({ words, exitCode: 0 });
    expect(cancelled.json().told).toContain('arn:aws');
    await project.aws.settle();
    const place = { objects: stateObjects(project.aws), environment: 'dev', now: Date.now };
    expect(await lookAtLock(place)).toBeUndefined();
  }
});

it('a migration on its own is told too: its task is stopped, and nothing that named a stack would stop it (F-88)', async () => {
  const project = await startDeployed({ yaml: migrationsAloneYaml({ migrations: 'up: [migrate]' }) });
  setBehaviour(project.aws.scope, '$ migrate', { exit: { code: 0, afterMs: 6_000_000 } });
  await project.aws.world.setSpeed(1_000);
  const { ended } = await waiting(project, 'migrate', 'ecs:RunTask');

  const one = (await project.succeed(`cancel data ${ON} --yes --json`)).json();
  expect(one).toMatchObject({ stacks: [], told: null });
  const dry = await project.succeed(`cancel ${ON} --dry-run`);
  expect(dry.stderr).toMatch(/runs migrate, and is told to stop/);
  expect(dry.stdout).toContain('would be told to stop');
  const cancelled = (await project.succeed(`cancel ${ON} --yes --json`)).json();
  expect(cancelled).toMatchObject({ stacks: [], told: expect.stringContaining('arn:aws') });

  const { exitCode, json } = await ended;
  expect({ exitCode, error: json().error.id }).toEqual({ exitCode: 1, error: 'deploy-cancelled-by' });
  expect(json().steps).toMatchObject([{ command: ['migrate'], end: 'cancelled' }]);
  expect(tasks.in(project.aws.scope).values().at(-1)!.task.lastStatus).toBe('STOPPED');
  const objects = stateObjects(project.aws);
  const place = { objects, environment: 'dev', now: Date.now, name: 'migration-lock' };
  expect(await lookAtLock(place)).toBeUndefined();
  expect((await readAudit(objects, 'dev')).at(-1)).toMatchObject({ event: 'cancelled', told: { command: 'migrate' } });
});
