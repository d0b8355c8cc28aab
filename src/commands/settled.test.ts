import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';
import { startPlatform } from '../testing/start-platform.ts';

const ROOT = join(import.meta.dirname, '..', '..');
/** What `eject` writes for whoever leaves: a CDK application is what they ask for. */
const LEAVING = join(ROOT, 'templates', 'eject');
const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));

it('D10: no command writes cdk.context.json, in which the CDK of others keeps what it has looked up', async () => {
  const project = await startDeployable({ yaml: smallYaml(QUEUE) });
  const file = join(project.directory, 'cdk.context.json');
  await project.succeed('deploy --env dev --yes');
  expect(existsSync(file)).toBe(false);
  const kept = '{ "availability-zones:account=1": ["a"] }';
  writeFileSync(file, kept);
  project.configure(smallYaml('queues: { jobs: { visibilitySeconds: 99 } }'));
  await project.succeed('deploy --env dev --yes');
  expect(readFileSync(file, 'utf8')).toBe(kept);
});

it('C36: the CDK is the one that this version is pinned to, and it says which', async () => {
  const { platform } = await startPlatform();
  const { stdout, json } = await platform('version --verbose --json');
  expect(json()).toMatchObject({
    platform: own.version,
    'aws-cdk-lib': own.dependencies['aws-cdk-lib'],
    '@aws-cdk/toolkit-lib': own.dependencies['@aws-cdk/toolkit-lib'],
    constructs: own.dependencies.constructs,
  });
  // An exact version, and no range.
  expect(stdout).toMatch(/"aws-cdk-lib": "\d+\.\d+\.\d+"/);
});

it('C30: infrastructure is TypeScript inside of the program, and what init writes has no line of the CDK', () => {
  const languages = new Set(
    (readdirSync(join(ROOT, 'infra'), { recursive: true }) as string[])
      .map((file) => /\.(ts|js|py|java|json)$/.exec(file)?.[1])
      .filter((language) => language !== undefined),
  );
  expect([...languages].sort()).toEqual(['json', 'ts']);
  const written = (
    readdirSync(join(ROOT, 'templates'), { recursive: true, withFileTypes: true }) as never as {
      isFile(): boolean;
      parentPath: string;
      name: string;
    }[]
  ).filter((entry) => entry.isFile() && !entry.parentPath.startsWith(LEAVING));
  expect(written.length).toBeGreaterThan(5);
  for (const { parentPath, name } of written) {
    expect(name).not.toBe('cdk.json');
    expect(readFileSync(join(parentPath, name), 'utf8'), name).not.toMatch(/aws-cdk|from 'constructs'/);
  }
});
