import { conditionsHold, type RequestContext } from './conditions.ts';
import { type Statement, statementsOf } from './statement.ts';
import { matchesWildcard } from './wildcard.ts';

interface AccessRequest {
  /** `s3:GetObject` */
  action: string;
  resource: string;
  context?: RequestContext;
}

export interface NamedPolicy {
  name: string;
  document: string;
}

export interface Verdict {
  decision: 'allowed' | 'explicitDeny' | 'implicitDeny';
  /** The statements that decided: those that deny, else those that allow. */
  matched: { policy: string; statement: Statement; index: number }[];
}

/** What identity policies say to a request: an explicit denial wins, and what nobody allows is denied. */
export function evaluate(policies: readonly NamedPolicy[], request: AccessRequest): Verdict {
  const applying = policies.flatMap(({ name, document }) =>
    statementsOf(document)
      .map((statement, index) => ({ policy: name, statement, index }))
      .filter(({ statement }) => statementApplies(statement, request)),
  );
  const denying = applying.filter(({ statement }) => statement.effect === 'Deny');
  if (denying.length > 0) return { decision: 'explicitDeny', matched: denying };
  return { decision: applying.length > 0 ? 'allowed' : 'implicitDeny', matched: applying };
}

/** Whether action, resource and conditions of a statement fit the request. */
function statementApplies(statement: Statement, { action, resource, context = {} }: AccessRequest): boolean {
  return (
    actionFits(statement, action) &&
    resourceFits(statement, resource, context) &&
    conditionsHold(statement.conditions, context)
  );
}

export function actionFits({ actions, notActions }: Statement, action: string): boolean {
  const fits = (patterns: string[]) =>
    patterns.some((pattern) => matchesWildcard(pattern, action, { ignoreCase: true }));
  return actions ? fits(actions) : notActions !== undefined && !fits(notActions);
}

function resourceFits({ resources, notResources }: Statement, resource: string, context: RequestContext): boolean {
  const fits = (patterns: string[]) =>
    patterns.some((pattern) => matchesWildcard(substitute(pattern, context), resource));
  return resources ? fits(resources) : notResources !== undefined && !fits(notResources);
}

/** Policy variables: `${aws:username}`; one without a value matches nothing, so it stays as it is. */
const substitute = (pattern: string, context: RequestContext): string =>
  pattern.replaceAll(/\$\{([^}]+)\}/g, (whole, key: string) => {
    const value = context[key];
    return typeof value === 'string' ? value : whole;
  });
