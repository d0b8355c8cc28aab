import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Deployable, QUEUE, smallYaml, startDeployable } from '../../../testing/deployable.ts';
import { checked } from '../../../testing/doctor-checks.ts';

const YAML = `${smallYaml(QUEUE)}delivery: { provider: github, repository: Acme/shop }\n`;

const workflow = ({
  permissions,
  cancels = false,
  run,
}: {
  permissions: string;
  cancels?: boolean;
  run: string;
}) => `on: push
jobs:
  deploy:
    runs-on: ubuntu-latest
    permissions: ${permissions}
    concurrency:
      group: deploy
      cancel-in-progress: ${cancels} # as it was
    steps:
      - uses: aws-actions/configure-aws-credentials@v6
        with: { role-to-assume: x, aws-region: us-east-1 }
      - run: ${run}
`;

function place({ directory }: Deployable, text: string): string {
  mkdirSync(join(directory, '.github', 'workflows'), { recursive: true });
  const file = join(directory, '.github', 'workflows', 'deploy.yml');
  writeFileSync(file, text);
  return file;
}

const DEPLOY = 'npx platform deploy --env dev --yes';

it('workflow-token: sick where a job takes a role without a token (F-129), mended in its file; workflow-token: healthy afterwards', async () => {
  const project = await startDeployable({ yaml: YAML });
  expect((await checked(project, 'workflow-token')).checks).toMatchObject([{ status: 'skipped' }]);
  const file = place(project, workflow({ permissions: '{ contents: read }', run: DEPLOY }));
  expect(await checked(project, 'workflow-token')).toMatchObject({
    exitCode: 1,
    checks: [
      {
        subject: '.github/workflows/deploy.yml deploy',
        failure: 'F-129',
        severity: 'error',
        fixable: true,
        remedy: expect.stringContaining('id-token: write'),
      },
    ],
  });
  await project.succeed('doctor --env dev --sandbox --only workflow-token --fix');
  expect(readFileSync(file, 'utf8')).toContain('permissions: { id-token: write, contents: read }');
  expect((await checked(project, 'workflow-token')).checks).toMatchObject([{ status: 'ok' }]);
});

it('workflow-cancels: sick where a newer push ends a deployment (F-133), mended in its file; workflow-cancels: healthy afterwards', async () => {
  const project = await startDeployable({ yaml: YAML });
  const permissions = '{ contents: read, id-token: write }';
  const file = place(project, workflow({ permissions, cancels: true, run: DEPLOY }));
  expect(await checked(project, 'workflow-cancels')).toMatchObject({
    exitCode: 1,
    checks: [{ failure: 'F-133', fixable: true, remedy: expect.stringContaining('platform deploy --attach') }],
  });
  await project.succeed('doctor --env dev --sandbox --only workflow-cancels --fix');
  expect(readFileSync(file, 'utf8')).toContain('cancel-in-progress: false # as it was');
  expect((await checked(project, 'workflow-cancels')).checks).toMatchObject([{ status: 'ok' }]);
});

it('what ci init writes is healthy: not F-129, not F-132, not F-133', async () => {
  const project = await startDeployable({ yaml: YAML });
  await project.succeed('ci init --yes');
  for (const id of ['workflow-token', 'workflow-cancels'])
    expect((await checked(project, id)).checks).toMatchObject([{ status: 'ok' }]);
  expect((await checked(project, 'workflow-outputs')).checks).toMatchObject([{ status: 'skipped' }]);
});

it('workflow-outputs: sick where a workflow reads what is not deployed or has another name (F-132); workflow-outputs: healthy where it is there', async () => {
  const project = await startDeployable({ yaml: YAML });
  const permissions = '{ id-token: write }';
  place(project, workflow({ permissions, run: 'URL=$(npx platform outputs queues.jobs.url --env dev)' }));
  expect((await checked(project, 'workflow-outputs')).checks).toMatchObject([
    { failure: 'F-132', remedy: expect.stringContaining('platform deploy --env dev --sandbox') },
  ]);
  await project.succeed('deploy --env dev --sandbox --yes');
  expect((await checked(project, 'workflow-outputs')).checks).toMatchObject([{ status: 'ok' }]);
  place(project, workflow({ permissions, run: 'URL=$(npx platform outputs queues.job.url --env dev)' }));
  expect(await checked(project, 'workflow-outputs')).toMatchObject({
    exitCode: 1,
    checks: [{ failure: 'F-132', fixable: false, remedy: 'write queues.jobs.url in .github/workflows/deploy.yml' }],
  });
  // That of another environment is none of this one's business.
  place(project, workflow({ permissions, run: 'npx platform outputs queues.job.url --env prod' }));
  expect((await checked(project, 'workflow-outputs')).checks).toMatchObject([{ status: 'skipped' }]);
  const asked = await project.platform('outputs queues.job.url --env dev --sandbox');
  expect(asked).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('it is one of: queues.jobs.url') });
});
