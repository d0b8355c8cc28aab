import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../cli/command-table.ts';
import { declareFlags } from '../cli/flags.ts';
import { PINNED_ACTIONS } from '../domain/pinned-actions.ts';
import { type StartedPlatform, startPlatform } from '../testing/start-platform.ts';
import { ownCommands, parsedWorkflow, usesOf, type Workflow } from '../testing/workflows/walk-workflow.ts';

const environments = `environments:
  dev: { kind: dev, account: "111111111111" }
  staging: { kind: staging, account: "222222222222" }
  production: { kind: prod, account: "333333333333" }
`;
const BASE = 'project: demo\nnetwork: { nat: none }\nqueues: { jobs: {} }\n';

const DELIVERY = `delivery:
  provider: github
  repository: acme/shop
  ci:
    steps:
      lint: { run: "npm run lint && npx prettier --check ." }
      unit: { run: "npm run test:unit -- --coverage", coverage: 80 }
      integration: { run: npm run test:integration, services: [docker, postgres] }
      e2e: { run: npm run test:e2e, services: [docker, emulator] }
      build: { run: npm run build }
  promotion:
    - { to: dev, on: "push:develop" }
    - { to: staging, on: "push:main" }
    - { to: production, on: dispatch, reviewers: [tech-lead, engineering-manager], requires: [staging-tests-passed, no-open-alarms] }
local: { emulator: { image: "localstack/localstack:3.1.0", port: 4566, env: { DEBUG: 1 } } }
`;

const SITE = `sites:
  app: { kind: spa, dir: frontend, build: npm run build, buildEnv: { VITE_TOKEN: "\${ci.VITE_TOKEN}", VITE_KEY: "\${ci.VITE_KEY?}" } }
`;
const APART = DELIVERY.replace(
  '  ci:',
  '  paths: { services: [backend/**], infra: [platform.yaml], sites: [frontend/**] }\n  ci:',
);

const folderOf = ({ directory }: StartedPlatform) => join(directory, '.github', 'workflows');
const workflow = (platform: StartedPlatform, name: string): Workflow =>
  parsedWorkflow(readFileSync(join(folderOf(platform), name), 'utf8'));

async function written(yaml: string, words = 'ci init --yes'): Promise<StartedPlatform> {
  const started = await startPlatform({ yaml });
  const { exitCode, stderr } = await started.platform(words);
  expect(stderr).not.toContain('error:');
  expect(exitCode).toBe(0);
  return started;
}

/** Whether our own command line takes these words; it throws for what it does not know. */
async function takes(words: readonly string[]): Promise<void> {
  const program = declareFlags(new Command('platform'), '/').exitOverride();
  const entry = COMMANDS.find(({ name }) => name === words[0])!;
  const command = (await entry.load())({} as never);
  const quiet = (one: Command) => {
    one.exitOverride().configureOutput({ writeErr: () => {}, outputError: () => {} });
    if (one.commands.length === 0) one.action(() => {});
    for (const child of one.commands) quiet(child);
  };
  quiet(command);
  program.addCommand(command).configureOutput({ writeErr: () => {}, outputError: () => {} });
  await program.parseAsync(['node', 'platform', ...words]);
}

describe('ci init', () => {
  it('S2-104 S4-14 S4-15 S4-16: writes a workflow that checks and one that deploys; again it changes nothing', async () => {
    const started = await startPlatform({ yaml: `${BASE}${environments}${DELIVERY}` });
    const seen = (await started.platform('ci init --dry-run --json')).json();
    expect(seen).toMatchObject({ dryRun: true, repository: 'acme/shop' });
    expect(() => readdirSync(folderOf(started))).toThrow('ENOENT');
    const first = (await started.platform('ci init --json')).json();
    expect(first.files).toEqual([
      { path: '.github/workflows/ci.yml', action: 'created' },
      { path: '.github/workflows/deploy.yml', action: 'created' },
    ]);
    expect(first.environments).toContainEqual({
      environment: 'production',
      planned: true,
      reviewers: ['tech-lead', 'engineering-manager'],
    });
    const again = (await started.platform('ci init --json')).json();
    expect(again.files.every(({ action }: { action: string }) => action === 'unchanged')).toBe(true);
  });

  it('F-129 F-133 S0-41: every workflow is valid, pins actions by commit and Node, may no more than it needs, and types commands that there are', async () => {
    const started = await written(`${BASE}${SITE}${environments}${APART}`);
    const names = readdirSync(folderOf(started)).sort();
    expect(names).toEqual(['ci.yml', 'deploy.yml', 'sites.yml']);
    for (const name of names) {
      const text = readFileSync(join(folderOf(started), name), 'utf8');
      const parsed = workflow(started, name);
      for (const uses of usesOf(parsed)) expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
      for (const [, pin] of text.matchAll(/uses: (.+)/g)) expect(Object.values(PINNED_ACTIONS)).toContain(pin);
      expect(text).not.toMatch(/\{\{(?! )/);
      expect(name === 'ci.yml' ? { contents: 'read' } : {}).toEqual(parsed.permissions);
      for (const words of ownCommands(parsed)) await takes(words);
      for (const job of Object.values(parsed.jobs)) {
        const node = job.steps.find(({ uses }) => uses?.startsWith('actions/setup-node@'));
        expect(node?.with?.['node-version']).toMatch(/^24\.\d+\.\d+$/);
        const signsIn = job.steps.some(({ uses }) => uses?.startsWith('aws-actions/configure-aws-credentials@'));
        expect(job.permissions).toEqual(signsIn ? { contents: 'read', 'id-token': 'write' } : undefined);
        expect(signsIn).toBe(job.environment !== undefined);
      }
    }
    expect(ownCommands(workflow(started, 'deploy.yml')).length).toBeGreaterThan(3);
    await expect(takes(['deploy', '--never-heard-of'])).rejects.toThrow();
  });

  it('S3-85 S4-24 S4-109 S4-114 S4-120 S4-122 S4-123 S4-124 C14: develop deploys dev, main staging, and production is done by hand as it was planned and approved', async () => {
    const { on, jobs } = workflow(await written(`${BASE}${environments}${DELIVERY}`), 'deploy.yml');
    expect(on.push).toEqual({ branches: ['develop', 'main'] });
    expect(on.workflow_dispatch!.inputs.environment.options).toEqual(['dev', 'staging', 'production']);
    expect(jobs.dev!.if).toContain("github.ref == 'refs/heads/develop'");
    expect(jobs.dev!.if).toContain("inputs.environment == 'dev'");
    expect(jobs.staging!.if).toContain("github.ref == 'refs/heads/main'");
    expect(jobs['production-plan']).toMatchObject({
      if: "${{ inputs.environment == 'production' }}",
      environment: 'production-plan',
    });
    expect(jobs.production).toMatchObject({ needs: ['production-plan'], environment: 'production' });
    const commands = (job: string) => ownCommands({ jobs: { [job]: jobs[job]! } } as never).map((one) => one.join(' '));
    expect(commands('dev')).toEqual(['deploy --env dev --yes']);
    expect(commands('production-plan')).toEqual(['diff --env production --out "$RUNNER_TEMP/plan.json"']);
    expect(commands('production')).toEqual([
      'doctor --env production --only alarms',
      'deploy --env production --plan "$RUNNER_TEMP/plan.json" --yes',
    ]);
  });

  it('S3-83 S3-84 S3-86 S3-87 C13 F-133: deployments wait for each other, files of sites go up apart and the newest wins', async () => {
    const started = await written(`${BASE}${SITE}${environments}${APART}`);
    const [deploy, sites] = [workflow(started, 'deploy.yml'), workflow(started, 'sites.yml')];
    expect(deploy.on.push).toMatchObject({ paths: ['backend/**', 'platform.yaml'] });
    expect(sites.on.push).toMatchObject({ paths: ['frontend/**'] });
    for (const env of ['dev', 'staging', 'production']) {
      expect(deploy.jobs[env]!.concurrency).toEqual({ group: `deploy-${env}`, 'cancel-in-progress': false });
      expect(sites.jobs[env]!.concurrency).toEqual({ group: `sites-${env}`, 'cancel-in-progress': true });
    }
    const [step] = sites.jobs.dev!.steps.filter(({ run }) => run?.includes('site deploy'));
    expect(step!.env).toEqual({
      VITE_KEY: '${{ secrets.VITE_KEY || vars.VITE_KEY }}',
      VITE_TOKEN: '${{ secrets.VITE_TOKEN || vars.VITE_TOKEN }}',
    });
    // Without paths of their own a deployment builds them and brings them up.
    const together = await written(`${BASE}${SITE}${environments}${DELIVERY}`);
    expect(readdirSync(folderOf(together)).sort()).toEqual(['ci.yml', 'deploy.yml']);
    const [deployed] = workflow(together, 'deploy.yml').jobs.dev!.steps.filter(({ run }) => run?.includes(' deploy '));
    expect(deployed!.env).toEqual(step!.env);
  });

  it('S3-83: a site with a server is deployed with everything else, whatever its paths, and media alone needs no build', async () => {
    const next = 'sites:\n  app: { kind: next, dir: frontend, buildEnv: { KEY: "${ci.KEY}" } }\n';
    const started = await written(`${BASE}${next}${environments}${APART}`);
    expect(readdirSync(folderOf(started)).sort()).toEqual(['ci.yml', 'deploy.yml']);
    const deploy = workflow(started, 'deploy.yml');
    expect(deploy.on.push).toMatchObject({ paths: ['backend/**', 'platform.yaml', 'frontend/**'] });
    const [step] = deploy.jobs.dev!.steps.filter(({ run }) => run?.includes('deploy --env dev'));
    expect(step!.env).toEqual({ KEY: '${{ secrets.KEY || vars.KEY }}' });
    const media = 'buckets: { media: { access: cdn } }\nsites:\n  pictures: { kind: media, bucket: bucket.media }\n';
    const bare = await written(`${BASE}${media}${environments}${APART}`);
    expect(readdirSync(folderOf(bare)).sort()).toEqual(['ci.yml', 'deploy.yml']);
    expect(workflow(bare, 'deploy.yml').on.push).toMatchObject({ paths: ['backend/**', 'platform.yaml'] });
  });

  it('S4-17 S4-18 S4-19 S4-20 S4-21: a pull request runs the steps in their order, beside what they need, and says what would change', async () => {
    const { on, jobs, concurrency } = workflow(await written(`${BASE}${environments}${DELIVERY}`), 'ci.yml');
    expect(on).toEqual({ pull_request: null });
    expect(concurrency).toMatchObject({ 'cancel-in-progress': true });
    expect(Object.keys(jobs)).toEqual(['lint', 'unit', 'integration', 'e2e', 'build', 'validate', 'diff']);
    expect(jobs.unit).toMatchObject({ needs: ['lint'] });
    const runs = (job: string) => jobs[job]!.steps.flatMap(({ run }) => (run ? [run] : []));
    expect(runs('lint')).toContain('npm run lint && npx prettier --check .');
    expect(runs('unit').slice(-2)).toEqual([
      'npm run test:unit -- --coverage',
      'npx --no -- platform ci coverage --least 80',
    ]);
    expect(jobs.integration).toMatchObject({
      services: { postgres: { image: 'postgres:16', ports: ['5432:5432'] } },
      env: { DATABASE_URL: expect.stringMatching(/^postgresql:/) },
    });
    expect(jobs.e2e).toMatchObject({
      services: { emulator: { image: 'localstack/localstack:3.1.0', env: { DEBUG: '1' }, ports: ['4566:4566'] } },
      env: { AWS_ENDPOINT_URL: 'http://localhost:4566' },
    });
    expect(runs('validate')).toContain('npx --no -- platform validate --all-environments');
    expect(jobs.diff!.environment).toBe('${{ matrix.environment }}-plan');
    expect(jobs.diff!.if).toContain('head.repo.full_name == github.repository');
  });

  it('an environment after another follows it, a tag starts what it fits, and approval: never plans nothing', async () => {
    const promotion = `delivery:
  provider: github
  repository: acme/shop
  approval: never
  promotion:
    - { to: dev, on: "tag:v*" }
    - { to: staging, on: "after:dev" }
`;
    const { on, jobs } = workflow(await written(`${BASE}${environments}${promotion}`), 'deploy.yml');
    expect(on.push).toEqual({ tags: ['v*'] });
    expect(jobs.dev!.if).toContain("startsWith(github.ref, 'refs/tags/v')");
    expect(jobs.staging).toMatchObject({
      needs: ['dev'],
      if: expect.stringContaining("needs.dev.result == 'success'"),
    });
    expect(Object.keys(jobs)).toEqual(['dev', 'staging', 'production']);
  });

  it('runs beside platform.yaml where that lies in a folder, with the command that brings platform along', async () => {
    const started = await startPlatform({ yaml: null });
    mkdirSync(join(started.directory, 'infra'));
    writeFileSync(join(started.directory, 'infra', 'platform.yaml'), `${BASE}${environments}${DELIVERY}`);
    const words = ['-C', 'infra', 'ci', 'init', '--install', 'npm install --no-save ./tools/platform.tgz'];
    const own = await started.platform(words);
    expect([own.exitCode, own.stdout.includes('no package.json here names it')]).toEqual([0, false]);
    expect((await started.platform('-C infra ci init --yes')).stdout).toContain('no package.json here names it');
    const { defaults, jobs } = workflow(started, 'deploy.yml');
    expect(defaults).toEqual({ run: { 'working-directory': 'infra' } });
    expect(jobs.dev!.steps.map(({ run }) => run)).toContain('npm install --no-save ./tools/platform.tgz');
  });

  it('init --workflows writes them along with the project, and wants to know the repository', async () => {
    const started = await startPlatform({ yaml: null });
    const words = 'init --preset api-workers --project shop --environments dev,staging,prod --yes --json';
    expect(await started.platform(`${words} --workflows`)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--repository'),
    });
    const { files } = (await started.platform(`${words} --workflows --repository acme/shop`)).json();
    expect(files).toContainEqual({ path: '.github/workflows/deploy.yml', action: 'created' });
    const { on, jobs } = workflow(started, 'deploy.yml');
    expect(on.push).toEqual({ branches: ['main'] });
    expect(Object.keys(jobs)).toEqual(['dev', 'staging', 'prod-plan', 'prod']);
    expect(jobs.staging!.needs).toEqual(['dev']);
  });

  it('shows what differs and keeps it unless it may be replaced', async () => {
    const started = await written(`${BASE}${environments}${DELIVERY}`);
    const file = join(folderOf(started), 'deploy.yml');
    writeFileSync(file, `${readFileSync(file, 'utf8')}# mine\n`);
    const kept = await started.platform('ci init --yes');
    expect(kept.stderr).toContain('-# mine');
    expect(readFileSync(file, 'utf8')).toContain('# mine');
    expect(await started.platform('ci init')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('--overwrite'),
    });
    await started.platform('ci init --overwrite');
    expect(readFileSync(file, 'utf8')).not.toContain('# mine');
  });

  it('refuses what it cannot write: no repository, no environment, an emulator that nobody named', async () => {
    const refusals: [string, string][] = [
      [`${BASE}${environments}`, 'ci-no-repository'],
      [`${BASE}delivery: { provider: github, repository: acme/shop }\n`, 'ci-no-environment'],
      [`${BASE}${environments}${DELIVERY.replace(/local:.*\n/, '')}`, 'ci-no-emulator'],
    ];
    for (const [yaml, id] of refusals) {
      const started = await startPlatform({ yaml });
      const refused = await started.platform('ci init --yes');
      expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining(id) });
      expect(() => readdirSync(folderOf(started))).toThrow('ENOENT');
    }
  });
});
