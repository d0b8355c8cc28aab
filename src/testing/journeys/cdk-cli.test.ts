import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { REPOSITORY, runProgram } from './built-program.ts';

const ACCOUNT = '333333333333';
const home = mkdtempSync(join(tmpdir(), 'cdk-cli-'));
const app = join(import.meta.dirname, 'cdk-app', 'app.mjs');
let served: ReturnType<typeof spawn>;
let env: Record<string, string>;

beforeAll(async () => {
  served = spawn(
    process.execPath,
    [join(REPOSITORY, 'bin', 'platform.js'), 'sandbox', 'serve', '--port', '0', '--json'],
    {
      cwd: home,
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const endpoint = await new Promise<string>((resolve) => {
    let text = '';
    served.stdout!.on('data', (chunk) => {
      text += chunk;
      const found = /"endpoint":\s*"(http:[^"]+)"/.exec(text)?.[1];
      if (found) resolve(found);
    });
  });
  env = {
    HOME: home,
    CDK_HOME: join(home, '.cdk'),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: `AKIA${ACCOUNT}SBOX`,
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_REGION: 'eu-west-1',
    AWS_DEFAULT_REGION: 'eu-west-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_VERSION_CHECK: '1',
  };
});

afterAll(() => {
  served.kill('SIGTERM');
  rmSync(home, { recursive: true, force: true });
});

async function cdk(words: string[], more: Record<string, string> = {}) {
  const bin = join(REPOSITORY, 'node_modules', 'aws-cdk', 'bin', 'cdk');
  const common = ['--app', `${process.execPath} ${app}`, '--output', join(home, 'cdk.out'), '--no-notices', '--ci'];
  const finished = await runProgram(process.execPath, [bin, ...words, ...common], {
    cwd: home,
    env: { ...env, ...more },
  });
  return { ...finished, all: finished.stdout + finished.stderr };
}

describe('an independent client', () => {
  it('the cdk CLI bootstraps, deploys, diffs, updates and destroys an application of its own', async () => {
    const bootstrapped = await cdk(['bootstrap', `aws://${ACCOUNT}/eu-west-1`]);
    expect(bootstrapped.exitCode, bootstrapped.all).toBe(0);

    const deployed = await cdk(['deploy', '--all', '--require-approval', 'never']);
    expect(deployed.exitCode, deployed.all).toBe(0);
    expect(deployed.all).toContain('Work.QueueUrl');

    const same = await cdk(['diff', '--all', '--fail']);
    expect(same.exitCode, same.all).toBe(0);
    const different = await cdk(['diff', 'Work'], { VISIBILITY: '60' });
    expect(different.all).toContain('VisibilityTimeout');

    const updated = await cdk(['deploy', 'Work', '--require-approval', 'never'], { VISIBILITY: '60' });
    expect(updated.exitCode, updated.all).toBe(0);

    const read = await awsCli(['sqs', 'list-queues']);
    if (read) expect(read.stdout).toContain('Work-Queue');
    const stacks = await awsCli([
      'cloudformation',
      'describe-stacks',
      '--query',
      'Stacks[].[StackName,StackStatus]',
      '--output',
      'text',
    ]);
    if (stacks) expect(stacks.stdout).toMatch(/Work\s+UPDATE_COMPLETE/);
    const object = await awsCli(['s3', 'ls', `s3://cdk-hnb659fds-assets-${ACCOUNT}-eu-west-1/`]);
    if (object) expect(object.stdout).toContain('.mjs');

    const destroyed = await cdk(['destroy', '--all', '--force']);
    expect(destroyed.exitCode, destroyed.all).toBe(0);
    expect((await cdk(['list'])).exitCode).toBe(0);
  });
});

/** Undefined, and said so, where the machine has no `aws`. */
async function awsCli(words: string[]) {
  try {
    const finished = await runProgram('aws', words, { cwd: home, env });
    expect(finished.exitCode, finished.stderr).toBe(0);
    return finished;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    console.warn('not asked through the aws CLI: it is not installed');
    return undefined;
  }
}
