import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { VERSION } from '../package.ts';
import { startDeployable } from '../testing/deployable.ts';

const ON = '--env dev --sandbox';
const YAML = `project: demo
secrets: { app: { source: env-file, keys: { API_KEY: {} } } }
queues: { jobs: { dlq: { maxReceive: 1 } } }
functions: { worker: { source: worker.ts, uses: [secret.app], trigger: { on: queue, queue: queue.jobs } } }
apis: { open: { kind: http, handler: fn.web } }
environments:
  dev: { kind: dev, account: "111111111111" }
`.replace('functions: {', 'functions: { web: { source: web.ts, timeoutSeconds: 20 },');
const CANARY = 'canary-0123-abcdef';
const FILES = {
  'worker.ts': 'export const handler = async () => ({ batchItemFailures: [] });\n',
  'web.ts': `export const handler = async () => { console.log('the key is ${CANARY}, order 17 failed'); return { statusCode: 500, body: 'no' }; };\n`,
  '.env.dev': `API_KEY=${CANARY}\n`,
};

it('S1-86: doctor --report walks checks, events, logs and code in this order, into one file without secrets', async () => {
  const project = await startDeployable({ yaml: YAML, files: FILES });
  await project.succeed(`secrets push ${ON} --yes`);
  await project.succeed(`deploy ${ON} --yes`);
  const outputs = (await project.succeed(`outputs ${ON} --json`)).json();
  await fetch(`${project.aws.endpoint}/_apigateway/${outputs['apis.open.url'].replace('https://', '')}/`);

  project.forget();
  const dry = await project.platform(`doctor ${ON} --report report.json --dry-run`);
  expect(dry.stdout).toContain('Would write');
  expect(existsSync(join(project.directory, 'report.json'))).toBe(false);
  const run = await project.platform(`doctor ${ON} --report report.json --json`);
  const file = join(project.directory, 'report.json');
  // Whatever else doctor finds on this machine.
  expect(run.json().report).toBe(file);
  expect(project.writes()).toEqual([]);
  expect(statSync(file).mode & 0o777).toBe(0o600);

  const text = readFileSync(file, 'utf8');
  expect(text).not.toContain(CANARY);
  const report = JSON.parse(text);
  expect(Object.keys(report).slice(-4)).toEqual(['troubleshooting', 'events', 'logs', 'code']);
  expect(report.troubleshooting.checks.length).toBeGreaterThan(10);
  expect(report.events.events).toContainEqual(
    expect.objectContaining({ stack: 'demo-dev-functions', status: 'CREATE_COMPLETE' }),
  );
  expect(JSON.stringify(report.logs.lines)).toContain('order 17 failed');
  expect(report.code).toMatchObject({
    release: { version: VERSION, unproven: null },
    configuration: { queues: { jobs: { dlq: { maxReceive: 1 } } } },
  });

  // A file that is there is asked about.
  writeFileSync(file, 'mine');
  expect((await project.platform(`doctor ${ON} --report report.json`)).exitCode).toBe(2);
  expect(readFileSync(file, 'utf8')).toBe('mine');
  await project.platform(`doctor ${ON} --report report.json --yes`);
  expect(JSON.parse(readFileSync(file, 'utf8')).format).toBe(1);
});

it('S1-86: what cannot be read says why, and the rest is there', async () => {
  const project = await startDeployable({ yaml: YAML, files: FILES });
  await project.platform(`doctor ${ON} --report report.json`);
  const report = JSON.parse(readFileSync(join(project.directory, 'report.json'), 'utf8'));
  expect(report.logs).toEqual({ unread: expect.stringContaining('dev') });
  expect(report.code.release).toBeNull();
  expect(report.troubleshooting.checks.length).toBeGreaterThan(10);
});
