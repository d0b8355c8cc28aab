import { GetEventSourceMappingCommand, LambdaClient, ListEventSourceMappingsCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { type Deployable, smallYaml } from '../testing/deployable.ts';
import { startDeployed } from '../testing/start-deployed.ts';

const ON = '--env dev --sandbox';
const yaml = smallYaml(`queues: { jobs: {}, quiet: {} }
functions:
  reader: { source: reader.ts, trigger: { on: queue, queue: queue.jobs } }`);
const FILES = { 'reader.ts': 'export const handler = async () => ({});\n' };
const options = { yaml, files: FILES };

/** What Lambda says of the reader. */
async function reading({ aws }: Deployable): Promise<string> {
  await aws.settle();
  const lambda = aws.client(LambdaClient);
  const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({}));
  return (await lambda.send(new GetEventSourceMappingCommand({ UUID: EventSourceMappings[0]!.UUID }))).State!;
}

describe('queue pause', () => {
  it('stops who reads until it is resumed, tells status, and no deployment wakes it', async () => {
    const project = await startDeployed(options);
    const paused = (await project.succeed(`queue pause jobs ${ON} --yes --json`)).json();
    expect(paused).toEqual({
      environment: 'dev',
      queue: 'jobs',
      paused: true,
      functions: [{ name: 'reader', before: true, after: false }],
      services: [],
      unchanged: false,
      dryRun: false,
    });
    expect(await reading(project)).toBe('Disabled');
    const { functions, pausedQueues } = (await project.succeed(`status ${ON} --json`)).json();
    expect(functions).toMatchObject([{ name: 'reader', trigger: false, paused: false }]);
    expect(pausedQueues).toMatchObject([{ name: 'jobs', by: expect.stringContaining('arn:aws:') }]);
    expect((await project.succeed(`status ${ON}`)).stdout).toContain(
      `queue jobs is paused since ${pausedQueues[0].since.slice(0, 16).replace('T', ' ')}`,
    );
    expect((await project.succeed(`queue pause jobs ${ON} --yes --json`)).json()).toMatchObject({ unchanged: true });

    // Another batch size updates the mapping, with which CloudFormation switches it on.
    project.configure(yaml.replace('queue: queue.jobs }', 'queue: queue.jobs, batchSize: 3 }'));
    const { functions: proven } = (await project.succeed(`deploy ${ON} --yes --json`)).json();
    expect(proven).toMatchObject([{ name: 'reader', trigger: { on: 'queue', enabled: false }, paused: true }]);
    expect(await reading(project)).toBe('Disabled');

    await project.succeed(`queue resume jobs ${ON} --yes`);
    expect(await reading(project)).toBe('Enabled');
    expect((await project.succeed(`queue resume jobs ${ON} --yes`)).stdout).toContain('dev/jobs is not paused');
    expect((await project.succeed(`status ${ON} --json`)).json().pausedQueues).toEqual([]);
  });

  it('is independent of pausing the function: both have to be resumed', async () => {
    const project = await startDeployed(options);
    await project.succeed(`pause reader ${ON} --yes`);
    await project.succeed(`queue pause jobs ${ON} --yes`);
    await project.succeed(`resume reader ${ON} --yes`);
    expect(await reading(project)).toBe('Disabled');
    await project.succeed(`queue resume jobs ${ON} --yes`);
    expect(await reading(project)).toBe('Enabled');

    await project.succeed(`queue pause jobs ${ON} --yes`);
    await project.succeed(`pause reader ${ON} --yes`);
    await project.succeed(`queue resume jobs ${ON} --yes`);
    expect(await reading(project)).toBe('Disabled');
    await project.succeed(`resume reader ${ON} --yes`);
    expect(await reading(project)).toBe('Enabled');
  });

  it('asks first, changes nothing with --dry-run and without a yes, and knows its queues', async () => {
    const project = await startDeployed(options);
    project.forget();
    const dry = await project.succeed(`queue pause jobs ${ON} --dry-run`);
    expect(dry.stdout).toContain('Would have reader read no message of dev/jobs; nothing was changed');
    expect((await project.platform(`queue pause jobs ${ON}`)).exitCode).toBe(2);
    const unknown = await project.platform(`queue pause job ${ON} --yes`);
    expect([unknown.exitCode, unknown.stderr]).toEqual([2, expect.stringContaining('name jobs')]);
    expect(await reading(project)).toBe('Enabled');
    expect(project.writes().filter((call) => /^lambda:/.test(call))).toEqual([]);
  });

  it('of a queue that no function reads remembers that it is paused', async () => {
    const project = await startDeployed(options);
    const paused = await project.succeed(`queue pause quiet ${ON} --yes --json`);
    expect(paused.json()).toMatchObject({ functions: [], unchanged: false });
    expect((await project.succeed(`status ${ON} --json`)).json().pausedQueues).toMatchObject([{ name: 'quiet' }]);
  });
});
