import type { Call } from '../../kernel/scope.ts';
import { parsePolicy } from './policy-document.ts';
import { malformedPolicy } from './refusals.ts';
import { keyOf, roles, users } from './state.ts';

// biome-ignore lint/suspicious/noExplicitAny: the grammar was checked by parsePolicy
type Json = any;

const list = (value: Json): string[] => (value === undefined ? [] : [value].flat());

/** Refuses what a role's trust policy may not say; principals of this account must exist when they are named. */
export function checkTrustPolicy(document: string, call: Call): void {
  // Recording TestIAMExtensions::test_create_role_with_malformed_assume_role_policy_document
  for (const statement of parsePolicy(document, 'This policy contains invalid Json')) {
    for (const field of ['Resource', 'NotResource'])
      if (field in statement) throw malformedPolicy(`Has prohibited field ${field}`);
    if (!('Principal' in statement) && !('NotPrincipal' in statement))
      throw malformedPolicy('Missing required field Principal');
    if (!('Action' in statement) && !('NotAction' in statement)) throw malformedPolicy('Missing required field Action');
    for (const action of list(statement.Action ?? statement.NotAction)) checkAction(action);
    checkPrincipals(statement.Principal ?? statement.NotPrincipal, call);
  }
}

function checkAction(action: string): void {
  if (action !== '*' && !action.toLowerCase().startsWith('sts:'))
    throw malformedPolicy('AssumeRole policy may only specify STS AssumeRole actions.');
}

function checkPrincipals(principals: Json, call: Call): void {
  if (principals === '*') return;
  if (typeof principals !== 'object' || principals === null) throw malformedPolicy('Invalid principal in policy.');
  for (const [kind, ids] of Object.entries(principals)) {
    if (!['AWS', 'Service', 'Federated', 'CanonicalUser'].includes(kind))
      throw malformedPolicy(`Invalid principal in policy: "${kind}"`);
    for (const id of list(ids))
      if (!exists(kind, id, call))
        throw malformedPolicy(`Invalid principal in policy: "${kind.toUpperCase()}":"${id}"`);
  }
}

/** Other accounts and the full list of services are AWS's to know: there only the form is looked at. */
function exists(kind: string, id: string, call: Call): boolean {
  if (kind === 'Service') return /^[a-z0-9-]+(\.[a-z0-9-]+)*\.(amazonaws\.com(\.cn)?|aws|internal)$/.test(id);
  if (kind === 'Federated') return /^arn:[^:]+:iam::\d{12}:(oidc|saml)-provider\/.+|^[\w.-]+$/.test(id);
  if (kind === 'CanonicalUser') return /^[0-9a-f]{64}$/.test(id);
  if (id === '*' || /^\d{12}$/.test(id) || /^A(ROA|IDA)[A-Z0-9]{17}$/.test(id)) return true;

  const match = /^arn:[^:]+:(iam|sts)::(\d{12}):(root|user|role|assumed-role|federated-user)(?:\/(.+))?$/.exec(id);
  if (!match) return false;
  const [, , account, resource, path = ''] = match;
  if (account !== call.account || resource === 'root') return true;
  const name = keyOf(path.split('/').at(-1) ?? '');
  if (resource === 'role') return roles.in(call).get(name)?.arn === id;
  if (resource === 'user') return users.in(call).get(name)?.arn === id;
  return true;
}
