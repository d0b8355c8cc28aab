import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { builtProject, REPOSITORY } from './built-program.ts';

it('S0-07 S0-08 S0-13: Tango’s dev environment deploys, is a no-op the second time, and is destroyed', async () => {
  const yaml = readFileSync(join(REPOSITORY, 'src', 'testing', 'systems', 'tango.yaml'), 'utf8');
  const { platform, succeed } = builtProject({ 'infra/platform.yaml': yaml, 'backend/Dockerfile': 'FROM scratch\n' });
  const dev = ['-C', 'infra', '--env', 'dev', '--sandbox'];

  const first = await succeed('deploy', ...dev, '--yes', '--json');
  expect(first.json().services).toMatchObject([{ name: 'web', desired: 2, running: 2, healthy: 2, simulated: true }]);
  expect(first.json().unsetVariables.map(({ path }: { path: string }) => path)).toEqual([]);

  const again = (await succeed('deploy', ...dev, '--yes', '--json')).json();
  expect(again.stacks.filter(({ action }: { action: string }) => action !== 'none')).toEqual([]);

  // The database is protected and the environment asks by name, so a yes alone changes nothing.
  const refused = await platform('destroy', ...dev, '--yes');
  expect(refused.exitCode).toBe(2);
  const { confirmations } = (await succeed('destroy', ...dev, '--dry-run', '--json')).json();
  const confirmed = confirmations.flatMap((name: string) => ['--confirm', name]);
  const gone = (await succeed('destroy', ...dev, '--yes', ...confirmed, '--json')).json();
  expect(gone.retained.map(({ type }: { type: string }) => type)).toEqual(
    expect.arrayContaining(['AWS::S3::Bucket', 'AWS::RDS::DBClusterSnapshot', 'AWS::SecretsManager::Secret']),
  );
  expect((await succeed('status', ...dev, '--json')).json().stacks).toEqual([]);
});
