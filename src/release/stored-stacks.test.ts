import { expect, it } from 'vitest';
import { adoptEngineVersions } from './adopt-engine-versions.ts';
import type { LiveStack } from './plan.ts';
import type { ReleaseRecord } from './release-record.ts';
import { storedService, storedStacks } from './stored-stacks.ts';

const cluster = (EngineVersion: string) => ({
  Resources: { Main: { Type: 'AWS::RDS::DBCluster', Properties: { EngineVersion, Port: 5432 } } },
});

it.each([
  ['16.4', '16.6', '16.6'],
  ['16.9', '16.10', '16.10'],
  ['16.6', '16.4', '16.6'],
  ['15.8', '16.1', '16.1'],
])('a database of version %s that is %s today stays at %s', (stored, live, expected) => {
  expect(adoptEngineVersions(cluster(stored), cluster(live))).toEqual(cluster(expected));
});

const queue = { Type: 'AWS::SQS::Queue' };
const live = (template: object, parameters: Record<string, string> = {}, status = 'UPDATE_COMPLETE') => ({
  arn: 'arn',
  status,
  parameters,
  outputs: {},
  tags: {},
  terminationProtection: false,
  template: template as LiveStack['template'] & object,
  stackName: 's',
  account: '111111111111',
  region: 'us-east-1',
});
const released = (id: string, template: object, more: object = {}): ReleaseRecord['stacks'][number] => ({
  id,
  name: `demo-dev-${id}`,
  region: 'us-east-1',
  action: 'update',
  seconds: 1,
  parameters: {},
  template: template as Record<string, unknown>,
  ...more,
});
const release = (...stacks: ReleaseRecord['stacks']): ReleaseRecord => ({
  id: '20260101T000000Z-0000',
  environment: 'dev',
  startedAt: 0,
  finishedAt: 0,
  principal: 'p',
  host: 'h',
  version: '1',
  images: {},
  simulated: false,
  stacks,
});
const NOW = { secretArns: { app: 'arn:new' }, shared: {}, state: {} };
const account = '111111111111';

it('a rollback keeps what came since where state is, and lets go of it elsewhere', () => {
  const target = release(
    released('messaging', { Resources: { A: queue } }),
    released('runtime', { Resources: { A: queue } }),
  );
  const both = { Resources: { A: queue, B: queue } };
  const stacks = storedStacks({
    target,
    account,
    now: NOW,
    live: new Map([
      ['data', live({ Resources: { C: queue } })],
      ['images', live({}, {}, 'ROLLBACK_COMPLETE')],
      ['messaging', live(both)],
      ['runtime', live(both)],
      ['service-since', live({})],
    ]),
  });
  expect(stacks.map(({ id, template }) => [id, Object.keys(template.Resources)])).toEqual([
    ['data', ['C']],
    ['messaging', ['A', 'B']],
    ['runtime', ['A']],
  ]);
});

it('looks addresses up as they are now, and takes what the release chose from its record (F-60)', () => {
  const parameters = { Image: 'repo@sha256:1', Arn: 'arn:old', Host: 'old', FirstTasks: '2', Gone: 'arn:gone' };
  const wiring = {
    Image: { from: 'image', service: 'web' },
    Arn: { from: 'secret', secretName: 'app' },
    Host: { from: 'stack', stack: 'data', output: 'DatabaseHost' },
    FirstTasks: { from: 'first', value: '2' },
    Gone: { from: 'secret', secretName: 'gone' },
  };
  const [stack] = storedStacks({
    target: release(released('service-web', {}, { parameters, wiring })),
    account,
    now: NOW,
    live: new Map(),
  });
  expect(stack!.parameters).toEqual({
    Image: { value: 'repo@sha256:1' },
    Arn: { value: 'arn:new' },
    Host: { stack: 'data', output: 'DatabaseHost' },
    FirstTasks: { first: '2' },
    Gone: { pending: 'secret gone' },
  });
  const [early] = storedStacks({
    target: release(released('service-web', {}, { parameters })),
    account,
    now: NOW,
    live: new Map(),
  });
  expect(early!.parameters).toMatchObject({ Arn: { value: 'arn:old' }, FirstTasks: { first: '2' } });
});

it('a service goes back with the rights it had, beside those of today', () => {
  const role = (...names: string[]) => ({
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: { Policies: names.map((name) => ({ PolicyName: name, PolicyDocument: { name } })) },
      },
    },
  });
  const stacks = storedService(
    {
      target: release(released('tasks', role('old', 'both')), released('service-web', { Resources: { T: queue } })),
      account,
      now: NOW,
      live: new Map([
        ['tasks', live(role('both', 'new'))],
        ['service-web', live({})],
        ['service-api', live({ Resources: { X: queue } })],
      ]),
    },
    'web',
  );
  const policies = stacks.find(({ id }) => id === 'tasks')!.template.Resources.Role.Properties.Policies;
  expect(policies.map(({ PolicyName }: { PolicyName: string }) => PolicyName)).toEqual(['both', 'new', 'old']);
  expect(stacks.find(({ id }) => id === 'service-api')!.template).toEqual({ Resources: { X: queue } });
  expect(stacks.find(({ id }) => id === 'service-web')!.template).toEqual({ Resources: { T: queue } });
});
