import type { StackRow } from '../state.ts';

interface Statement {
  Effect: 'Allow' | 'Deny';
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** Why a stack policy forbids to touch a resource; undefined when it does not. Without a policy everything is allowed. */
export function deniedByPolicy(
  { policy: lasting, policyDuringUpdate }: StackRow,
  logicalId: string,
  type: string,
  action: 'Update:Delete' | 'Update:Modify' | 'Update:Replace',
): string | undefined {
  const policy = policyDuringUpdate ?? lasting;
  if (policy === undefined) return undefined;
  const statements = [(JSON.parse(policy) as { Statement: Statement | Statement[] }).Statement].flat();
  const applies = statements.map((statement) => matches(statement, logicalId, type, action));
  const denied = statements.findIndex((statement, index) => statement.Effect === 'Deny' && applies[index]);
  if (denied >= 0)
    return `Action denied by stack policy: Statement [#${denied + 1}] does not allow [${action}] for resource [${logicalId}]`;
  const allowed = statements.some((statement, index) => statement.Effect === 'Allow' && applies[index]);
  return allowed
    ? undefined
    : `Action not allowed by stack policy: no statement allows [${action}] for resource [${logicalId}]`;
}

function matches(
  { Action, NotAction, Resource, NotResource, Condition }: Statement,
  logicalId: string,
  type: string,
  action: string,
): boolean {
  const named = (patterns: string | string[] | undefined, value: string) =>
    [patterns ?? []].flat().some((pattern) => glob(pattern, value));
  const resource = `LogicalResourceId/${logicalId}`;
  const actionFits = Action === undefined ? !named(NotAction, action) : named(Action, action);
  const resourceFits = Resource === undefined ? !named(NotResource, resource) : named(Resource, resource);
  const types = Object.values(Condition ?? {}).flatMap((test) => [test.ResourceType ?? []].flat());
  return actionFits && resourceFits && (types.length === 0 || types.some((pattern) => glob(pattern, type)));
}

const glob = (pattern: string, value: string): boolean =>
  new RegExp(
    `^${pattern
      .split('*')
      .map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    'i',
  ).test(value);
