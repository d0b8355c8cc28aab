import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';

const PLACE = '--env dev --sandbox';
const YAML = `# kept
${smallYaml(
  `${QUEUE}
services: { web: { image: { context: . }, cpu: 256, memory: 512 } }`,
).replace(/^network: .*$/m, 'network: { nat: none }')}`;

async function start() {
  const project = await startDeployable({ yaml: YAML });
  const file = join(project.directory, 'platform.yaml');
  const kept = (scenario: string) => join(project.directory, '.platform', 'edits', `${scenario}.json`);
  return { ...project, file, kept, text: () => readFileSync(file, 'utf8') };
}

it('edits platform.yaml of a person only after a yes, with the change shown, and gives it back as it was', async () => {
  const project = await start();
  const refused = await project.platform(`sandbox break size-not-of-fargate ${PLACE}`);
  expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('add --yes to agree') });
  expect(refused.stderr).toContain('+  dev: { services: { web: { memory: 700 } }, kind: dev');
  const no = await project.platform(`sandbox break size-not-of-fargate ${PLACE}`, { answer: () => false });
  expect(no.exitCode).toBe(5);
  const dry = await project.succeed(`sandbox break size-not-of-fargate ${PLACE} --dry-run --json`);
  expect(dry.json().scenarios[0]).toMatchObject({ done: [], edit: { file: 'platform.yaml' } });
  expect(dry.json().scenarios[0].edit.difference).toContain('memory: 700');
  expect(project.text()).toBe(YAML);

  const broken = await project.succeed(`sandbox break size-not-of-fargate ${PLACE} --yes`);
  expect(broken.stdout).toContain('broken: platform.yaml: environments.dev.services.web.memory is 700');
  expect(broken.stdout).toContain('undo: platform sandbox break size-not-of-fargate --heal --env dev --sandbox');
  expect(statSync(project.kept('size-not-of-fargate')).mode & 0o777).toBe(0o600);
  const told = await project.platform(`deploy ${PLACE}`);
  expect(told).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('fargate-size (F-54): ') });

  // The configuration does not load any more, and is healed all the same; twice is as good as once.
  const healed = await project.succeed(`sandbox break size-not-of-fargate --heal ${PLACE}`);
  expect(healed.stdout).toContain('healed: platform.yaml is as it was before');
  expect(project.text()).toBe(YAML);
  expect(existsSync(project.kept('size-not-of-fargate'))).toBe(false);
  const again = await project.succeed(`sandbox break size-not-of-fargate --heal ${PLACE}`);
  expect(again.stdout).toContain('platform.yaml has no edit of size-not-of-fargate');
});

it('combines edits, takes each back by itself, and keeps what a person wrote meanwhile', async () => {
  const project = await start();
  await project.succeed(`sandbox break size-not-of-fargate hidden-too-short ${PLACE} --yes`);
  const both = project.text();
  writeFileSync(project.file, `${both}# of a person\n`);
  const first = await project.platform(`deploy ${PLACE} --json`);
  const named = first.json().error.problems.map(({ failure }: { failure?: string }) => failure);
  expect(named.filter(Boolean).sort()).toEqual(['F-54', 'F-97']);

  await project.succeed(`sandbox break size-not-of-fargate hidden-too-short --heal ${PLACE}`);
  expect(project.text()).toBe(`${YAML}# of a person\n`);
});

it('leaves a file alone whose edited lines somebody has changed since, and says what was edited', async () => {
  const project = await start();
  await project.succeed(`sandbox break size-not-of-fargate ${PLACE} --yes`);
  const mine = project.text().replace('memory: 700', 'memory: 900');
  writeFileSync(project.file, mine);
  const { exitCode, stderr } = await project.platform(`sandbox break size-not-of-fargate --heal ${PLACE}`);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('id: scenario-edit-changed');
  expect(stderr).toContain('memory: 700');
  expect(project.text()).toBe(mine);
});

it('touches no file outside the sandbox (exit 2)', async () => {
  const project = await start();
  const run = await project.platform('sandbox break size-not-of-fargate --env dev --yes');
  expect(run).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('id: break-outside-sandbox') });
  expect(project.text()).toBe(YAML);
});
