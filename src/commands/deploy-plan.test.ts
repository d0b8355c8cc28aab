import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { BUCKET, QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';

it('acts on the plan that somebody approved, without asking again', async () => {
  const { platform } = await startDeployable({ yaml: smallYaml(QUEUE) });
  const shown = (await platform('diff --env dev --out plan.json --json')).json();
  expect(shown).toMatchObject({
    stacks: [
      { name: 'demo-dev-messaging', action: 'create', changes: Array(4).fill({ change: 'add', replacement: 'never' }) },
    ],
    monthlyCost: { before: 0, after: 0 },
  });
  expect(await platform('deploy --env dev --plan plan.json')).toMatchObject({ exitCode: 0 });
});

it('does not act on a plan that is not what would happen any more', async () => {
  const { platform, configure, writes } = await startDeployable({ yaml: smallYaml(QUEUE) });
  await platform('diff --env dev --out plan.json');
  configure(smallYaml(`${QUEUE}\n${BUCKET}`));
  const { exitCode, stderr } = await platform('deploy --env dev --plan plan.json --yes');
  expect(exitCode).toBe(1);
  expect(stderr).toContain('id: plan-outdated');
  expect(writes()).toEqual([]);
});

it('does not act on the plan of another environment', async () => {
  const { platform, writes } = await startDeployable({ yaml: smallYaml(QUEUE) });
  await platform('diff --env dev --out plan.json');
  const { exitCode, stderr } = await platform('deploy --env prod --plan plan.json --yes');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('plan.json was made for environment dev, this is prod');
  expect(writes()).toEqual([]);
});

it.each([
  ['garbage', 'no json'],
  ['another document', '{"format":"something/2"}'],
])('does not take %s for a plan', async (_, text) => {
  const { platform, directory, asked } = await startDeployable({ yaml: smallYaml(QUEUE) });
  writeFileSync(join(directory, 'plan.json'), text);
  const { exitCode, stderr } = await platform('deploy --env dev --plan plan.json --yes');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('id: plan-unreadable');
  expect(asked()).toEqual([]);
});

it('an approved plan stands for the names that it contains, and none can be added or taken away after approval', async () => {
  const { platform, configure, directory, writes, forget } = await startDeployable({ yaml: smallYaml(BUCKET) });
  expect(await platform('deploy --env dev --yes')).toMatchObject({ exitCode: 0 });
  configure(smallYaml('buckets: { others: {} }'));
  await platform('diff --env dev --out plan.json');
  const file = join(directory, 'plan.json');
  const plan = JSON.parse(readFileSync(file, 'utf8'));
  expect(plan.confirmations).toEqual(['dev/buckets.files']);

  forget();
  for (const confirmations of [[], ['dev/buckets.files', 'dev/databases.main']]) {
    writeFileSync(file, JSON.stringify({ ...plan, confirmations }));
    const altered = await platform('deploy --env dev --plan plan.json --yes');
    expect(altered.exitCode).toBe(1);
    expect(altered.stderr).toContain('id: plan-outdated');
  }
  expect(writes()).toEqual([]);

  writeFileSync(file, JSON.stringify(plan));
  expect(await platform('deploy --env dev --plan plan.json')).toMatchObject({ exitCode: 0 });
});
