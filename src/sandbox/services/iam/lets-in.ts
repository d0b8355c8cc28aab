import { conditionsHold, type RequestContext } from './conditions.ts';
import { actionFits } from './evaluate.ts';
import { statementsOf } from './statement.ts';
import { matchesWildcard } from './wildcard.ts';

/** Whether a resource policy allows one of the services an action; an explicit denial that applies wins. */
export function letsServiceIn(
  policy: string | undefined,
  {
    action,
    resource,
    services,
    accounts = [],
    context,
  }: {
    action: string;
    resource: string;
    services: readonly string[];
    /** Accounts of AWS itself from which such a service comes as well. */
    accounts?: readonly string[];
    context: RequestContext;
  },
): boolean {
  const applying = statementsOf(policy ?? '{}').filter(
    (statement) =>
      actionFits(statement, action) &&
      (statement.resources ?? ['*']).some((pattern) => matchesWildcard(pattern, resource)) &&
      (statement.principals?.['*']?.includes('*') ||
        statement.principals?.AWS?.includes('*') ||
        services.some((service) => statement.principals?.Service?.includes(service)) ||
        accounts.some((id) =>
          statement.principals?.AWS?.some((arn) => arn === id || arn.endsWith(`:iam::${id}:root`)),
        )) &&
      conditionsHold(statement.conditions, context),
  );
  return applying.length > 0 && applying.every(({ effect }) => effect === 'Allow');
}
