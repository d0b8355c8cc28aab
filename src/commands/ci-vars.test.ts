import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { smallYaml, startDeployable } from '../testing/deployable.ts';
import { recordingGh } from '../testing/fake-gh.ts';
import { startPlatform } from '../testing/start-platform.ts';

const SITE = `sites:
  app: { kind: spa, dir: frontend, build: npm run build, buildEnv: { VITE_STYTCH_PUBLIC_TOKEN: "\${ci.VITE_STYTCH_PUBLIC_TOKEN}" } }
`;
const SERVICE = `services:
  web: { image: { context: . }, port: 8080, health: { path: / }, http: { certificate: none, insecure: true } }
`;
const DELIVERY = 'delivery: { provider: github, repository: Acme/shop }\n';
const at = '--env dev --sandbox';

const own = (name: string, value: string | null) => ({ environment: 'dev', name, value });
const ROLES = [
  own('AWS_OIDC_ROLE_ARN', 'arn:aws:iam::111111111111:role/demo-dev-pipeline'),
  own('AWS_REGION', 'us-east-1'),
  { environment: 'dev-plan', name: 'AWS_OIDC_ROLE_ARN', value: 'arn:aws:iam::111111111111:role/demo-dev-plan' },
  { environment: 'dev-plan', name: 'AWS_REGION', value: 'us-east-1' },
];

describe('ci vars', () => {
  it('S3-89 S3-90 S3-106: prints the role and the region of each environment at GitHub, and what only its owner knows', async () => {
    const project = await startDeployable({ yaml: `${smallYaml(SITE)}${DELIVERY}` });
    const told = await project.succeed(`ci vars ${at} --json`);
    expect(told.json()).toEqual({
      environment: 'dev',
      repository: 'Acme/shop',
      variables: [...ROLES, own('VITE_STYTCH_PUBLIC_TOKEN', null)],
      set: false,
      dryRun: false,
    });
    expect((await project.succeed(`ci vars ${at}`)).stdout).toContain(
      'gh secret set VITE_STYTCH_PUBLIC_TOKEN --env dev --repo Acme/shop',
    );
  });

  it('sets them through gh after a yes; an environment that is there keeps its reviewers', async () => {
    const github = recordingGh({ 'api repos/Acme/shop/environments/dev-plan': 'gh: Not Found (HTTP 404)' });
    const project = await startDeployable({ yaml: `${smallYaml('queues: { jobs: {} }')}${DELIVERY}`, env: github.env });
    expect(await project.platform(`ci vars ${at} --set`)).toMatchObject({ exitCode: 2 });
    expect((await project.succeed(`ci vars ${at} --set --dry-run --json`)).json()).toMatchObject({ set: false });
    expect(github.asked()).toEqual([]);
    expect((await project.succeed(`ci vars ${at} --set --yes --json`)).json()).toMatchObject({ set: true });
    const set = ({ environment, name, value }: (typeof ROLES)[number]) =>
      `variable set ${name} --env ${environment} --repo Acme/shop --body ${value}`;
    expect(github.asked()).toEqual([
      'api repos/Acme/shop/environments/dev --silent',
      'api repos/Acme/shop/environments/dev-plan --silent',
      'api --method PUT repos/Acme/shop/environments/dev-plan --silent',
      ...ROLES.map(set),
    ]);
  });

  it('says what GitHub refused, and that there is no gh', async () => {
    const refused = recordingGh({ 'variable set': 'HTTP 403: Resource not accessible' });
    for (const [env, says] of [
      [refused.env, 'Resource not accessible'],
      [{ PATH: '/nowhere' }, 'no gh on this machine'],
    ] as const) {
      const project = await startDeployable({ yaml: `${smallYaml('queues: { jobs: {} }')}${DELIVERY}` });
      const run = await project.platform(`ci vars ${at} --set --yes`, { env });
      expect(run).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(says) });
      expect(run.stderr).toContain('gh auth login');
    }
  });

  it('S3-91 S3-92 S3-93 S3-94 S3-95 S3-96: names what is deployed for workflows of one’s own, and says which command is missing before that (F-132)', async () => {
    const own =
      'project: demo\nnetwork: { nat: none }\nenvironments: { dev: { kind: dev, account: "111111111111" } }\n';
    const project = await startDeployable({ yaml: `${own}${SERVICE}${SITE}${DELIVERY}` });
    const early = await project.platform(`ci vars ${at} --deployed`);
    expect(early).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('ECS_CLUSTER') });
    expect(early.stderr).toContain('F-132');
    expect(early.stderr).toContain('platform deploy --env dev --sandbox');
    mkdirSync(join(project.directory, 'frontend'));
    writeFileSync(join(project.directory, 'frontend', 'index.html'), 'hello');
    await project.succeed(`deploy ${at} --no-build --yes`);
    const { variables } = (await project.succeed(`ci vars ${at} --deployed --json`)).json();
    const outputs = (await project.succeed(`outputs ${at} --json`)).json();
    const value = (name: string) => variables.find((one: { name: string }) => one.name === name)?.value;
    expect(value('ECS_CLUSTER')).toBe(outputs['runtime.cluster']);
    expect(value('ECS_SERVICE')).toBe(outputs['services.web.name']);
    expect(outputs['services.web.taskDefinition']).toContain(`task-definition/${value('ECS_TASK_DEFINITION')}:`);
    expect(value('ECR_REPOSITORY')).toBe('demo-dev-web');
    expect(value('FRONTEND_BUCKET')).toBe(outputs['sites.app.bucket']);
    expect(value('CLOUDFRONT_DISTRIBUTION_ID')).toBe(outputs['sites.app.distributionId']);
  });
});

describe('ci coverage', () => {
  it('S4-19: passes what tests ran enough of, fails what they did not, and what nobody can read', async () => {
    const started = await startPlatform({ files: { 'coverage/lcov.info': 'SF:a\nLF:10\nLH:8\nend_of_record\n' } });
    expect((await started.platform('ci coverage --least 80 --json')).json()).toEqual({
      report: 'coverage/lcov.info',
      covered: 8,
      total: 10,
      percent: 80,
      least: 80,
    });
    const refused = [
      ['ci coverage --least 80.1', 1, 'coverage-too-low'],
      ['ci coverage --least 80 --report platform.yaml', 1, 'coverage-unreadable'],
      ['ci coverage --least 80 --report none.xml', 1, 'coverage-missing'],
      ['ci coverage --least many', 2, 'share from 0 to 100'],
      ['ci coverage', 2, '--least'],
    ] as const;
    for (const [words, exitCode, says] of refused)
      expect(await started.platform(words), words).toMatchObject({ exitCode, stderr: expect.stringContaining(says) });
  });
});
