import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { builtProject, REPOSITORY, runProgram } from './built-program.ts';

it('the packed program, installed into an empty folder elsewhere, deploys to its sandbox', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'package-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const packed = await runProgram('npm', ['pack', '--ignore-scripts', '--pack-destination', folder], {
    cwd: REPOSITORY,
  });
  expect(packed.exitCode, packed.stderr).toBe(0);
  const [archive] = readdirSync(folder);
  const installed = await runProgram(
    'npm',
    ['install', '--prefer-offline', '--no-audit', '--no-fund', join(folder, archive!)],
    { cwd: folder },
  );
  expect(installed.exitCode, installed.stderr).toBe(0);

  const bin = join(folder, 'node_modules', 'platform', 'bin', 'platform.js');
  const { succeed } = builtProject({}, { bin });
  expect((await succeed('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  await succeed('init', '--preset', 'web-service', '--project', 'shop', '--environments', 'dev', '--yes');
  const deployed = (await succeed('deploy', '--env', 'sandbox', '--yes', '--json')).json();
  expect(deployed.services).toMatchObject([{ name: 'web', running: 1 }]);
});
