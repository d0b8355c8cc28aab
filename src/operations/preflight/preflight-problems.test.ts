import { expect, it } from 'vitest';
import { Aws } from '../../aws/aws.ts';
import type { Plan } from '../../release/plan.ts';
import { QUEUE, smallYaml, startDeployable } from '../../testing/deployable.ts';
import { bootstrapProblems } from './bootstrap-problems.ts';
import { templateProblems } from './template-problems.ts';

const planned = (template: unknown, action = 'update') =>
  ({ stacks: [{ id: 'network', action, template }] }) as unknown as Pick<Plan, 'stacks'>;

it('F-148: refuses a template with a value that was never looked up', () => {
  const template = { Resources: { Vpc: { Properties: { Id: 'dummy-value-for-/ami/x86' } } } };
  expect(templateProblems(planned(template))).toMatchObject([
    { rule: 'F-148', severity: 'error', path: 'network', message: expect.stringContaining('dummy-value-for-/ami/x86') },
  ]);
  expect(templateProblems(planned(template, 'delete'))).toEqual([]);
});

it('not F-148: a value that only resembles one', () => {
  expect(templateProblems(planned({ Resources: { Name: { Properties: { Value: 'dummy-value' } } } }))).toEqual([]);
});

/** `us-east-1` is bootstrapped, or nothing is; a deployment needs another region too. */
async function problemsOf({ bootstrapped, regions }: { bootstrapped: boolean; regions: readonly string[] }) {
  const { aws: sandbox } = await startDeployable({ yaml: smallYaml(QUEUE), bootstrapped: !bootstrapped });
  const { endpoint, credentials } = sandbox;
  const connection = { account: '111111111111', region: 'us-east-1', endpoint, fenced: true, variables: {} };
  const aws = new Aws({ ...connection, credentials: async () => credentials });
  const environment = { name: 'dev', kind: 'dev', sandboxed: false, blocks: { bootstrap: { qualifier: 'hnb659fds' } } };
  const session = { aws, target: { region: 'us-east-1' }, environment };
  return bootstrapProblems(session as never, { stacks: regions.map((region) => ({ region })) as never });
}

it('F-29: says that only the second region lacks its bootstrap', async () => {
  expect(await problemsOf({ bootstrapped: true, regions: ['us-east-1', 'eu-west-1'] })).toMatchObject([
    { rule: 'F-29', severity: 'warning', message: 'eu-west-1 is not bootstrapped for the CDK yet' },
  ]);
});

it('not F-29 where no region has one (F-21), nor where the only one has', async () => {
  const none = await problemsOf({ bootstrapped: false, regions: ['us-east-1', 'eu-west-1'] });
  expect(none.map(({ rule }) => rule)).toEqual(['F-21', 'F-21']);
  expect(await problemsOf({ bootstrapped: true, regions: ['us-east-1'] })).toEqual([]);
});
