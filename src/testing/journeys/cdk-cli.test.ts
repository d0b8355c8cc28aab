import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { builtProject, REPOSITORY, runProgram } from './built-program.ts';

const ACCOUNT = '333333333333';
const REGION = 'eu-west-1';
const app = join(import.meta.dirname, 'cdk-app', 'app.mjs');

interface Around {
  cwd: string;
  env: Record<string, string>;
}

async function cdk({ cwd, env }: Around, words: string[], more: Record<string, string> = {}) {
  const bin = join(REPOSITORY, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  const common = ['--app', `${process.execPath} ${app}`, '--output', join(cwd, 'cdk.out'), '--no-notices', '--ci'];
  const finished = await runProgram(process.execPath, [bin, ...words, ...common], { cwd, env: { ...env, ...more } });
  return { ...finished, all: finished.stdout + finished.stderr };
}

it('an independent client: the cdk CLI bootstraps, deploys, diffs, updates and destroys an application of its own', async () => {
  const { directory, succeed } = builtProject({
    'platform.yaml': 'project: elsewhere\nenvironments:\n  dev: { kind: dev }\n',
  });
  const { endpoint } = (await succeed('sandbox', 'serve', '--detach', '--json')).json();
  const around = {
    cwd: directory,
    env: {
      HOME: directory,
      CDK_HOME: join(directory, '.cdk'),
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: `AKIA${ACCOUNT}SBOX`,
      AWS_SECRET_ACCESS_KEY: 'any',
      AWS_REGION: REGION,
      AWS_DEFAULT_REGION: REGION,
      AWS_EC2_METADATA_DISABLED: 'true',
      CDK_DISABLE_VERSION_CHECK: '1',
    },
  };

  const bootstrapped = await cdk(around, ['bootstrap', `aws://${ACCOUNT}/${REGION}`]);
  expect(bootstrapped.exitCode, bootstrapped.all).toBe(0);

  const deployed = await cdk(around, ['deploy', '--all', '--require-approval', 'never']);
  expect(deployed.exitCode, deployed.all).toBe(0);
  expect(deployed.all).toContain('Work.QueueUrl');

  const same = await cdk(around, ['diff', '--all', '--fail']);
  expect(same.exitCode, same.all).toBe(0);
  const different = await cdk(around, ['diff', 'Work'], { VISIBILITY: '60' });
  expect(different.all).toContain('VisibilityTimeout');

  const updated = await cdk(around, ['deploy', 'Work', '--require-approval', 'never'], { VISIBILITY: '60' });
  expect(updated.exitCode, updated.all).toBe(0);

  const read = await awsCli(around, ['sqs', 'list-queues']);
  if (read) expect(read.stdout).toContain('Work-Queue');
  const stacks = await awsCli(around, [
    'cloudformation',
    'describe-stacks',
    '--query',
    'Stacks[].[StackName,StackStatus]',
    '--output',
    'text',
  ]);
  if (stacks) expect(stacks.stdout).toMatch(/Work\s+UPDATE_COMPLETE/);
  const object = await awsCli(around, ['s3', 'ls', `s3://cdk-hnb659fds-assets-${ACCOUNT}-eu-west-1/`]);
  if (object) expect(object.stdout).toContain('.mjs');

  const destroyed = await cdk(around, ['destroy', '--all', '--force']);
  expect(destroyed.exitCode, destroyed.all).toBe(0);
  expect((await cdk(around, ['list'])).exitCode).toBe(0);
});

/** Debian's own before whatever else stands on the PATH. */
const AWS = existsSync('/usr/bin/aws') ? '/usr/bin/aws' : 'aws';

/** By flag, because neither 1.45 (for SQS) nor 2.9 of Debian 12 takes the endpoint from AWS_ENDPOINT_URL. Undefined, and said so, where there is no `aws`. */
async function awsCli({ cwd, env }: Around, words: string[]) {
  try {
    const finished = await runProgram(AWS, ['--endpoint-url', env.AWS_ENDPOINT_URL!, ...words], { cwd, env });
    expect(finished.exitCode, finished.stderr).toBe(0);
    return finished;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    console.warn('not asked through the aws CLI: it is not installed');
    return undefined;
  }
}
