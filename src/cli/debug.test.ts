import { describe, expect, it } from 'vitest';
import { smallYaml, startDeployable } from '../testing/deployable.ts';

const DEV = '--env dev --sandbox';
const CALL = /^debug: (\w+) (\w+) in ([\w-]+): (\d{3})( [A-Z]\w+)?, \d+ ms(, \d+ attempts)?, request [\w-]{8,}$/;

/** Lines of calls, as service and operation, with what they were answered. */
const callsIn = (stderr: string) =>
  stderr.split('\n').flatMap((line) => {
    const [, service, operation, region, status, name] = CALL.exec(line) ?? [];
    return service ? [{ call: `${service}:${operation}`, region, status: Number(status), name: name?.trim() }] : [];
  });

describe('--debug', () => {
  it('S1-82: says every call with its status, time and request id, on stderr alone', async () => {
    const project = await startDeployable({ yaml: smallYaml('queues: { jobs: {} }') });
    await project.succeed(`deploy ${DEV} --yes`);
    project.forget();
    const loud = await project.succeed(`status ${DEV} --json --debug`);
    const told = callsIn(loud.stderr);
    // Retries are one line: each call that the sandbox was asked for is told.
    for (const call of new Set(project.aws.calls.map(({ operation }) => operation)))
      expect(told.map((one) => one.call.split(':')[1])).toContain(call);
    expect(told).toContainEqual(expect.objectContaining({ region: 'us-east-1', status: 200 }));
    expect(() => loud.json()).not.toThrow();
    expect(loud.stdout).not.toContain('debug:');

    const quiet = await project.succeed(`status ${DEV} --json`);
    expect(quiet.stderr).not.toContain('debug:');
    expect(quiet.stdout).toBe(loud.stdout);
  });

  it('S1-82: a refusal is told with AWS’s own name for it', async () => {
    const project = await startDeployable({ yaml: smallYaml('queues: { jobs: {} }') });
    const run = await project.platform(`status ${DEV} --debug`);
    expect(callsIn(run.stderr)).toContainEqual(
      expect.objectContaining({ call: 'CloudFormation:DescribeStacks', status: 400, name: 'ValidationError' }),
    );
  });

  it('S1-82: PLATFORM_DEBUG does the same where no flag can be added', async () => {
    const project = await startDeployable({ yaml: smallYaml('queues: { jobs: {} }') });
    const with_ = async (PLATFORM_DEBUG: string) =>
      callsIn((await project.platform(`status ${DEV}`, { env: { PLATFORM_DEBUG } })).stderr).length;
    expect(await with_('1')).toBeGreaterThan(0);
    for (const off of ['', '0', 'false', 'no']) expect(await with_(off)).toBe(0);
  });

  it('S1-82: shows nothing that is sent or answered: no value of a secret, in no call of a whole deployment', async () => {
    const yaml = smallYaml('secrets: { app: { source: env-file, keys: { API_KEY: {} } } }\nqueues: { jobs: {} }');
    const value = 'canary-9f8e7d6c5b4a';
    const project = await startDeployable({ yaml, files: { '.env.dev': `API_KEY=${value}\n` } });
    for (const words of ['secrets push', 'deploy', 'secrets diff', 'destroy'])
      expect((await project.succeed(`${words} ${DEV} --yes --debug`)).stderr).not.toContain(value);
  });
});
