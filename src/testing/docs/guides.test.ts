import { createHmac } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../../cli/command-table.ts';
import { declareFlags } from '../../cli/flags.ts';
import { PACKAGE_ROOT } from '../../package.ts';
import { offlineSettings } from '../../release/offline-settings.ts';
import { type Deployable, startDeployable } from '../deployable.ts';
import { startPlatform } from '../start-platform.ts';
import { parsedWorkflow } from '../workflows/walk-workflow.ts';
import { loadText, systemText } from '../write-project.ts';
import { waitsFor } from './architecture-page.ts';

const DOCS = join(PACKAGE_ROOT, 'docs');
const page = (name: string): string => readFileSync(join(DOCS, name), 'utf8');
const PAGES = [...readdirSync(join(DOCS, 'guides')).map((name) => `guides/${name}`), 'architecture.md'];
const ON = '--env dev --sandbox';

/** What stands in fences of this language. */
const fenced = (text: string, language: string): string[] =>
  [...text.matchAll(/^( *)```(\w+)\n([\s\S]*?)^ *```$/gm)].flatMap(([, indent = '', of, inner = '']) =>
    of === language ? [inner.replaceAll(new RegExp(`^${indent}`, 'gm'), '')] : [],
  );

/** Groups of commands that are commands themselves. */
const DO_BOTH = new Set(['logs', 'releases', 'rollback']);

/** Whether our own command line takes these words; it throws for what it does not know. */
async function takes(words: readonly string[]): Promise<void> {
  const program = declareFlags(new Command('platform'), '/').exitOverride();
  const command = (await COMMANDS.find(({ name }) => name === words[0])!.load())({} as never);
  const quiet = (one: Command) => {
    one.exitOverride().configureOutput({ writeErr: () => {}, outputError: () => {} });
    if (one.commands.length === 0 || DO_BOTH.has(one.name())) one.action(() => {});
    for (const child of one.commands) quiet(child);
  };
  quiet(command);
  program.addCommand(command).configureOutput({ writeErr: () => {}, outputError: () => {} });
  await program.parseAsync(['node', 'platform', ...words]);
}

const wordsOf = (line: string): string[] =>
  [...line.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');

describe.each(PAGES)('docs/%s', (name) => {
  it('has command lines that the program takes, and links that lead somewhere', async () => {
    const text = page(name);
    const lines = fenced(text, 'sh').flatMap((block) =>
      block.split('\n').filter((line) => line.startsWith('platform ')),
    );
    for (const line of lines) await takes(wordsOf(line).slice(1));
    for (const [, link = ''] of text.matchAll(/\]\((?!https?:)([^)#]+)\)/g))
      expect(existsSync(join(dirname(join(DOCS, name)), link)), link).toBe(true);
  });
});

/** Asks an API of the sandbox, whose hosts no name server knows. */
const ask = ({ aws }: Deployable, url: string, path: string, init?: RequestInit) =>
  fetch(`${aws.endpoint}/_apigateway/${url.replace('https://', '')}${path}`, init);

describe('docs/guides/webhooks.md', () => {
  const EVENTS = [
    ['S3-53', 'checkout.session.completed', 'open the account'],
    ['S3-54', 'customer.subscription.created', 'write the subscription down'],
    ['S3-55', 'customer.subscription.updated', 'write its state down again'],
    ['S3-56', 'customer.subscription.deleted', 'close the account'],
    ['S3-57', 'invoice.paid', 'extend it'],
    ['S3-58', 'invoice.payment_failed', 'warn the customer'],
  ] as const;

  it('S3-51 S3-53 S3-54 S3-55 S3-56 S3-57 S3-58: its project takes the six events at the address that outputs prints', async () => {
    const text = page('guides/webhooks.md');
    const [yaml] = fenced(text, 'yaml');
    const [handler] = fenced(text, 'ts');
    const project = await startDeployable({
      yaml: yaml!
        .replace('project: shop', 'project: demo')
        .replace('{ kind: dev }', '{ kind: dev, account: "111111111111" }'),
      files: { 'src/webhooks.ts': handler! },
    });
    // The secret exists only once the address does.
    await project.succeed(`deploy ${ON} --yes`);
    const url = (await project.succeed(`outputs apis.hooks.url ${ON}`)).stdout.trim();
    const KEY = 'whsec_0123456789abcdef';
    const send = (event: object, { key = KEY, at = Math.floor(Date.now() / 1000) } = {}) => {
      const body = JSON.stringify(event);
      const v1 = createHmac('sha256', key).update(`${at}.${body}`).digest('hex');
      return ask(project, url, '/webhooks/stripe/', {
        method: 'POST',
        body,
        headers: { 'stripe-signature': `t=${at},v1=${v1}`, 'content-type': 'application/json' },
      });
    };
    expect((await send({ id: 'evt_0', type: 'invoice.paid' })).status).toBe(400);

    writeFileSync(join(project.directory, '.env.dev'), `STRIPE_WEBHOOK_SECRET=${KEY}\n`, { mode: 0o600 });
    await project.succeed(`secrets push ${ON} --yes`);
    for (const [, type, action] of EVENTS) {
      expect(text).toContain(`| \`${type}\` |`);
      const answer = await send({ id: `evt_${type}`, type });
      expect([answer.status, await answer.text()]).toEqual([200, action]);
    }
    const other = await send({ id: 'evt_9', type: 'charge.refunded' });
    expect([other.status, await other.text()]).toEqual([200, 'ignored']);
    expect((await send({ id: 'evt_1', type: 'invoice.paid' }, { key: 'whsec_wrong' })).status).toBe(400);
    expect((await send({ id: 'evt_1', type: 'invoice.paid' }, { at: 1_600_000_000 })).status).toBe(400);
    expect((await project.succeed(`smoke ${ON} --json`)).json().summary).toEqual({ passed: 1, failed: 0, skipped: 0 });
    expect((await project.succeed(`logs trace evt_invoice.paid ${ON}`)).stdout).toContain('extend it');
  });
});

it('S3-109: lines that follow docs/guides/logging.md are found by the saved queries and by logs trace', async () => {
  const text = page('guides/logging.md');
  const lines = fenced(text, 'json').flatMap((block) => block.trim().split('\n'));
  const project = await startDeployable({
    yaml: `project: demo\nfunctions: { web: { source: web.ts, timeoutSeconds: 20 } }\napis: { open: { kind: http, handler: fn.web } }\nenvironments:\n  dev: { kind: dev, account: "111111111111" }\n`,
    files: {
      'web.ts': `export const handler = async () => { for (const line of ${JSON.stringify(lines)}) console.log(line); return { statusCode: 200, body: 'ok' }; };\n`,
    },
  });
  await project.succeed(`deploy ${ON} --yes`);
  const url = (await project.succeed(`outputs apis.open.url ${ON}`)).stdout.trim();
  expect((await ask(project, url, '/')).status).toBe(200);
  const query = async (name: string) => (await project.succeed(`logs query '${name}' ${ON} --json`)).json().rows;

  expect(await query('lines-by-level')).toEqual([
    { severityOfLine: 'info', lines: '2' },
    { severityOfLine: 'warning', lines: '1' },
    { severityOfLine: 'error', lines: '1' },
  ]);
  const slow = await query('slow-requests');
  expect(slow.map(({ milliseconds }: { milliseconds: string }) => milliseconds)).toEqual(['1830', '42', '3']);
  const errors = await query('errors');
  expect(errors).toHaveLength(1);
  expect(errors[0]['@message']).toContain('card declined');
  const traced = (await project.succeed(`logs trace order-4711 ${ON} --json`)).json().lines;
  expect(traced).toHaveLength(3);
});

it('S2-109: docs/guides/at-least-once.md is what queue redrive says before it asks', async () => {
  const project = await startDeployable({
    yaml: 'project: demo\nqueues: { jobs: { dlq: { maxReceive: 1 } } }\nfunctions: { worker: { source: worker.ts, trigger: { on: queue, queue: queue.jobs } } }\nenvironments:\n  dev: { kind: dev, account: "111111111111" }\n',
    files: { 'worker.ts': "export const handler = async () => { throw new Error('not today'); };\n" },
  });
  await project.succeed(`deploy ${ON} --yes`);
  const outputs = (await project.succeed(`outputs ${ON} --json`)).json();
  await project.aws
    .client(SQSClient, { account: '111111111111' })
    .send(new SendMessageCommand({ QueueUrl: outputs['queues.jobs.deadLetterUrl'], MessageBody: 'order-1' }));
  const asked = await project.platform(`queue redrive jobs ${ON}`);
  expect([asked.exitCode, asked.stderr]).toEqual([2, expect.stringContaining('may be done already')]);
});

it('S3-120: docs/architecture.md says of every source system which stack waits for which', () => {
  const rows = [...page('architecture.md').matchAll(/^\| `([\w<>-]+)` \| [^|]+ \| ([^|]+) \|/gm)];
  const said = new Map(
    rows.map(([, id, after = '']) => [id!, [...after.matchAll(/`([^`]+)`/g)].map(([, one]) => one!)]),
  );
  for (const [system, environment] of [
    ['tango', 'prod'],
    ['pikaia', 'prod'],
    ['express-workers', 'prod'],
    ['event-scheduling', 'production'],
  ] as const)
    for (const [id, after] of waitsFor(offlineSettings(loadText(systemText(system)).environment(environment))))
      for (const one of after) expect(said.get(id), `${system}: ${id}`).toContain(one);
});

it('S0-40: docs/guides/coming-from-python.md: templates are made where no Python is, and nothing of jsii’s runtime is installed', async () => {
  const project = await startDeployable({ yaml: systemYaml(), bootstrapped: true });
  const made = await project.platform('synth --env prod --json', { env: { PATH: join(project.directory, 'nothing') } });
  expect(made.exitCode, made.stderr).toBe(0);
  expect(made.json().stacks.length).toBeGreaterThan(3);
  const { packages } = JSON.parse(readFileSync(join(PACKAGE_ROOT, 'package-lock.json'), 'utf8'));
  expect(Object.keys(packages).filter((name) => /(^|\/)(@jsii\/(kernel|runtime)|jsii(-[\w]+)?)$/.test(name))).toEqual(
    [],
  );
  expect(Object.keys(packages)).toContain('node_modules/constructs');
});

it('S2-107: docs/guides/testing.md: its steps become a workflow, in their order, with their coverage and their servers', async () => {
  const [yaml] = fenced(page('guides/testing.md'), 'yaml');
  const { directory, platform } = await startPlatform({ yaml: yaml! });
  const { exitCode, stderr } = await platform('ci init --yes');
  expect(exitCode, stderr).toBe(0);
  const { jobs } = parsedWorkflow(readFileSync(join(directory, '.github', 'workflows', 'ci.yml'), 'utf8'));
  const runs = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
  const at = ['npm run test:unit', 'ci coverage', 'npm run test:integration', 'npm run test:e2e', 'validate'].map(
    (text) => runs.findIndex((run) => run.includes(text)),
  );
  expect(at).toEqual([...at].sort((one, other) => one - other));
  expect(at).not.toContain(-1);
  expect(JSON.stringify(jobs)).toContain('postgres:');
});

it('S2-105: docs/guides/an-http-service.md names the files that the preset writes; what they do is tried in src/testing/templates', async () => {
  const { directory, platform } = await startPlatform({ yaml: null });
  rmSync(join(directory, 'Dockerfile'));
  const made = await platform('init --preset api-workers --project shop --environments dev,prod --yes --json');
  expect(made.exitCode, made.stderr).toBe(0);
  const written = made.json().files.map(({ path }: { path: string }) => path);
  const named = [...page('guides/an-http-service.md').matchAll(/^\| `([^`]+)` \|/gm)].map(([, path]) => path!);
  expect(written.filter((path: string) => !/^(platform\.yaml|\.gitignore|\.env.*)$/.test(path)).sort()).toEqual(
    [...named].sort(),
  );
});

/** The container part of Tango, which was deployed by jsii. */
const systemYaml = (): string => `project: demo
databases: { main: { databaseName: tango, acu: { min: 0.5, max: 4 } } }
services: { web: { image: { context: . }, port: 8000, health: { path: /health }, http: { domain: api.example.com, certificate: auto }, uses: [db.main] } }
environments:
  prod: { kind: prod, account: "111111111111" }
`;
