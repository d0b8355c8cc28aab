import { conditionsHold, type RequestContext } from './conditions.ts';
import { actionFits } from './evaluate.ts';
import { type Principals, statementsOf } from './statement.ts';

/** Who wants to take on a role. */
type Caller =
  /** A user, a role or a session of one, by ARN. */
  | { arn: string }
  /** A service, for example `ecs-tasks.amazonaws.com`. */
  | { service: string }
  /** An identity provider, by ARN. */
  | { federated: string };

export interface AssumeRequest {
  caller: Caller;
  /** `sts:AssumeRole` unless said otherwise. */
  action?: string;
  context?: RequestContext;
}

/**
 * Whether a role's trust policy lets the caller in: `sts:AssumeRole` and its kin for users, roles and providers, and
 * what ECS, Lambda and other services ask before they take a role. An account named as a whole
 * (`arn:aws:iam::<account>:root`, or its number) trusts everyone in it; that they also need a policy of their own is
 * not looked at, because callers of the sandbox are administrators.
 */
export function trusts(trust: string, { caller, action = 'sts:AssumeRole', context = {} }: AssumeRequest): boolean {
  const applying = statementsOf(trust).filter(
    (statement) =>
      actionFits(statement, action) &&
      (statement.principals
        ? includes(statement.principals, caller)
        : statement.notPrincipals !== undefined && !includes(statement.notPrincipals, caller)) &&
      conditionsHold(statement.conditions, context),
  );
  return applying.length > 0 && applying.every(({ effect }) => effect === 'Allow');
}

function includes(principals: Principals, caller: Caller): boolean {
  if (principals['*']?.includes('*')) return true;
  if ('service' in caller) return principals.Service?.includes(caller.service) ?? false;
  if ('federated' in caller) return principals.Federated?.includes(caller.federated) ?? false;
  return (principals.AWS ?? []).some((wanted) => namesCaller(wanted, caller.arn));
}

/** A trust policy names a role; who calls shows as a session of it: `arn:aws:sts::1:assumed-role/<name>/<session>`. */
function namesCaller(wanted: string, arn: string): boolean {
  if (wanted === '*' || wanted === arn) return true;
  const [, , , , account = '', resource = ''] = arn.split(':');
  if (wanted === account || wanted === `arn:aws:iam::${account}:root`) return true;
  const session = /^assumed-role\/([^/]+)\//.exec(resource);
  // The session's ARN has no path, the role's has one.
  return (
    session !== null && new RegExp(`^arn:aws:iam::${account}:role/(?:.*/)?${literally(session[1]!)}$`).test(wanted)
  );
}

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
