import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  FilterLogEventsCommand,
  GetLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { expect, it } from 'vitest';
import { startSandbox } from '../../../testing/start-sandbox.ts';
import { appendLogEvents } from './append-log-events.ts';
import { filterPattern } from './filter-pattern.ts';

const at = { logGroupName: '/web', logStreamName: 'task/1' };

async function open(lines: string[]) {
  const sandbox = await startSandbox();
  const logs = sandbox.client(CloudWatchLogsClient);
  await logs.send(new CreateLogGroupCommand({ logGroupName: at.logGroupName }));
  const append = (more: string[]) =>
    sandbox.world.transaction(() => appendLogEvents(sandbox.scope, at.logGroupName, at.logStreamName, more));
  await append(lines);
  return { logs, append };
}

it('follows a stream from its first line with the forward token', async () => {
  const { logs, append } = await open(['one', 'two', 'three']);
  const read = async (nextToken?: string) => {
    const { events, nextForwardToken } = await logs.send(
      new GetLogEventsCommand({ ...at, startFromHead: true, limit: 2, ...(nextToken && { nextToken }) }),
    );
    return { lines: events!.map(({ message }) => message), token: nextForwardToken };
  };
  const first = await read();
  const second = await read(first.token);
  expect([first.lines, second.lines]).toEqual([['one', 'two'], ['three']]);
  const third = await read(second.token);
  expect(third).toEqual({ lines: [], token: second.token });
  await append(['four']);
  expect((await read(third.token)).lines).toEqual(['four']);
});

it('reads the newest lines first when not told to start at the head', async () => {
  const { logs } = await open(['one', 'two', 'three']);
  const { events, nextBackwardToken } = await logs.send(new GetLogEventsCommand({ ...at, limit: 2 }));
  expect(events!.map(({ message }) => message)).toEqual(['two', 'three']);
  const before = await logs.send(new GetLogEventsCommand({ ...at, limit: 2, nextToken: nextBackwardToken }));
  expect(before.events!.map(({ message }) => message)).toEqual(['one']);
});

it('filters over all streams, page by page', async () => {
  const { logs } = await open(['ERROR a', 'fine', 'ERROR b', 'ERROR c']);
  const query = { logGroupName: at.logGroupName, filterPattern: 'ERROR', limit: 2 };
  const first = await logs.send(new FilterLogEventsCommand(query));
  const second = await logs.send(new FilterLogEventsCommand({ ...query, nextToken: first.nextToken }));
  expect([...first.events!, ...second.events!].map(({ message }) => message)).toEqual([
    'ERROR a',
    'ERROR b',
    'ERROR c',
  ]);
  expect(second.nextToken).toBeUndefined();
});

it('writes nothing into a group that is not there', async () => {
  const sandbox = await startSandbox();
  expect(await sandbox.world.transaction(() => appendLogEvents(sandbox.scope, 'none', 's', ['x']))).toBe(false);
});

it.each([
  ['', 'anything', true],
  ['ERROR 500', 'got 500 ERROR', true],
  ['ERROR 500', 'ERROR only', false],
  ['"not found"', 'was not found here', true],
  ['ERROR -expected', 'ERROR as expected', false],
  ['?WARN ?ERROR', 'a WARN', true],
  ['%4[0-9]{2}%', 'status 404', true],
  ['{ $.level = "err*" }', '{"level":"error"}', true],
  ['{ $.level = "error" }', 'plain', false],
  ['{ $.a.b >= 5 && ($.c = 1 || $.d IS TRUE) }', '{"a":{"b":5},"d":true}', true],
  ['{ $.a[0].x != "y" }', '{"a":[{"x":"z"}]}', true],
  ['{ $.gone NOT EXISTS }', '{}', true],
])('the pattern %s on %s: %s', (pattern, message, expected) => {
  expect(filterPattern(pattern)(message)).toBe(expected);
});

it.each(['{ $.a = }', '{ $.a ~ 1 }', '"open', '[a, b]'])('refuses the pattern %s', (pattern) => {
  expect(() => filterPattern(pattern)).toThrow('Invalid filter pattern');
});
