import { expect, it } from 'vitest';
import { blockedReplacements, blockedText } from './blocked-replacements.ts';
import { planRelease, type WantedStack } from './plan.ts';

const place = { stackName: 'shop-prod-messaging', account: '1', region: 'us-east-1' };

function plan(before: object, after: object, type = 'AWS::SQS::Queue') {
  const template = (properties: object) => ({ Resources: { Jobs: { Type: type, Properties: properties } } });
  const wanted: WantedStack = {
    id: 'messaging',
    ...place,
    after: [],
    template: template(after),
    tags: {},
    terminationProtection: false,
    parameters: {},
  };
  const live = {
    ...place,
    arn: 'arn',
    status: 'UPDATE_COMPLETE',
    parameters: {},
    outputs: {},
    tags: {},
    terminationProtection: false,
    template: template(before),
  };
  return planRelease([wanted], new Map([['messaging', live]]));
}

it('tells of a fixed name that a replacement would find taken (F-10)', async () => {
  const [blocked, ...others] = blockedReplacements(
    await plan({ QueueName: 'jobs.fifo', FifoQueue: true }, { QueueName: 'jobs.fifo', FifoQueue: false }),
  );
  expect(others).toEqual([]);
  expect(blockedText(blocked!)).toBe(
    'queue Jobs has to be replaced, and its fixed name jobs.fifo is in the way: the new one would be made before the old one goes (F-10)',
  );
});

it.each([
  ['its name changes with it', { QueueName: 'a', FifoQueue: true }, { QueueName: 'b', FifoQueue: false }],
  ['AWS chose its name', { FifoQueue: true }, { FifoQueue: false }],
  ['nothing is replaced', { QueueName: 'a', DelaySeconds: 1 }, { QueueName: 'a', DelaySeconds: 2 }],
])('says nothing where %s', async (_, before, after) => {
  expect(blockedReplacements(await plan(before, after))).toEqual([]);
});
