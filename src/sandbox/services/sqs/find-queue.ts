import type { Call, Scope } from '../../kernel/scope.ts';
import { missingParameter, queueMissing } from './refusals.ts';
import { type QueueRow, queues } from './state.ts';

/** Queue URLs lead back to the sandbox: the SDK takes its host from them. */
export const urlOf = ({ endpoint, account }: Call, name: string): string => `${endpoint}/${account}/${name}`;

/** By URL, of which only the end counts: the sandbox may have had another port yesterday. */
export function findQueue(url: string | undefined, scope: Scope): QueueRow {
  if (!url) throw missingParameter('QueueUrl');
  const [account, name] = url.split('/').slice(-2);
  const row = queues.in(/^\d{12}$/.test(account ?? '') ? { ...scope, account: account! } : scope).get(name ?? '');
  if (!row) throw queueMissing();
  return row;
}

/** By ARN, in this region; undefined when there is none. */
export function queueAt(arn: string, scope: Scope): QueueRow | undefined {
  const [, , service, region, account, name] = arn.split(':');
  if (service !== 'sqs' || region !== scope.region || !account || !name) return undefined;
  return queues.in({ ...scope, account }).get(name);
}

/** The account a queue is in: its messages are there too. */
export const scopeOf = <S extends Scope>(scope: S, { arn }: QueueRow): S => ({ ...scope, account: arn.split(':')[4]! });
