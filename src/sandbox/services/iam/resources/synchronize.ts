import type { Call } from '../../../kernel/scope.ts';
import { type HolderKind, holder } from '../holders.ts';
import { groupAttachments, roleAttachments, userAttachments } from '../operations/attached-policies.ts';
import { groupPolicies, rolePolicies, userPolicies } from '../operations/inline-policies.ts';

const ATTACHMENTS = { role: roleAttachments, user: userAttachments, group: groupAttachments };
const INLINE = { role: rolePolicies, user: userPolicies, group: groupPolicies };

/** A template holds policies as objects, IAM as text. */
export const asText = (document: unknown): string =>
  typeof document === 'string' ? document : JSON.stringify(document);

interface Wanted {
  ManagedPolicyArns?: string[];
  Policies?: { PolicyName: string; PolicyDocument: unknown }[];
}

/**
 * Brings the policies of a holder from what the old template said to what the new one says. What others attached in
 * the meantime is left alone, as CloudFormation leaves it.
 */
export function synchronizePolicies(kind: HolderKind, name: string, before: Wanted, after: Wanted, call: Call): void {
  const target = { RoleName: name, UserName: name, GroupName: name };
  const current = holder(kind, name, call);
  const arns = after.ManagedPolicyArns ?? [];
  for (const PolicyArn of before.ManagedPolicyArns ?? [])
    if (!arns.includes(PolicyArn) && current.attached.includes(PolicyArn))
      ATTACHMENTS[kind].detach({ ...target, PolicyArn }, call);
  for (const PolicyArn of arns) ATTACHMENTS[kind].attach({ ...target, PolicyArn }, call);

  const policies = after.Policies ?? [];
  for (const { PolicyName } of before.Policies ?? [])
    if (!policies.some((policy) => policy.PolicyName === PolicyName) && PolicyName in current.inline)
      INLINE[kind].delete({ ...target, PolicyName }, call);
  for (const { PolicyName, PolicyDocument } of policies)
    INLINE[kind].put({ ...target, PolicyName, PolicyDocument: asText(PolicyDocument) }, call);
}
