import { type LoginSource, loginSource } from '../postgres/login.ts';
import { required, wholeNumber } from '../shared/variables.ts';
import { type Columns, columnsOf } from './columns.ts';

export interface Settings {
  login: LoginSource;
  caFile: string | undefined;
  busName: string;
  table: string;
  columns: Columns;
  /** Source of events whose row names none. */
  eventSource: string;
  /** Events claimed at a time: also how many may be published twice when a publisher is killed. */
  batchSize: number;
  maxAttempts: number;
  deadLetterQueueUrl: string | undefined;
}

export function readSettings(env: NodeJS.ProcessEnv): Settings {
  return {
    login: loginSource(env),
    caFile: env.DATABASE_CA_FILE || undefined,
    busName: required(env, 'EVENT_BUS_NAME'),
    table: tableOf(required(env, 'OUTBOX_TABLE')),
    columns: columnsOf(env.OUTBOX_COLUMNS),
    eventSource: env.EVENT_SOURCE || 'outbox',
    batchSize: wholeNumber(env, 'BATCH_SIZE', 100, [1, 10_000]),
    maxAttempts: wholeNumber(env, 'MAX_ATTEMPTS', 10, [1, 1_000]),
    deadLetterQueueUrl: env.DEAD_LETTER_QUEUE_URL || undefined,
  };
}

function tableOf(name: string): string {
  if (/^[^.\0]+(\.[^.\0]+)?$/.test(name)) return name;
  throw new Error(`OUTBOX_TABLE is ${JSON.stringify(name)}; it is a table, optionally with its schema before a point`);
}
