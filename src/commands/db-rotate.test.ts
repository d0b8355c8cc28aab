import { expect, it } from 'vitest';
import { secrets } from '../sandbox/services/secretsmanager/state.ts';
import { startDeployed } from '../testing/start-deployed.ts';

const YAML = `project: demo
databases: { main: { databaseName: app, acu: { min: 0.5, max: 2 }, rotationDays: 30 } }
environments:
  dev: { kind: dev, account: "111111111111" }
`;
const ON = '--env dev --sandbox';

it('db rotate asks first, changes nothing with --dry-run, and says what rotates nothing: exit 2', async () => {
  const project = await startDeployed({ yaml: YAML });
  await project.aws.settle();
  project.forget();
  const dry = await project.succeed(`db rotate main ${ON} --dry-run --json`);
  expect(dry.json()).toEqual({ environment: 'dev', database: 'main', version: null, dryRun: true });
  expect((await project.platform(`db rotate main ${ON}`)).exitCode).toBe(2);
  expect(project.writes()).toEqual([]);

  const table = secrets.in(project.aws.scope);
  table.update(table.values()[0]!.arn, (draft) => {
    delete draft.rotation;
  });
  const off = await project.platform(`db rotate main ${ON} --yes`);
  expect([off.exitCode, off.stderr]).toEqual([2, expect.stringContaining('write databases.main.rotationDays')]);
});
