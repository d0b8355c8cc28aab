import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/**
 * The main job, for somebody who has just cloned this: a new project goes from `init` to running on the sandbox, is
 * changed, looked at and destroyed. Every command is printed before it runs; the first failure ends it.
 */
const project = mkdtempSync(join(tmpdir(), 'platform-quickstart-'));
const platform = join(import.meta.dirname, '..', '..', 'bin', 'platform.js');

function run(...words: string[]): void {
  process.stdout.write(`\n$ platform ${words.join(' ')}\n`);
  const { status } = spawnSync(process.execPath, [platform, ...words], { cwd: project, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

function change(from: string, to: string): void {
  const file = join(project, 'platform.yaml');
  const text = readFileSync(file, 'utf8');
  if (!text.includes(from)) throw new Error(`platform.yaml has no ${from}`);
  writeFileSync(file, text.replace(from, to));
  process.stdout.write(`\n# platform.yaml: ${from.trim()} becomes ${to.trim()}\n`);
}

process.stdout.write(`# a new project in ${project}; no AWS account is asked for and none is touched\n`);
// No application: what is built and run of one hangs on what this machine has, and this is to be the same everywhere.
run('init', '--preset', 'web-service', '--project', 'shop', '--environments', 'dev,prod', '--no-application', '--yes');
run('deploy', '--env', 'sandbox', '--yes');
run('status', '--env', 'sandbox');
change('port: 8080', 'port: 8080\n    cpu: 1024\n    memory: 2048');
run('diff', '--env', 'sandbox');
run('deploy', '--env', 'sandbox', '--yes');
run('outputs', '--env', 'sandbox');
run('destroy', '--env', 'sandbox', '--yes');
run('sandbox', 'reset', '--yes');
process.stdout.write(`\n# that was all of it; ${project} is yours to look at or to delete\n`);
