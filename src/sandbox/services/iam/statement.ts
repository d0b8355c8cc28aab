/** One statement of a policy, with single values made lists. */
export interface Statement {
  sid?: string;
  effect: 'Allow' | 'Deny';
  actions?: string[];
  notActions?: string[];
  resources?: string[];
  notResources?: string[];
  principals?: Principals;
  notPrincipals?: Principals;
  conditions: Record<string, Record<string, string[]>>;
}

/** By kind (`AWS`, `Service`, `Federated`, `CanonicalUser`); `"*"` becomes `{ '*': ['*'] }`. */
export type Principals = Record<string, string[]>;

// biome-ignore lint/suspicious/noExplicitAny: a policy is whatever JSON its author wrote; it was validated when it was put
type Json = any;

const list = (value: Json): string[] => (Array.isArray(value) ? value : [value]).map(String);

const principalsOf = (value: Json): Principals =>
  typeof value === 'string'
    ? { '*': [value] }
    : Object.fromEntries(Object.entries(value).map(([kind, ids]) => [kind, list(ids)]));

/** Reads a policy document that was accepted before; a document that does not parse has no statements. */
export function statementsOf(document: string): Statement[] {
  let policy: Json;
  try {
    policy = JSON.parse(document);
  } catch {
    return [];
  }
  const statements = Array.isArray(policy.Statement) ? policy.Statement : [policy.Statement];
  return statements.filter(Boolean).map((raw: Json) => ({
    ...(raw.Sid !== undefined && { sid: raw.Sid }),
    effect: raw.Effect,
    ...(raw.Action !== undefined && { actions: list(raw.Action) }),
    ...(raw.NotAction !== undefined && { notActions: list(raw.NotAction) }),
    ...(raw.Resource !== undefined && { resources: list(raw.Resource) }),
    ...(raw.NotResource !== undefined && { notResources: list(raw.NotResource) }),
    ...(raw.Principal !== undefined && { principals: principalsOf(raw.Principal) }),
    ...(raw.NotPrincipal !== undefined && { notPrincipals: principalsOf(raw.NotPrincipal) }),
    conditions: Object.fromEntries(
      Object.entries(raw.Condition ?? {}).map(([operator, keys]) => [
        operator,
        Object.fromEntries(Object.entries(keys as Json).map(([key, values]) => [key, list(values)])),
      ]),
    ),
  }));
}
