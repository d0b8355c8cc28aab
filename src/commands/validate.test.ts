import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { TEMPLATE_RULES } from '../../infra/checks/check-template.ts';
import { TEMPLATE_RULE_IDS } from '../domain/template-rule-ids.ts';
import { startPlatform } from '../testing/start-platform.ts';
import { SYSTEM_SOURCES } from '../testing/system-sources.ts';
import { SYSTEMS, systemText } from '../testing/write-project.ts';

const NO_LINTERS = { PATH: '/usr/bin:/bin' };

const TAKES_ANYBODY = `project: shop
queues: { jobs: {} }
environments:
  dev: { kind: dev, account: "111111111111" }
  prod: { kind: prod, account: "222222222222", queues: { jobs: { dlq: false } } }
`;

describe('platform validate', () => {
  it.each(SYSTEMS)(
    '%s is clean in every environment, or names only what is waived with a reason (S0-51, S0-52, S0-47)',
    { timeout: 240_000 },
    async (name) => {
      const sources = Object.entries(SYSTEM_SOURCES[name]).map(([path, text]) => [`infra/${path}`, text]);
      const { platform } = await startPlatform({
        yaml: null,
        files: { 'infra/platform.yaml': systemText(name), ...Object.fromEntries(sources) },
        env: NO_LINTERS,
      });
      const run = await platform('validate --all-environments --strict --json', { directory: 'infra' });
      const { problems, environments } = run.json();
      expect(problems.filter(({ waived }: { waived: string | null }) => waived === null)).toEqual([]);
      expect(run).toMatchObject({ exitCode: 0 });
      expect(environments).toContain('sandbox');
    },
  );

  it('needs no environment by default to look at all of them, and links every finding to what explains it (S0-46, S1-85)', async () => {
    const { platform } = await startPlatform({ yaml: TAKES_ANYBODY, env: NO_LINTERS });
    const run = await platform('validate --all-environments --json');
    const { problems, error } = run.json();
    expect(run.exitCode).toBe(1);
    expect(error.id).toBe('validation-failed');
    for (const { documentation } of problems) expect(documentation).toMatch(/^(https:|docs\/)/);
    // The rule of the configuration has said it; the one about the template does not say it again.
    expect(problems.map(({ rule, environment }: Record<string, string>) => `${rule} ${environment}`)).toEqual([
      'queue-dlq prod',
      'alarms-unheard prod',
      'AwsSolutions-VPC7 prod',
    ]);
  });

  it.each([
    ['databases: { main: { databaseName: shop } }', 'database-acu'],
    ['databases: { main: { databaseName: shop, engine: postgres-instance } }', 'database-instance'],
  ])('names what cannot be built instead of building it: %s', async (block, rule) => {
    const { platform } = await startPlatform({
      yaml: `project: shop\n${block}\nenvironments:\n  dev: { kind: dev }\n`,
      env: NO_LINTERS,
    });
    const run = await platform('validate --env dev --json');
    expect(run.exitCode, run.stderr).toBe(1);
    expect(run.json().problems).toMatchObject([{ rule, severity: 'error' }]);
    expect(run.stderr).toContain('dev: its templates are looked at once it can be built');
    for (const words of ['synth', 'eject --offline'])
      expect(await platform(`${words} --env dev`)).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining(rule),
      });
  });

  it('goes by waivers of rules about templates: by construct, and told when nothing needs them', async () => {
    const waivers = (lines: string) => `${TAKES_ANYBODY.replace(', queues: { jobs: { dlq: false } }', '')}${lines}`;
    const { platform } = await startPlatform({
      yaml: waivers(`observability: { logRetentionDays: 30 }
network: { flowLogs: false }
services: { web: { image: { context: . }, port: 80, http: { certificate: none, insecure: true }, health: { path: / } } }
waivers:
  - { rule: AwsSolutions-VPC7, path: network/Vpc, environment: prod, reason: "nobody reads them here" }
  - { rule: task-public, path: service-web, reason: "public addresses were cheaper" }
  - { rule: cors-any-orign, reason: "a slip of the pen here" }
`),
      env: NO_LINTERS,
    });
    const wrong = await platform('validate --env dev --json');
    expect(wrong.exitCode).toBe(1);
    expect(wrong.json().problems).toMatchObject([
      { rule: 'waiver-unknown', remedy: 'write cors-any-origin', line: 12 },
    ]);
    const all = await platform('validate --all-environments --json');
    const said = all.json().problems as { rule: string; path: string; waived: string | null }[];
    expect(said).toContainEqual(
      expect.objectContaining({
        rule: 'AwsSolutions-VPC7',
        source: 'cdk-nag',
        path: 'network/Vpc/Vpc',
        waived: 'nobody reads them here',
      }),
    );
    expect(said).toContainEqual(expect.objectContaining({ rule: 'waiver-unused', severity: 'warning' }));
  });

  it('knows the same rules about templates where waivers are read and where templates are', () => {
    expect(TEMPLATE_RULE_IDS).toEqual(TEMPLATE_RULES.map(({ id }) => id));
  });
});

/** Findings in the form in which cfn-lint 1.51.0 prints them, shortened to the fields that are read. */
const CFN_LINT = (file: string) => [
  {
    Filename: file,
    Level: 'Warning',
    Location: { Path: ['Resources', 'QueueJobsQueue', 'Properties'] },
    Message:
      "'QueueJobs' dependency already enforced by a 'Ref' at 'Resources/QueueJobsQueue/Properties/RedrivePolicy'",
    Rule: { Id: 'W3005', Source: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/x.html' },
  },
  { Filename: file, Level: 'Informational', Location: { Path: [] }, Message: 'I say', Rule: { Id: 'I1022' } },
  { Filename: file, Level: 'Error', Location: { Path: ['Outputs', 'X'] }, Message: 'Bad', Rule: { Id: 'E6101' } },
];

/** What cfn-guard 3.1.1 printed of a rule with words of its author. */
const GUARD = (file: string, id: string) => [
  {
    name: file,
    metadata: {},
    status: 'FAIL',
    not_compliant: [
      {
        Rule: {
          name: 'QUEUE_OWN_KEY',
          metadata: {},
          messages: { custom_message: null, error_message: null },
          checks: [
            {
              Clause: {
                Unary: {
                  context: ' %queues[*].Properties.KmsMasterKeyId EXISTS  ',
                  messages: {
                    custom_message:
                      '\n    Violation: the queue has no key of its own\n    Fix: set KmsMasterKeyId\n    ',
                    error_message: 'Check was not compliant as property [KmsMasterKeyId] is missing.',
                  },
                  check: {
                    UnResolved: {
                      value: {
                        traversed_to: { path: `/Resources/${id}/Properties`, value: {} },
                        remaining_query: 'KmsMasterKeyId',
                        reason: 'Could not find key KmsMasterKeyId',
                      },
                      comparison: ['Exists', false],
                    },
                  },
                },
              },
            },
          ],
        },
      },
    ],
    not_applicable: [],
    compliant: ['fine'],
  },
];

/** A folder for PATH with programs that print what the real ones print, given the template that holds the queue. */
function programs(each: Record<string, { exitCode: number; print: string }>): { PATH: string } {
  const folder = mkdtempSync(join(tmpdir(), 'platform-linters-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, { exitCode, print }] of Object.entries(each)) {
    const file = join(folder, name);
    writeFileSync(
      file,
      `#!${process.execPath}
const { readFileSync } = require('node:fs');
const file = process.argv.find((word) => word.endsWith('messaging.template.json'));
const { Resources } = JSON.parse(readFileSync(file, 'utf8'));
const id = Object.keys(Resources).find((one) => Resources[one].Type === 'AWS::SQS::Queue');
process.stdout.write((${print})(file, id));
process.stderr.write('Parser Error when parsing the rules\\n');
process.exit(${exitCode});
`,
    );
    chmodSync(file, 0o755);
  }
  return { PATH: `${folder}:/usr/bin:/bin` };
}

const answers = (make: (file: string, id: string) => unknown) =>
  `(file, id) => JSON.stringify((${make.toString()})(file, id))`;

describe('platform validate, with linters of others on the PATH (S0-45)', () => {
  const yaml = `${TAKES_ANYBODY.replace(', queues: { jobs: { dlq: false } }', '')}validation: { guard: [rules] }
waivers: [{ rule: "guard:QUEUE_OWN_KEY", reason: "the key of SQS does for now" }]
`;
  const files = { 'rules/queues.guard': 'rule QUEUE_OWN_KEY { Resources exists }\n' };

  it('takes their findings into the same list, at the construct that is meant', async () => {
    const env = programs({
      'cfn-lint': { exitCode: 6, print: answers(CFN_LINT) },
      'cfn-guard': { exitCode: 19, print: answers(GUARD) },
    });
    const { platform } = await startPlatform({ yaml, files, env });
    const run = await platform('validate --env dev --json');
    const { problems } = run.json();
    expect(run.exitCode).toBe(1);
    expect(problems).toMatchObject([
      {
        rule: 'W3005',
        source: 'cfn-lint',
        severity: 'warning',
        path: 'messaging/QueueJobsQueue.Properties',
        documentation: 'https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/x.html',
        waived: null,
      },
      { rule: 'E6101', source: 'cfn-lint', severity: 'error', path: 'messaging' },
      {
        rule: 'guard:QUEUE_OWN_KEY',
        source: 'cfn-guard',
        severity: 'error',
        path: 'messaging/QueueJobs/DeadLetters.Properties',
        message: 'the queue has no key of its own',
        remedy: 'set KmsMasterKeyId',
        waived: 'the key of SQS does for now',
      },
    ]);
  });

  it('says what it could not ask, and what gave no answer', async () => {
    const { platform } = await startPlatform({ yaml, files, env: NO_LINTERS });
    const without = await platform('validate --env dev');
    expect(without).toMatchObject({ exitCode: 0 });
    expect(without.stderr).toContain('cfn-lint is not on the PATH');
    expect(without.stderr).toContain('cfn-guard is not on the PATH, so nobody has looked at the rules in rules');
    // Rules that cannot be read end in code 5, with a document that says nothing was broken.
    const broken = programs({ 'cfn-guard': { exitCode: 5, print: answers(() => []) } });
    const refused = await platform('validate --env dev', { env: broken });
    expect(refused.exitCode).toBe(1);
    expect(refused.stderr).toContain('cfn-guard gave no answer: Parser Error when parsing the rules');
    expect((await platform('validate --env dev', { directory: 'rules' })).exitCode).toBe(0);
  });

  it('refuses Guard rules that are not there or not of the repository (exit 2)', async () => {
    const { platform } = await startPlatform({ yaml: yaml.replace('[rules]', '[../../rules]'), env: NO_LINTERS });
    expect(await platform('validate --env dev')).toMatchObject({ exitCode: 2, stdout: '' });
  });
});
