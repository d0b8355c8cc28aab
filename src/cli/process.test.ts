import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { QUEUE, smallYaml } from '../testing/deployable.ts';
import { spawnPlatform } from '../testing/spawn-platform.ts';

const CDK = /\/(aws-cdk-lib|@aws-cdk\/toolkit-lib|constructs)\//;
const packages = (modules: string[], pattern: RegExp) => modules.filter((url) => pattern.test(url));

describe('loading', () => {
  it.each([
    [['--help']],
    [['status', '--help']],
    [['--version']],
    [['help', 'exit-codes']],
    [['version']],
    [['completion', 'bash']],
  ])('%o loads neither schemas nor any client of AWS', async (words) => {
    const { platform } = spawnPlatform();
    const { exitCode, modules, stdout } = await platform(words);
    expect(exitCode).toBe(0);
    expect(stdout).not.toBe('');
    expect(packages(modules, /\/node_modules\/(?!commander\/)/)).toEqual([]);
  });

  it('--help loads no command', async () => {
    const { platform } = spawnPlatform();
    const { modules } = await platform(['--help']);
    expect(packages(modules, /src\/(commands|operations|aws|config|release)\//)).toEqual([]);
  });

  it('what only reads loads neither CDK nor toolkit-lib', async () => {
    const { platform } = spawnPlatform();
    for (const words of [
      'status',
      'outputs',
      'events',
      'config show',
      'sandbox status',
      'secrets list',
      'secrets diff',
    ]) {
      const { exitCode, modules, stderr } = await platform([...words.split(' '), '--env', 'sandbox']);
      expect({ words, exitCode, stderr }).toEqual({ words, exitCode: 0, stderr: '' });
      expect(packages(modules, CDK), words).toEqual([]);
      expect(packages(modules, /client-(ec2|rds)\//), words).toEqual([]);
    }
  });
});

it('what changes something without a template of its own loads neither CDK nor toolkit-lib', async () => {
  const { platform } = spawnPlatform(smallYaml(QUEUE));
  const at = ['--env', 'dev', '--sandbox', '--yes'];
  const deployed = await platform(['deploy', ...at]);
  expect(deployed).toMatchObject({ exitCode: 0 });
  expect(packages(deployed.modules, CDK)).not.toEqual([]);
  for (const words of ['releases', 'lock status', 'lock release', 'recover', 'cleanup', 'cancel', 'db status']) {
    const { exitCode, modules, stderr } = await platform([...words.split(' '), ...at]);
    expect({ words, exitCode, stderr }).toMatchObject({ words, exitCode: 0 });
    expect(packages(modules, CDK), words).toEqual([]);
  }
  for (const words of ['logs web', 'redeploy web', 'scale web 2', 'run web -- true', 'migrate', 'exec web']) {
    const [name = '', ...rest] = words.split(' ');
    const { exitCode, modules } = await platform([name, ...at, ...rest]);
    expect({ words, exitCode }).toEqual({ words, exitCode: 2 });
    expect(packages(modules, CDK), words).toEqual([]);
  }
});

describe('a process', () => {
  it('ends well when its reader has gone', async () => {
    const { start } = spawnPlatform();
    const child = start(['completion', 'bash']);
    child.stdout.destroy();
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const [exitCode] = await once(child, 'close');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  });

  it('serves the sandbox until Ctrl-C', async () => {
    const { start, platform } = spawnPlatform();
    const child = start(['sandbox', 'serve']);
    let [stderr, pressed] = ['', false];
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
      if (pressed || !stderr.includes('Ctrl-C ends it')) return;
      pressed = true;
      child.kill('SIGINT');
    });
    const [exitCode] = await once(child, 'close');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('Stopping');
    expect((await platform(['sandbox', 'status'])).stdout).toContain('not running');
  });

  it('gives up a call at the first Ctrl-C and exits 5', async () => {
    const silent = createServer(() => child.kill('SIGINT')).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    onTestFinished(() => void silent.close());
    const { start } = spawnPlatform();
    const child = start(['status', '--env', 'dev'], {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`,
      AWS_ACCESS_KEY_ID: 'AKIA111111111111SBOX',
      AWS_SECRET_ACCESS_KEY: 'x',
    });
    let stderr = '';
    child.stderr.on('data', (chunk) => {
      stderr += chunk;
    });
    const [exitCode] = await once(child, 'close');
    expect(exitCode).toBe(5);
    expect(stderr).toMatch(/^Stopping; Ctrl-C again leaves at once\nStopped at your request\n$/);
  });
});
