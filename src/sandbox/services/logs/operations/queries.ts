import { randomUUID } from 'node:crypto';
import type {
  GetQueryResultsCommandInput,
  GetQueryResultsCommandOutput,
  StartQueryCommandInput,
  StartQueryCommandOutput,
  StopQueryCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { AwsFault } from '../../../kernel/fault.ts';
import { type Call, defineTable, type Scope } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { fieldsOf } from '../insights/fields-of.ts';
import { type ResultRow, runQuery, stepsOf } from '../insights/run-query.ts';
import { logGroup, nameOfArn } from '../lookup.ts';
import { invalidParameter, requireValid } from '../refusals.ts';
import { eventsOf, streamsOf } from '../state.ts';

interface QueryRow {
  status: 'Running' | 'Complete' | 'Cancelled';
  rows: ResultRow[];
  matched: number;
  scanned: number;
  bytes: number;
  timer: string;
}

const queries = defineTable<QueryRow>('logs.queries');
export const QUERY_DUE = 'logs.query-due';
/** AWS publishes none. */
const TAKES_MS = 1_000;
/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html */
const MOST_GROUPS = 50;

/** Looks at the lines as they are when it begins; the answer can be had after a second. */
export function startQuery(input: StartQueryCommandInput, call: Call): Answer<StartQueryCommandOutput> {
  const { queryString = '', startTime = 0, endTime = 0, limit, queryLanguage = 'CWLI' } = input;
  requireValid(
    ['queryString', input.queryString, { length: [0, 10_000] }],
    ['limit', limit, { range: [1, 10_000] }],
    ['startTime', input.startTime, { required: true }],
    ['endTime', input.endTime, { required: true }],
  );
  if (queryLanguage !== 'CWLI')
    throw invalidParameter(`the sandbox does not simulate the query language ${queryLanguage}`);
  const names = groupsOf(input);
  if (endTime < startTime) throw invalidParameter('End time should not be before start time.');
  const steps = stepsOf(queryString);
  const lines = names.flatMap((name) => linesOf(logGroup(name, call).name, inMs(startTime), inMs(endTime), call));
  const { rows, matched } = runQuery(steps, lines, limit);
  const queryId = randomUUID();
  const timer = call.world.schedule(call, { afterMs: TAKES_MS, kind: QUERY_DUE, payload: { queryId } });
  const bytes = lines.reduce((sum, { fields }) => sum + Buffer.byteLength(fields.get('@message')!), 0);
  queries.in(call).put(queryId, {
    status: 'Running',
    rows,
    matched,
    scanned: lines.length,
    bytes,
    timer,
  });
  return { queryId };
}

/** Exactly one way of naming them. */
function groupsOf({ logGroupName, logGroupNames, logGroupIdentifiers }: StartQueryCommandInput): string[] {
  const given = [logGroupName && [logGroupName], logGroupNames, logGroupIdentifiers].filter((one) => one !== undefined);
  const [names] = given;
  if (given.length !== 1 || !names || names.length === 0)
    throw invalidParameter('Exactly one of logGroupName, logGroupNames and logGroupIdentifiers has to be given.');
  if (names.length > MOST_GROUPS) throw invalidParameter(`A query looks at ${MOST_GROUPS} log groups at most.`);
  return names.map(nameOfArn);
}

/** Seconds or milliseconds, as AWS takes both. */
const inMs = (time: number): number => (time < 1e11 ? time * 1_000 : time);

function linesOf(group: string, from: number, to: number, scope: Scope) {
  return streamsOf(scope, group).flatMap((stream) =>
    eventsOf(scope, group, stream.name)
      .entries()
      .filter(([, { timestamp }]) => timestamp >= from && timestamp <= to + 999)
      .map(([id, event]) => ({
        fields: fieldsOf(event, { log: `${scope.account}:${group}`, stream: stream.name }),
        ptr: Buffer.from(`${group}:${stream.name}:${id}`).toString('base64'),
      })),
  );
}

export function getQueryResults(
  { queryId }: GetQueryResultsCommandInput,
  call: Call,
): Answer<GetQueryResultsCommandOutput> {
  const { status, rows, matched, scanned, bytes } = found(queryId, call);
  return {
    queryLanguage: 'CWLI',
    status,
    results: status === 'Complete' ? rows.map((row) => row.map((column) => ({ ...column }))) : [],
    statistics: { recordsMatched: matched, recordsScanned: scanned, bytesScanned: bytes },
  };
}

export function stopQuery({ queryId }: StopQueryCommandInput, call: Call) {
  const { status, timer } = found(queryId, call);
  if (status !== 'Running') throw invalidParameter(`Query with id ${queryId} has already ended with ${status} status.`);
  call.world.cancel(timer);
  queries.in(call).update(queryId!, (draft) => {
    draft.status = 'Cancelled';
  });
  return { success: true };
}

function found(queryId: string | undefined, scope: Scope): QueryRow {
  const row = queries.in(scope).get(queryId ?? '');
  if (!row) throw new AwsFault('ResourceNotFoundException', `Query ID ${queryId} does not exist`);
  return row;
}

export function queryDue({ queryId }: { queryId: string }, scope: Scope): void {
  queries.in(scope).update(queryId, (draft) => {
    draft.status = 'Complete';
  });
}
