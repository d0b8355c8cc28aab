import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { builtProject, REPOSITORY, runProgram } from './built-program.ts';

const ACCOUNT = '111111111111';
const YAML = `project: demo
network: { existing: { vpcId: vpc-0a1b2c3d, publicSubnets: [subnet-0a1b2c31, subnet-0a1b2c32], privateSubnets: [subnet-0a1b2c33, subnet-0a1b2c34] } }
queues: { jobs: {} }
functions: { worker: { source: src/worker.js, trigger: { on: queue, queue: queue.jobs } } }
environments:
  dev: { kind: dev, account: "${ACCOUNT}" }
`;

it('S2-02: what was ejected deploys by itself, with the cdk CLI, and platform finds nothing to change', async () => {
  const { directory, succeed } = builtProject({
    'platform.yaml': YAML,
    'src/worker.js': 'export const handler = async () => ({ batchItemFailures: [] });\n',
  });
  const { endpoint } = (await succeed('sandbox', 'serve', '--detach', '--json')).json();
  await succeed('bootstrap', '--env', 'dev', '--sandbox', '--yes');
  await succeed('eject', '--env', 'dev', '--sandbox');
  const folder = join(directory, 'infrastructure');
  symlinkSync(join(REPOSITORY, 'node_modules'), join(folder, 'node_modules'));
  const env = {
    HOME: directory,
    CDK_HOME: join(directory, '.cdk'),
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: `AKIA${ACCOUNT}SBOX`,
    AWS_SECRET_ACCESS_KEY: 'any',
    AWS_REGION: 'us-east-1',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
    CDK_DISABLE_VERSION_CHECK: '1',
    CDK_FLAGS: '--require-approval never --no-notices --ci',
  };
  const alone = (...words: string[]) => runProgram(process.execPath, words, { cwd: folder, env });

  // The functions want the address of a queue that is not there yet.
  const early = await alone('bin/deploy.ts', 'dev', 'functions');
  expect([early.exitCode, early.stderr]).toEqual([1, expect.stringContaining('of messaging, which is not deployed')]);
  const deployed = await alone('bin/deploy.ts', 'dev');
  expect(deployed.exitCode, deployed.stdout + deployed.stderr).toBe(0);

  const cdk = await alone('node_modules/aws-cdk/bin/cdk', 'diff', '-c', 'environment=dev', '--fail', '--no-notices');
  expect(cdk.exitCode, cdk.stdout + cdk.stderr).toBe(0);
  const { stacks } = (await succeed('diff', '--env', 'dev', '--sandbox', '--json')).json();
  expect(stacks.map(({ name, action }: { name: string; action: string }) => [name, action])).toEqual([
    ['demo-dev-messaging', 'none'],
    ['demo-dev-functions', 'none'],
  ]);
});
