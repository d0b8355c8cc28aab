import type { Call } from '../../../kernel/scope.ts';
import { type HolderKind, holder, updateHolder } from '../holders.ts';
import { listing } from '../listing.ts';
import { policyExists, requirePolicyArn } from '../policy-lookup.ts';
import { limitExceeded, noSuchEntity } from '../refusals.ts';

/** Managed policies per role, user or group, as an account has it before it asks for more: reference_iam-quotas.html */
const QUOTA = { role: 10, user: 10, group: 10 };
const QUOTA_NAME = { role: 'PoliciesPerRole', user: 'PoliciesPerUser', group: 'PoliciesPerGroup' };
const FIELD = { role: 'RoleName', user: 'UserName', group: 'GroupName' } as const;

interface AttachInput {
  RoleName?: string | undefined;
  UserName?: string | undefined;
  GroupName?: string | undefined;
  PolicyArn?: string | undefined;
  PathPrefix?: string | undefined;
  Marker?: string | undefined;
  MaxItems?: number | undefined;
}

/** Attach, detach and list of managed policies at a role, a user or a group. */
function attachedPolicies(kind: HolderKind) {
  const nameOf = (input: AttachInput) => input[FIELD[kind]] ?? '';
  return {
    attach(input: AttachInput, call: Call): Record<string, never> {
      const arn = requirePolicyArn(input.PolicyArn);
      const { name, attached } = holder(kind, nameOf(input), call);
      if (!policyExists(arn, call)) throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`);
      if (attached.includes(arn)) return {};
      if (attached.length >= QUOTA[kind])
        throw limitExceeded(`Cannot exceed quota for ${QUOTA_NAME[kind]}: ${QUOTA[kind]}`);
      updateHolder(kind, name, call, (draft) => void draft.attached.push(arn));
      return {};
    },

    detach(input: AttachInput, call: Call): Record<string, never> {
      const arn = requirePolicyArn(input.PolicyArn);
      const { name, attached } = holder(kind, nameOf(input), call);
      if (!attached.includes(arn)) throw noSuchEntity(`Policy ${arn} was not found.`);
      updateHolder(kind, name, call, (draft) => {
        draft.attached = draft.attached.filter((other) => other !== arn);
      });
      return {};
    },

    list(input: AttachInput, call: Call) {
      const found = holder(kind, nameOf(input), call).attached.filter((arn) =>
        arn.split(':policy')[1]!.startsWith(input.PathPrefix ?? '/'),
      );
      const { items, end } = listing(found, input);
      return {
        AttachedPolicies: items.map((arn) => ({ PolicyName: arn.split('/').at(-1), PolicyArn: arn })),
        ...end,
      };
    },
  };
}

export const roleAttachments = attachedPolicies('role');
export const userAttachments = attachedPolicies('user');
export const groupAttachments = attachedPolicies('group');
