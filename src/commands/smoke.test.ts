import { expect, it } from 'vitest';
import { startDeployable } from '../testing/deployable.ts';
import { startTwoServices, twoServices } from '../testing/two-services.ts';

const on = '--env dev --sandbox';

it('says what the sandbox cannot be asked, and passes nothing that nobody asked', async () => {
  const project = await startTwoServices();
  const run = await project.succeed(`smoke ${on} --json`);
  const { checks, summary } = run.json();
  expect(checks).toMatchObject([
    {
      component: 'services.web',
      method: 'GET',
      status: 'skipped',
      answer: null,
      why: ['the sandbox has no data plane for it'],
    },
  ]);
  expect(summary).toEqual({ passed: 0, failed: 0, skipped: 1 });
  expect((await project.succeed(`smoke web ${on}`)).stdout).toContain(
    '0 of 1 answered as expected, 1 could not be asked',
  );
  expect(project.writes()).toEqual([]);
});

it('says what is not deployed: exit 0, skipped', async () => {
  const project = await startDeployable({ yaml: twoServices() });
  expect((await project.succeed(`smoke services.web ${on} --json`)).json().checks).toMatchObject([
    { status: 'skipped', url: null, why: ['it is not deployed, or has no address'] },
  ]);
});

it.each([
  ['smoke wbe', 'name web'],
  ['smoke worker', 'services.web'],
  ['smoke --token-from NOBODY_SET_THIS', 'id: smoke-token-missing'],
])('%s is a mistake of the command line: exit 2', async (words, text) => {
  const project = await startDeployable({ yaml: twoServices() });
  const run = await project.platform(`${words} ${on}`);
  expect(run.exitCode).toBe(2);
  expect(run.stderr).toContain(text);
});
