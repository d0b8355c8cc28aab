import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { controlSandbox, findSandbox } from '../../sandbox/connect.ts';
import { migrationsAloneYaml } from '../migrating-yaml.ts';
import { builtProject } from './built-program.ts';

const ACCOUNT = '111111111111';

vi.setConfig({ testTimeout: 300_000 });

it('a migration that fails closes the gate with its own exit code and words, and is run again by hand (F-88)', async () => {
  const yaml = migrationsAloneYaml({ migrations: 'up: [migrate]' });
  const project = builtProject({ 'platform.yaml': yaml, Dockerfile: 'FROM scratch\n' });
  const flags = ['--env', 'dev', '--sandbox'];
  // Any command starts the sandbox.
  await project.succeed('status', ...flags);
  const sandbox = await findSandbox({ directory: join(project.directory, '.platform', 'sandbox') });
  const behave = (behaviour: object | null) =>
    controlSandbox(sandbox!, 'behave', { account: ACCOUNT, region: 'us-east-1', key: '$ migrate', behaviour });
  await expect(behave({ exit: { code: 'three' } })).rejects.toThrow('400');
  await behave({ exit: { code: 3, afterMs: 2_000 }, logs: ['column "price" does not exist'] });

  const failed = await project.platform('deploy', ...flags, '--yes', '--json');
  expect(failed.exitCode).toBe(1);
  expect(failed.stderr).toContain('column "price" does not exist');
  const { error } = failed.json();
  expect(error).toMatchObject({
    id: 'migration-failed',
    message: expect.stringContaining('exit code 3'),
    details: { migration: { exitCode: 3, simulated: true, steps: [{ command: ['migrate'], end: 'exited' }] } },
  });
  const { task } = error.details.migration;
  expect((await project.succeed('logs', '--task', task, ...flags)).stdout).toContain('column "price" does not exist');

  const again = await project.platform('migrate', ...flags, '--yes', '--json');
  expect(again.exitCode).toBe(1);
  expect(again.json()).toMatchObject({ exitCode: 3 });

  await behave(null);
  const deployed = (await project.succeed('deploy', ...flags, '--yes', '--json')).json();
  expect(deployed.migration).toMatchObject({ exitCode: 0, steps: [{ command: ['migrate'] }] });
  expect((await project.succeed('deploy', ...flags, '--yes', '--json')).json().migration).toBeNull();
});
