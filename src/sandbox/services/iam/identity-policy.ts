import { parsePolicy } from './policy-document.ts';
import { malformedPolicy } from './refusals.ts';

// biome-ignore lint/suspicious/noExplicitAny: the grammar was checked by parsePolicy
type Json = any;

const list = (value: Json): string[] => (value === undefined ? [] : [value].flat());

/**
 * Refuses what an identity policy (inline or managed) may not say. The sentences are those that AWS's validator
 * answers, as the public test suite of moto records them (tests/test_iam/test_iam_policies.py).
 */
export function checkIdentityPolicy(document: string): void {
  for (const statement of parsePolicy(document)) {
    if ('Principal' in statement || 'NotPrincipal' in statement)
      throw malformedPolicy('Policy document should not specify a principal.');

    const actions = list(statement.Action ?? statement.NotAction);
    if (actions.length === 0) throw malformedPolicy('Policy statement must contain actions.');
    for (const action of actions) checkAction(action);

    const resources = list(statement.Resource ?? statement.NotResource);
    if (resources.length === 0) throw malformedPolicy('Policy statement must contain resources.');
    for (const resource of resources) checkResource(resource);
  }
}

function checkAction(action: string): void {
  if (action === '*') return;
  const [vendor = '', ...rest] = action.split(':');
  if (rest.length === 0)
    throw malformedPolicy('Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.');
  if (rest.length > 1) throw malformedPolicy('Actions/Condition can contain only one colon.');
  if (!/^[a-zA-Z0-9-.*?]+$/.test(vendor)) throw malformedPolicy(`Vendor ${vendor} is not valid`);
}

function checkResource(resource: string): void {
  if (resource === '*' || resource.includes('${')) return;
  const [arn, partition = ''] = resource.split(':');
  if (arn !== 'arn') {
    // `*:…` and the like are patterns too.
    if (resource.startsWith('*')) return;
    throw malformedPolicy(`Resource ${resource} must be in ARN format or "*".`);
  }
  if (resource.split(':').length < 6) throw malformedPolicy('The policy failed legacy parsing');
  if (partition !== '*' && !/^aws(-[a-z]+)*$/.test(partition))
    throw malformedPolicy(`Partition "${partition}" is not valid for resource "${resource}".`);
}
