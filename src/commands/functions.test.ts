import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { Lambda } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { type Deployable, smallYaml, startDeployable } from '../testing/deployable.ts';

const BLOCKS = `queues: { jobs: {} }
buses: { domain: {} }
functions:
  worker: { source: src/worker.ts, timeoutSeconds: 20, trigger: { on: queue, queue: queue.jobs } }
  clock: { source: src/clock, uses: [queue.jobs], trigger: { on: schedule, rate: rate(1 minute) } }
  audit: { source: src/clock, trigger: { on: bus, bus: bus.domain, detailTypes: [OrderPlaced] } }
`;
const FILES = {
  'src/worker.ts': 'export const handler = async (): Promise<unknown> => ({ batchItemFailures: [] });\n',
  'src/clock/index.ts': "import { now } from './now.ts';\nexport const handler = async (): Promise<number> => now();\n",
  'src/clock/now.ts': 'export const now = (): number => 1;\n',
};

const started = (blocks = BLOCKS) => startDeployable({ yaml: smallYaml(blocks), files: FILES });

const nameOf = (_: Deployable, name: string, outputs: Record<string, string>) => ({
  FunctionName: outputs[`functions.${name}.name`]!,
});

const lambdaOf = ({ aws }: Deployable) => aws.client(Lambda, { account: '111111111111' });

const write = ({ directory }: Deployable, path: string, text: string) => {
  mkdirSync(join(directory, path, '..'), { recursive: true });
  writeFileSync(join(directory, path), text);
};

describe('functions', () => {
  it('are bundled and deployed, change with their sources, and with nothing else (S0-06, S4-22)', async () => {
    const project = await started();
    const { succeed, writes, forget } = project;
    const first = (await succeed('deploy --env dev --yes --json')).json();
    expect(first.stacks.map(({ name, action }: Record<string, string>) => [name, action])).toContainEqual([
      'demo-dev-functions',
      'create',
    ]);
    expect(first.unsetVariables).toEqual([]);
    expect(first.outputs).toMatchObject({
      'functions.worker.arn': expect.stringMatching(/:function:demo-dev-functions-.+:live$/),
      'functions.clock.deadLetterUrl': expect.stringContaining('DeadLetters'),
    });
    expect(first.outputs['functions.worker.deadLetterUrl']).toBeUndefined();
    expect(first.functions).toMatchObject([
      { name: 'audit', version: '1', trigger: { on: 'rule', enabled: true }, paused: false },
      { name: 'clock', version: '1', trigger: { on: 'rule', enabled: true } },
      { name: 'worker', version: '1', trigger: { on: 'queue', enabled: true } },
    ]);

    forget();
    const again = (await succeed('deploy --env dev --yes --json')).json();
    expect(again.stacks.every(({ action }: { action: string }) => action === 'none')).toBe(true);
    expect(writes()).toEqual([]);

    write(project, 'src/clock/now.ts', 'export const now = (): number => 2;\n');
    const diff = (await succeed('diff --env dev --json')).json();
    const changed = diff.stacks.find(({ name }: { name: string }) => name === 'demo-dev-functions');
    const ids = changed.changes.map(({ id }: { id: string }) => id).join(' ');
    expect(ids).toMatch(/FunctionsClockFunction/);
    expect(ids).toMatch(/FunctionsAuditFunction/);
    expect(ids).not.toMatch(/Worker/);
    const second = (await succeed('deploy --env dev --yes --json')).json();
    const versions = second.functions.map(({ name, version }: Record<string, string>) => `${name} ${version}`);
    expect(versions).toEqual(['audit 2', 'clock 2', 'worker 1']);
    // The versions of before stay: going back is going to them.
    const { FunctionName } = nameOf(project, 'clock', first.outputs);
    const { Versions = [] } = await lambdaOf(project).listVersionsByFunction({ FunctionName });
    expect(Versions.map(({ Version }) => Version)).toEqual(['$LATEST', '1', '2']);
  });

  it('are not proven when the alias or a trigger is not as asked for: CloudFormation is not taken at its word', async () => {
    const project = await started();
    const { succeed, platform } = project;
    const first = (await succeed('deploy --env dev --yes --json')).json();
    const lambda = lambdaOf(project);
    const { FunctionName } = nameOf(project, 'worker', first.outputs);
    const { EventSourceMappings = [] } = await lambda.listEventSourceMappings({});
    await lambda.updateEventSourceMapping({ UUID: EventSourceMappings[0]!.UUID!, Enabled: false });
    const off = await platform('deploy --env dev --yes --json');
    expect(off.exitCode).toBe(1);
    expect(off.json().error.id).toBe('function-not-proven');
    expect(off.json().error.message).toMatch(
      /function worker is not what was asked for: what reads its queue is Disab/,
    );
    await lambda.updateEventSourceMapping({ UUID: EventSourceMappings[0]!.UUID!, Enabled: true });
    await succeed('deploy --env dev --yes');
    await lambda.updateAlias({ FunctionName, Name: 'live', FunctionVersion: '$LATEST' });
    const moved = await platform('deploy --env dev --yes --json');
    expect(moved.json().error.message).toContain('its alias live points to version $LATEST and not to 1');
  });

  it('stand in status, pause and resume with all that starts them, and no deployment wakes them (S4-136, S4-140)', async () => {
    const project = await started(BLOCKS.replace('timeoutSeconds: 20,', 'timeoutSeconds: 20, reservedConcurrency: 5,'));
    const { succeed, platform, writes, forget } = project;
    const { outputs } = (await succeed('deploy --env dev --yes --json')).json();
    const status = async () => (await succeed('status --env dev --json')).json().functions;
    expect(await status()).toMatchObject([
      { name: 'audit', version: '1', deployedVersion: '1', state: 'Active', trigger: true, paused: false },
      { name: 'clock', trigger: true },
      { name: 'worker', trigger: true },
    ]);

    forget();
    const asked = await platform('pause worker --env dev');
    expect(asked.exitCode).toBe(2);
    expect((await succeed('pause --env dev --dry-run --json')).json().functions).toHaveLength(3);
    expect(writes().filter((call) => !call.startsWith('s3:'))).toEqual([]);

    const paused = (await succeed('pause --env dev --yes --json')).json();
    expect(paused.functions).toContainEqual({
      name: 'worker',
      before: { concurrency: 5, trigger: true },
      after: { concurrency: 0, trigger: false },
    });
    expect((await status()).every((fn: { paused: boolean; trigger: boolean }) => fn.paused && !fn.trigger)).toBe(true);
    const twice = (await succeed('pause --env dev --yes --json')).json();
    expect([twice.functions, twice.unchanged.length]).toEqual([[], 3]);

    write(project, 'src/worker.ts', 'export const handler = async () => ({ batchItemFailures: [], later: true });\n');
    const deployed = (await succeed('deploy --env dev --yes --json')).json();
    const worker = deployed.functions.find(({ name }: { name: string }) => name === 'worker');
    expect(worker).toMatchObject({ version: '2', paused: true, trigger: { enabled: false } });
    const { FunctionName } = nameOf(project, 'worker', outputs);
    const concurrency = async () =>
      (await lambdaOf(project).getFunctionConcurrency({ FunctionName })).ReservedConcurrentExecutions;
    expect(await concurrency()).toBe(0);

    const resumed = (await succeed('resume worker clock --env dev --yes --json')).json();
    expect(resumed.functions.map(({ name }: { name: string }) => name)).toEqual(['clock', 'worker']);
    expect(await concurrency()).toBe(5);
    await succeed('resume --env dev --yes');
    await succeed('deploy --env dev --yes');
    expect((await status()).map(({ paused: is }: { paused: boolean }) => is)).toEqual([false, false, false]);
    expect((await platform('pause nobody --env dev --yes')).exitCode).toBe(2);
  });

  it('go back by their alias, in seconds and without a deployment, and forward with the next one (S4-126, S4-129, S4-130, S4-133)', async () => {
    const project = await started('functions: { clock: { source: src/clock } }\n');
    const { succeed, platform, writes, forget } = project;
    const first = (await succeed('deploy --env dev --yes --json')).json();
    expect((await platform('rollback clock --env dev --yes --json')).json().error.id).toBe(
      'rollback-function-nothing-before',
    );
    write(project, 'src/clock/now.ts', 'export const now = (): number => 2;\n');
    await succeed('deploy --env dev --yes');
    expect((await platform('rollback clock --env dev')).exitCode).toBe(2);
    forget();
    const back = (await succeed('rollback clock --env dev --yes --json')).json();
    expect(back).toMatchObject({
      rollback: { to: first.release.id, service: 'clock' },
      functions: [{ name: 'clock', version: '1' }],
    });
    expect(writes().filter((call) => !call.startsWith('s3:'))).toEqual(['lambda:UpdateAlias']);
    // Again it goes no further, and somebody else's hand on the alias changes nothing of that.
    expect((await succeed('rollback clock --env dev --yes --json')).json().release).toBeNull();
    const FunctionName = first.outputs['functions.clock.name'];
    await lambdaOf(project).updateAlias({ FunctionName, Name: 'live', FunctionVersion: '2' });
    expect((await succeed('rollback clock --env dev --yes --json')).json().functions).toMatchObject([{ version: '1' }]);
    const [clock] = (await succeed('status --env dev --json')).json().functions;
    expect(clock).toMatchObject({ version: '1', deployedVersion: '2' });
    expect((await succeed('releases --env dev --json')).json().releases[0]).toMatchObject({
      live: true,
      rollback: { service: 'clock' },
    });
    const forward = (await succeed('deploy --env dev --yes --json')).json();
    expect(forward.functions).toMatchObject([{ name: 'clock', version: '2' }]);
    const again = (await succeed(`rollback --env dev --to ${first.release.id} --yes --json`)).json();
    expect(again.functions).toMatchObject([{ name: 'clock', version: '3' }]);
  });

  it('write logs that are found by their name (S1-53)', async () => {
    const project = await started('functions: { hello: { source: src/hello.ts } }\n');
    write(project, 'src/hello.ts', "export const handler = async () => { console.log('good day'); return 1; };\n");
    const { outputs } = (await project.succeed('deploy --env dev --yes --json')).json();
    const logs = project.aws.client(CloudWatchLogs, { account: '111111111111' });
    const stream = { logGroupName: outputs['functions.hello.logGroup'], logStreamName: '2026/11/30/hello[1]0f1e2d3c' };
    await logs.createLogStream(stream);
    await logs.putLogEvents({ ...stream, logEvents: [{ timestamp: Date.now(), message: 'good day' }] });
    const { lines } = (await project.succeed('logs hello --env dev --json')).json();
    expect(lines).toMatchObject([{ component: 'hello', task: '0f1e2d3c', text: 'good day' }]);
    const { deleted } = (await project.succeed('destroy --env dev --yes --json')).json();
    expect(deleted.length).toBeGreaterThan(0);
  });

  it('whose sources are missing, hostile or broken stop before anything is asked of AWS', async () => {
    const project = await started();
    const { platform, configure, writes, forget } = project;
    forget();
    write(project, 'src/worker.ts', "import { a } from './nothing.ts';\nexport const handler = () => a;\n");
    const broken = await platform('deploy --env dev --yes --json');
    expect(broken.exitCode).toBe(1);
    expect(broken.json().error).toMatchObject({
      id: 'function-bundle',
      problems: [{ file: 'src/worker.ts', line: 1, path: 'functions.worker' }],
    });
    configure(smallYaml(BLOCKS.replace('src/worker.ts', 'src/gone.ts')));
    const gone = await platform('deploy --env dev --yes --json');
    expect([gone.exitCode, gone.json().error.id]).toEqual([2, 'path-missing']);
    configure(smallYaml(BLOCKS.replace('src/worker.ts', '../../etc/hostname')));
    const outside = await platform('deploy --env dev --yes --json');
    expect(outside.exitCode).toBe(2);
    expect(JSON.stringify(outside.json().error)).toContain('path-outside');
    expect(writes()).toEqual([]);
  });
});
