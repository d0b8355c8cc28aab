import type { Scope } from '../../kernel/scope.ts';
import { stacks } from './state.ts';

/**
 * The same request again, sent because its answer was lost: it has begun already what it asks for. Requests without a
 * token are never the same: https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html
 */
export const isRepeated = (scope: Scope, stackId: string, token: string | undefined): boolean =>
  token !== undefined && stacks.in(scope).get(stackId)?.lastToken === token;
