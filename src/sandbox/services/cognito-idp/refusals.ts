import { AwsFault } from '../../kernel/fault.ts';
import type { Call } from '../../kernel/scope.ts';
import { type Constrained, violation } from '../constraints.ts';
import { page } from '../page.ts';
import { type UserPoolClientRow, type UserPoolRow, userPoolClients, userPools } from './state.ts';

export const invalid = (message: string) => new AwsFault('InvalidParameterException', message);

export const POOL_ID = { length: [1, 55], pattern: '[\\w-]+_[0-9a-zA-Z]+' } as const;
/** Of pools and of clients. */
export const NAME = { length: [1, 128], pattern: '[\\w\\s+=,.@-]+' } as const;

/** Refuses values that break the model. The model: `service-2.json` of botocore, version 2016-04-18. */
export function check(...members: Constrained[]): void {
  const broken = violation(members);
  if (broken !== undefined) throw invalid(broken);
}

/** Sentences: https://github.com/floci-io/floci/pull/2951 (measured), https://github.com/getmoto/moto/issues/4434 */
export function foundPool(id: string | undefined, call: Call): UserPoolRow {
  check(['userPoolId', id, { required: true, ...POOL_ID }]);
  const row = userPools.in(call).get(id!);
  if (!row) throw new AwsFault('ResourceNotFoundException', `User pool ${id} does not exist.`);
  return row;
}

/** https://github.com/aws-amplify/amplify-flutter/issues/740 */
export function foundClient(
  { UserPoolId, ClientId }: { UserPoolId?: string | undefined; ClientId?: string | undefined },
  call: Call,
): UserPoolClientRow {
  const pool = foundPool(UserPoolId, call);
  check(['clientId', ClientId, { required: true, length: [1, 128], pattern: '[\\w+]+' }]);
  const row = userPoolClients.in(call).get(`${pool.id}/${ClientId}`);
  if (!row) throw new AwsFault('ResourceNotFoundException', `User pool client ${ClientId} does not exist.`);
  return row;
}

export const pageOf = <T>(rows: readonly T[], size: number, token: string | undefined) =>
  page(rows, {
    size,
    token,
    refuse: () => {
      throw invalid('Invalid pagination token');
    },
  });
