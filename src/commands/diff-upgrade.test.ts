import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { VERSION } from '../package.ts';
import type { ReleaseRecord } from '../release/release-record.ts';
import { type Deployable, smallYaml, startDeployable } from '../testing/deployable.ts';
import { stateObjects } from '../testing/state-objects.ts';

const YAML = smallYaml(
  'queues: { jobs: {} }\nfunctions: { worker: { source: src/worker.ts, trigger: { on: queue, queue: queue.jobs } } }',
);
const worker = (said: string) => `export const handler = async () => ({ batchItemFailures: [], said: '${said}' });\n`;

/** The newest release as an older version of platform would have recorded it. */
async function asMadeBy(project: Deployable, version: string, change: (record: ReleaseRecord) => void) {
  const objects = stateObjects(project.aws);
  const [key] = await objects.list('environments/dev/releases/');
  const record = JSON.parse((await objects.get(key!))!.body) as ReleaseRecord;
  record.version = version;
  if (record.made) record.made.version = version;
  change(record);
  await objects.put(key!, JSON.stringify(record));
}

async function start() {
  const project = await startDeployable({ yaml: YAML, files: { 'src/worker.ts': worker('one') } });
  await project.succeed('deploy --env dev --yes');
  return project;
}

const messagingOf = ({ stacks }: ReleaseRecord) =>
  stacks.find(({ id }) => id === 'messaging')!.template as {
    Resources: Record<string, { Type: string; Properties: Record<string, unknown> }>;
  };

describe('platform diff after an upgrade', () => {
  it('S1-74: tells what comes from the new version apart from what comes from the configuration and the code', async () => {
    const project = await start();
    expect((await project.succeed('diff --env dev --json')).json()).not.toHaveProperty('upgrade');
    // The older version encrypted no queue.
    let queues = 0;
    await asMadeBy(project, '0.0.9', (record) => {
      for (const { Type, Properties } of Object.values(messagingOf(record).Resources))
        if (Type === 'AWS::SQS::Queue') {
          delete Properties.SqsManagedSseEnabled;
          queues++;
        }
    });
    expect(queues).toBeGreaterThan(0);
    // The user's own changes are none of the version's.
    project.configure(YAML.replace('jobs: {}', 'jobs: { visibilitySeconds: 99 }'));
    writeFileSync(`${project.directory}/src/worker.ts`, worker('two'));
    project.forget();
    const { stacks, upgrade } = (await project.succeed('diff --env dev --json')).json();
    expect(stacks.map(({ action }: { action: string }) => action)).toEqual(['update', 'update']);
    expect(upgrade).toMatchObject({ from: '0.0.9', to: VERSION });
    const changed = upgrade.stacks.flatMap(({ name, changes }: { name: string; changes: { type: string }[] }) =>
      changes.map(({ type }) => [name, type]),
    );
    expect(changed).toEqual(Array(queues).fill(['demo-dev-messaging', 'AWS::SQS::Queue']));
    expect(project.writes()).toEqual([]);

    const { stdout } = await project.succeed('diff --env dev');
    expect(stdout).toContain(`platform ${VERSION} itself changes, whatever the configuration says`);
    expect(stdout).toContain('SqsManagedSseEnabled: none → true');
    expect((await project.succeed('deploy --env dev --yes')).stderr).toContain(`platform ${VERSION} itself changes`);
    // What is released now was made by this version.
    expect((await project.succeed('diff --env dev --json')).json()).not.toHaveProperty('upgrade');
  });

  it('S1-74: says that a new version changes nothing, and where nobody can tell', async () => {
    const project = await start();
    await asMadeBy(project, '0.0.9', () => undefined);
    expect((await project.succeed('diff --env dev')).stdout).toContain(`platform ${VERSION} itself changes nothing`);
    await asMadeBy(project, '0.0.8', (record) => {
      delete record.made;
    });
    const { upgrade } = (await project.succeed('diff --env dev --json')).json();
    expect(upgrade).toMatchObject({ from: '0.0.8', stacks: null });
    expect((await project.succeed('diff --env dev')).stdout).toContain('cannot be told');
    // Settings that this version cannot read are no reason to fail.
    await asMadeBy(project, '0.0.7', (record) => {
      record.made = { version: '0.0.7', settings: {} as never, hashes: {} };
    });
    expect((await project.succeed('diff --env dev')).stdout).toContain('cannot be told');
  });
});
