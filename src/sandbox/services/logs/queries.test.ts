import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  GetQueryResultsCommand,
  StartQueryCommand,
  StopQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it } from 'vitest';
import { SAVED_QUERIES } from '../../../../infra/observability/saved-queries.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';
import { appendLogEvents } from './append-log-events.ts';
import { eventsOf, logStreams } from './state.ts';

const MINUTE_MS = 60_000;
const LINES = [
  'plain text',
  '{"level":"error","message":"no way","durationMs":120,"user":{"id":"u1"}}',
  '{"severity":"info","durationMs":9,"user":{"id":"u2"}}',
  'ERROR: timeout',
  '{"level":"error","durationMs":1000}',
];

async function open() {
  const sandbox = await startSandbox();
  const logs = sandbox.client(CloudWatchLogsClient);
  for (const logGroupName of ['/web', '/other']) await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await sandbox.world.transaction(() => appendLogEvents(sandbox.scope, '/web', 'task/1', LINES));
  await sandbox.world.transaction(() => appendLogEvents(sandbox.scope, '/other', 'task/2', ['elsewhere']));
  // A minute apart, beginning at a whole one.
  const begin = Math.floor(Date.now() / MINUTE_MS) * MINUTE_MS - 10 * MINUTE_MS;
  const table = eventsOf(sandbox.scope, '/web', 'task/1');
  for (const [id] of table.entries())
    table.update(id, (draft) => {
      draft.timestamp = begin + Number(id) * MINUTE_MS;
    });
  expect(logStreams.in(sandbox.scope).values()).toHaveLength(2);
  const start = (queryString: string, more: object = {}) =>
    logs.send(
      new StartQueryCommand({
        queryString,
        logGroupNames: ['/web'],
        startTime: Math.floor(begin / 1000) - 1,
        endTime: Math.ceil(Date.now() / 1000),
        ...more,
      }),
    );
  const ask = async (query: string, more?: object) => {
    const { queryId } = await start(query, more);
    await sandbox.settle();
    const { results = [], status, statistics } = await logs.send(new GetQueryResultsCommand({ queryId }));
    const rows = results.map((row) =>
      Object.fromEntries(row.filter(({ field }) => field !== '@ptr').map(({ field, value }) => [field!, value!])),
    );
    return { rows, status, statistics };
  };
  return { ...sandbox, logs, start, ask };
}

describe('Logs Insights', () => {
  it('shows time and message of the newest lines first, and says what it has read', async () => {
    const { ask } = await open();
    const { rows, status, statistics } = await ask('limit 2');
    expect(status).toBe('Complete');
    expect(rows).toEqual([
      { '@timestamp': expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:00\.000$/), '@message': LINES[4] },
      { '@timestamp': expect.any(String), '@message': LINES[3] },
    ]);
    expect(statistics).toMatchObject({ recordsMatched: 5, recordsScanned: 5, bytesScanned: LINES.join('').length });
  });

  it.each<[string, unknown[]]>([
    ['filter level = "error" | fields message', [{}, { message: 'no way' }]],
    ['fields user.id as who | filter ispresent(who) | sort who', [{ who: 'u1' }, { who: 'u2' }]],
    ["filter @message like 'ERROR' | display @logStream", [{ '@logStream': 'task/1' }]],
    ['filter @message not like /(?i)error/ | stats count(*) as n', [{ n: '2' }]],
    [
      'filter durationMs >= 100 and not level = "info" | stats count(*), max(durationMs), avg(durationMs) as a',
      [{ 'count(*)': '2', 'max(durationMs)': '1000', a: '560' }],
    ],
    [
      'stats count(*) as n by coalesce(level, severity, "none") as l | sort n desc, l',
      [
        { n: '2', l: 'error' },
        { n: '2', l: 'none' },
        { n: '1', l: 'info' },
      ],
    ],
    [
      'filter level in ["error", "warn"] | stats count(*) as n by bin(2m) | sort n | limit 1',
      [{ n: '1', 'bin(2m)': expect.stringMatching(/:00\.000$/) }],
    ],
    ['sort durationMs desc | fields durationMs | limit 1 # the slowest', [{ durationMs: '1000' }]],
  ])('%s', async (query, rows) => {
    expect((await (await open()).ask(query)).rows).toEqual(rows);
  });

  it('takes every query that we save', async () => {
    const { ask } = await open();
    for (const { text } of SAVED_QUERIES) expect((await ask(text)).rows.length).toBeGreaterThan(0);
  });

  it('refuses by name what it does not simulate, and what is no query', async () => {
    const { start } = await open();
    for (const [query, why] of [
      ['parse @message "* *" as a, b', 'the command parse'],
      ['fields strlen(@message)', 'the function strlen'],
      ['stats pct(durationMs, 99)', 'pct()'],
      ['filter level = ', 'not the end'],
      ['fields @message $ x', 'unexpected symbol found $'],
      ['filter @message like /(/', 'is none'],
      ['limit 0', 'limit is a number'],
    ])
      await expect(start(query!)).rejects.toMatchObject({
        name: 'MalformedQueryException',
        message: expect.stringContaining(why!),
      });
    await expect(start('limit 1', { logGroupNames: ['/gone'] })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
    await expect(start('limit 1', { logGroupName: '/web' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('is running until it is complete, and can be stopped', async () => {
    const { start, logs, world, settle } = await open();
    world.pause();
    const { queryId } = await start('limit 1');
    expect(await logs.send(new GetQueryResultsCommand({ queryId }))).toMatchObject({ status: 'Running', results: [] });
    expect((await logs.send(new StopQueryCommand({ queryId }))).success).toBe(true);
    await settle();
    expect((await logs.send(new GetQueryResultsCommand({ queryId }))).status).toBe('Cancelled');
    await expect(logs.send(new StopQueryCommand({ queryId }))).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});

it('finds in the lines of a function what Insights finds by itself: its request, its measures, the first JSON', async () => {
  const { world, scope, ask } = await open();
  const request = '6cf79b10-3e23-42d3-8666-40f8ed43bf8e';
  await world.transaction(() =>
    appendLogEvents(scope, '/web', '2026/11/30/[2]e9a6', [
      `START RequestId: ${request} Version: 2`,
      `2026-11-30T07:59:49.379Z\t${request}\tINFO\tjob {"job":"j1","note":"a } \\" brace","of":{"n":2}} and {"job":"j2"}`,
      `2026-11-30T07:59:49.380Z\t${request}\tINFO\tnothing {of JSON}`,
      `REPORT RequestId: ${request}\tDuration: 20.66 ms\tBilled Duration: 21 ms\tMemory Size: 256 MB\tMax Memory Used: 58 MB\tInit Duration: 187.81 ms\t`,
    ]),
  );
  expect((await ask('fields job, note, of.n | filter ispresent(job)')).rows).toEqual([
    { job: 'j1', note: 'a } " brace', 'of.n': '2' },
  ]);
  expect((await ask(`stats count(*) as lines by @requestId | filter @requestId = "${request}"`)).rows).toEqual([
    { '@requestId': request, lines: '4' },
  ]);
  expect(
    (
      await ask(
        'fields @duration, @billedDuration, @initDuration, @memorySize, @maxMemoryUsed | filter @type = "REPORT"',
      )
    ).rows,
  ).toEqual([
    {
      '@duration': '20.66',
      '@billedDuration': '21',
      '@initDuration': '187.81',
      '@memorySize': '256000000',
      '@maxMemoryUsed': '58000000',
    },
  ]);
});
