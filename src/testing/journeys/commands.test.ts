import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtProject } from './built-program.ts';

const YAML = `project: shop
environments:
  dev: { kind: dev, account: "111111111111" }
  prod: { kind: prod, account: "222222222222" }
services: { web: { image: { context: . }, port: 8080, health: { path: /health }, http: { certificate: none, insecure: true } } }
`;
const project = () => builtProject({ 'platform.yaml': YAML, Dockerfile: 'FROM scratch\n' });

interface Refusal {
  words: string;
  exitCode: number;
  id: string;
  /** A part of the remedy. */
  remedy: string;
  files?: Record<string, string>;
}

const REFUSALS: Refusal[] = [
  { words: 'vlaidate', exitCode: 2, id: 'command-unknown', remedy: 'Did you mean validate?' },
  { words: 'deploy --evn dev', exitCode: 2, id: 'option-unknown', remedy: 'Did you mean --env?' },
  { words: 'sandbox', exitCode: 2, id: 'command-incomplete', remedy: 'choose one' },
  { words: 'config shwo', exitCode: 2, id: 'command-unknown', remedy: 'Did you mean show?' },
  { words: 'help deplo', exitCode: 2, id: 'help-unknown', remedy: 'platform help deploy' },
  { words: 'help errors nope', exitCode: 2, id: 'help-error-unknown', remedy: 'platform help errors' },
  { words: 'completion tcsh', exitCode: 2, id: 'argument-invalid', remedy: 'platform completion --help' },
  { words: 'events -n 0', exitCode: 2, id: 'argument-invalid', remedy: 'platform events --help' },
  { words: 'outputs a b', exitCode: 2, id: 'argument-excess', remedy: 'platform outputs --help' },
  { words: 'sandbox serve --port 0', exitCode: 2, id: 'argument-invalid', remedy: 'platform sandbox serve --help' },
  { words: '-C nowhere status', exitCode: 2, id: 'argument-invalid', remedy: 'platform status --help' },
  { words: 'init', exitCode: 2, id: 'nobody-to-ask', remedy: '--preset web-service | next-app' },
  { words: 'init --yes --project Shop', exitCode: 2, id: 'init-answer', remedy: 'platform init --project' },
  { words: 'config show --env pord', exitCode: 2, id: 'environment-unknown', remedy: '--env prod' },
  { words: 'validate --env nope', exitCode: 2, id: 'environment-unknown', remedy: 'dev, prod, sandbox' },
  { words: 'synth --stack nope', exitCode: 2, id: 'stack-unknown', remedy: 'service-web' },
  { words: 'deploy --plan plan.json', exitCode: 2, id: 'plan-unreadable', remedy: 'platform diff' },
  { words: 'deploy --image web', exitCode: 2, id: 'argument-invalid', remedy: 'platform deploy --help' },
  { words: 'secrets show', exitCode: 2, id: 'argument-missing', remedy: 'platform secrets show --help' },
  { words: 'secrets push nope --env sandbox', exitCode: 2, id: 'secret-unknown', remedy: 'declare it under secrets' },
  { words: 'image', exitCode: 2, id: 'command-incomplete', remedy: 'choose one' },
  { words: 'image push --tag a/b', exitCode: 2, id: 'argument-invalid', remedy: 'platform image push --help' },
  { words: 'image push nobody --env sandbox', exitCode: 2, id: 'service-unknown', remedy: 'one of web' },
  { words: 'image push --env sandbox', exitCode: 1, id: 'image-repository-missing', remedy: 'platform image init' },
  { words: 'image check --env sandbox', exitCode: 1, id: 'images-unfit', remedy: 'each says what mends it' },
  { words: 'image build --env sandbox', exitCode: 1, id: 'engine-missing', remedy: 'PLATFORM_CONTAINER_ENGINE' },
  { words: 'status --env prod', exitCode: 4, id: 'credentials-missing', remedy: 'aws configure sso' },
  { words: 'deploy --env dev --yes', exitCode: 4, id: 'credentials-missing', remedy: 'aws configure sso' },
  { words: 'destroy --env dev --yes', exitCode: 4, id: 'credentials-missing', remedy: 'aws configure sso' },
  {
    words: 'diff',
    exitCode: 2,
    id: 'environment-not-chosen',
    remedy: 'prod',
    files: { 'platform.yaml': 'project: shop\nenvironments: { prod: { kind: prod, account: "222222222222" } }\n' },
  },
  {
    words: 'status',
    exitCode: 2,
    id: 'config-invalid',
    remedy: 'write services',
    files: { 'platform.yaml': 'project: shop\nservces: {}\n' },
  },
  { words: 'status', exitCode: 2, id: 'config-other-name', remedy: 'mv platform.yml', files: { 'platform.yml': '' } },
  { words: 'bootstrap', exitCode: 2, id: 'config-missing', remedy: 'platform init', files: { 'else.yaml': '' } },
];

it('S0-13: every refusal has its exit code, one JSON document with a remedy, and the same on stderr', async () => {
  const usual = project();
  for (const { words, files, ...expected } of REFUSALS) {
    const { platform } = files ? builtProject(files) : usual;
    const run = await platform(...words.split(' '), '--json');
    const { error } = run.json();
    expect({ words, exitCode: run.exitCode, id: error.id, remedy: error.remedy }).toEqual({
      words,
      exitCode: expected.exitCode,
      id: expected.id,
      remedy: expect.stringContaining(expected.remedy),
    });
    expect(Object.keys(error)).toEqual(['id', 'kind', 'message', 'remedy', 'problems']);
    expect(run.stderr).toContain(`error: ${error.message}\n  fix: ${error.remedy}\n   id: ${error.id}\n`);
  }
});

/** What answers before anything is deployed; `sandbox` is taken so that no account is needed. */
const ANSWERS: [words: string, fields: readonly string[]][] = [
  ['version', ['platform']],
  ['version --verbose', ['platform', 'node', 'aws-cdk-lib', '@aws-cdk/toolkit-lib']],
  ['completion fish', ['shell', 'script']],
  ['completion environments', ['environments']],
  ['config show --env prod', ['environment', 'project', 'kind', 'account', 'region', 'config', 'problems']],
  ['config show --env prod --origin', ['environment', 'config', 'origins']],
  ['synth --env dev', ['directory', 'stacks']],
  ['diff --env sandbox', ['stacks', 'builds', 'monthlyCost']],
  ['image init --env sandbox --dry-run', ['environment', 'repositories', 'action', 'dryRun']],
  ['image list --env sandbox', ['images']],
  ['deploy --env sandbox --dry-run', ['environment', 'release', 'stacks', 'migration', 'outputs', 'smoke', 'dryRun']],
  ['status --env sandbox', ['environment', 'account', 'region', 'release', 'stacks', 'services']],
  ['events --env sandbox', ['environment', 'rootCauses', 'events']],
  ['outputs --env sandbox', []],
  ['destroy --env sandbox --yes', ['deleted', 'retained', 'dryRun', 'confirmations']],
  ['bootstrap --env sandbox --dry-run', ['regions', 'dryRun']],
  ['secrets init --env sandbox --dry-run', ['environment', 'files', 'secrets', 'created', 'dryRun']],
  ['secrets list --env sandbox', ['environment', 'secrets']],
  ['secrets diff --env sandbox', ['environment', 'file', 'secrets', 'unknownVariables', 'changes']],
  ['secrets push --env sandbox --dry-run', ['secrets', 'written', 'oldValues', 'redeployed', 'dryRun']],
  ['sandbox status', ['running', 'endpoint', 'pid', 'port', 'speed', 'busy', 'unknownOperations', 'defects']],
  ['sandbox serve --detach', ['running', 'endpoint', 'variables']],
  ['sandbox stop', ['stopped']],
  ['sandbox reset --yes', ['reset']],
  ['init --yes --dry-run', ['files', 'dryRun']],
  [
    'cost --env sandbox',
    [
      'environment',
      'region',
      'currency',
      'pricesOf',
      'monthly',
      'components',
      'byUse',
      'unknown',
      'assumptions',
      'prices',
    ],
  ],
];

it('every command answers with one JSON document and its fields', async () => {
  const { succeed } = project();
  for (const [words, fields] of ANSWERS) {
    const document = (await succeed(...words.split(' '), '--json')).json();
    expect({ words, missing: fields.filter((field) => !(field in document)) }).toEqual({ words, missing: [] });
  }
});

it('findings of validate are exit 1, and the document holds them and the error (S0-44, S0-46)', async () => {
  const yaml = YAML.replace('context: .', 'context: ../../..');
  const { platform } = builtProject({ 'platform.yaml': yaml });
  const run = await platform('validate', '--env', 'dev', '--json');
  expect(run.exitCode).toBe(1);
  const { problems, environments, error } = run.json();
  expect(environments).toEqual(['dev']);
  expect(error.id).toBe('validation-failed');
  expect(problems).toContainEqual({
    rule: 'path-outside',
    severity: 'error',
    environment: null,
    path: 'services.web.image.context',
    line: 5,
    column: expect.any(Number),
    message: expect.stringContaining('outside the git repository'),
    remedy: 'move it into the repository',
    source: 'platform',
    documentation: expect.stringContaining('path-outside'),
    waived: null,
  });
});

describe('what a person reads', () => {
  it('tells the only mistake of a configuration once', async () => {
    const { platform } = builtProject({ 'platform.yaml': 'project: shop\nservces: {}\n' });
    const { exitCode, stdout, stderr } = await platform('validate');
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toBe(
      'error: platform.yaml:2:1: The file has no setting "servces"\n  fix: write services\n   id: config-invalid\n',
    );
  });

  it('never leads from a rehearsal to the real account', async () => {
    const { succeed, platform } = project();
    expect((await succeed('status', '--env', 'dev', '--sandbox')).stdout).toContain(
      'platform deploy --env dev --sandbox brings it up',
    );
    expect((await platform('outputs', 'x', '--env', 'dev', '--sandbox')).stderr).toContain(
      'fix: nothing is deployed there yet: platform deploy --env dev --sandbox\n',
    );
  });

  it('says who listens on a port that is wanted', async () => {
    const first = project();
    const { port } = (await first.succeed('sandbox', 'serve', '--detach', '--json')).json();
    const refused = await project().platform('sandbox', 'serve', '--detach', '--port', String(port));
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain(`Port ${port} of 127.0.0.1 cannot be had: another program listens there`);
  });

  it('says what stands in the way of writing instead of calling it a bug', async () => {
    const { directory, platform } = project();
    mkdirSync(join(directory, '.platform'));
    writeFileSync(join(directory, '.platform', 'sandbox'), 'a file where a folder belongs');
    const run = await platform('status', '--env', 'sandbox');
    expect(run.exitCode).toBe(1);
    expect(run.stderr).not.toContain('bug:');
  });

  it('examples of init work when pasted, twice and with an edited file', async () => {
    const { directory, succeed, platform } = builtProject({ Dockerfile: 'FROM x\nEXPOSE 5000\n' });
    const words = 'init --preset web-service --project shop --region eu-central-1 --environments dev,prod --yes';
    const init = (...more: string[]) => succeed(...words.split(' '), ...more);
    expect((await init('--dry-run')).stdout).toContain('would be created  platform.yaml');
    expect((await init()).stdout).toContain('created    platform.yaml'.replace(/ +/, '  '));
    expect((await init('--json')).json().files.map(({ action }: { action: string }) => action)).toEqual(
      Array(4).fill('unchanged'),
    );
    const file = join(directory, 'platform.yaml');
    expect(readFileSync(file, 'utf8')).toContain('port: 5000');
    writeFileSync(file, `${readFileSync(file, 'utf8')}# mine\n`);
    const kept = await init();
    expect(kept.stdout).toContain('kept       platform.yaml');
    expect(kept.stderr).toContain('-# mine');
    const asked = await platform(
      ...words.split(' ').slice(0, -1),
      '--domain',
      'a.example.com',
      '--account',
      '222222222222',
      '--health',
      '/up',
    );
    expect(asked.exitCode).toBe(2);
    expect(asked.stderr).toContain('--overwrite');
    expect(readFileSync(file, 'utf8')).toContain('# mine');
  });
});

it('every command has a help with a summary, options that say what they mean, and examples', async () => {
  const { succeed } = project();
  const commands = (text: string) =>
    [...(text.split('\nCommands:\n')[1] ?? '').matchAll(/^ {2}([a-z]+) /gm)].map(([, name]) => name!);
  const walk = async (path: string[]): Promise<string[][]> => {
    const { stdout } = await succeed(...path, '--help');
    expect(stdout, path.join(' ')).toMatch(/^Usage: platform/);
    expect(stdout, path.join(' ')).toContain('Examples:\n  $ platform');
    expect(stdout, path.join(' ')).not.toContain('(default: {})');
    const below = await Promise.all(commands(stdout).map((name) => walk([...path, name])));
    return [path, ...below.flat()];
  };
  const all = (await walk([])).map((path) => path.join(' '));
  for (const name of 'init,config show,validate,synth,diff,deploy,destroy,status,outputs,events,bootstrap,sandbox serve,sandbox status,sandbox reset,completion,version,help'.split(
    ',',
  ))
    expect(all).toContain(name);
});
