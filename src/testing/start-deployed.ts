import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, onTestFinished } from 'vitest';
import { bootstrapSandbox } from './bootstrap-sandbox.ts';
import { type Deployable, startDeployable } from './deployable.ts';
import type { StartPlatformOptions } from './start-platform.ts';

const made = new Map<string, Promise<string>>();
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/**
 * A project whose `dev` is deployed, each test with an AWS of its own: the first test of a file deploys it, the others
 * begin with a copy of what that AWS then held.
 */
export async function startDeployed(
  options: StartPlatformOptions & { yaml: string },
  bootstrap = bootstrapSandbox,
): Promise<Deployable> {
  const key = JSON.stringify(options);
  if (!made.has(key)) made.set(key, deployOnce(options, bootstrap));
  const directory = mkdtempSync(join(tmpdir(), 'platform-deployed-'));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  cpSync(await made.get(key)!, directory, { recursive: true });
  const project = await startDeployable({ ...options, sandbox: { ...options.sandbox, directory }, bootstrapped: true });
  project.forget();
  return project;
}

async function deployOnce(
  options: StartPlatformOptions & { yaml: string },
  bootstrap: typeof bootstrapSandbox,
): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'platform-deployed-'));
  folders.push(directory);
  const sandbox = { ...options.sandbox, directory };
  const { aws, succeed } = await startDeployable({ ...options, sandbox, bootstrapped: true });
  await bootstrap(aws);
  await succeed('deploy --env dev --sandbox --yes');
  await aws.close();
  return directory;
}
