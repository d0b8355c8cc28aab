import type { Scope } from '../../kernel/scope.ts';
import { roles } from '../iam/state.ts';
import { trusts } from '../iam/trust.ts';
import { badRequest } from './refusals.ts';
import { account } from './state.ts';

export const logRoleOf = (scope: Scope): string | undefined => account.in(scope).get('account')?.logRole;

/** A stage that logs needs the role of the account (F-122). */
export function requireLogRole(wantsLog: boolean, scope: Scope): void {
  if (wantsLog && logRoleOf(scope) === undefined)
    throw badRequest('CloudWatch Logs role ARN must be set in account settings to enable logging');
}

export function setLogRole(arn: string | undefined, scope: Scope): void {
  if (arn) {
    const role = roles
      .in(scope)
      .values()
      .find((each) => each.arn === arn);
    if (!role || !trusts(role.trust, { caller: { service: 'apigateway.amazonaws.com' } }))
      throw badRequest(
        'The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.',
      );
  }
  account.in(scope).put('account', arn ? { logRole: arn } : {});
}
