import type { Call } from '../../../kernel/scope.ts';
import { encodeDocument } from '../encode-document.ts';
import { type HolderKind, holder, updateHolder } from '../holders.ts';
import { checkIdentityPolicy } from '../identity-policy.ts';
import { listing } from '../listing.ts';
import { limitExceeded, nameConstraint, noSuchEntity, requireValid } from '../refusals.ts';

/** Characters of all inline policies of one holder, white space aside: reference_iam-quotas.html */
const INLINE_SIZE = { role: 10240, user: 2048, group: 5120 };

const FIELD = { role: 'RoleName', user: 'UserName', group: 'GroupName' } as const;

type Named = Partial<Record<'RoleName' | 'UserName' | 'GroupName', string | undefined>>;

interface PolicyInput extends Named {
  PolicyName?: string | undefined;
  PolicyDocument?: string | undefined;
  Marker?: string | undefined;
  MaxItems?: number | undefined;
}

/** Put, get, list and delete of the policies that live inside a role, a user or a group. */
function inlinePolicies(kind: HolderKind) {
  const nameOf = (input: PolicyInput) => input[FIELD[kind]] ?? '';
  const missing = (name: string | undefined) => noSuchEntity(`The ${kind} policy with name ${name} cannot be found.`);

  return {
    put(input: PolicyInput, call: Call): Record<string, never> {
      const { PolicyName = '', PolicyDocument = '' } = input;
      requireValid(nameConstraint('policyName', input.PolicyName, 128), [
        'policyDocument',
        input.PolicyDocument,
        { required: true, length: [1, 131072] },
      ]);
      const { inline, name } = holder(kind, nameOf(input), call);
      checkIdentityPolicy(PolicyDocument);
      const size = Object.values({ ...inline, [PolicyName]: PolicyDocument })
        .join('')
        .replace(/\s/g, '').length;
      if (size > INLINE_SIZE[kind])
        throw limitExceeded(`Maximum policy size of ${INLINE_SIZE[kind]} bytes exceeded for ${kind} ${name}`);
      updateHolder(kind, name, call, (draft) => {
        draft.inline[PolicyName] = PolicyDocument;
      });
      return {};
    },

    get(input: PolicyInput, call: Call) {
      const { inline, name } = holder(kind, nameOf(input), call);
      const document = inline[input.PolicyName ?? ''];
      if (document === undefined) throw missing(input.PolicyName);
      return { [FIELD[kind]]: name, PolicyName: input.PolicyName, PolicyDocument: encodeDocument(document) };
    },

    list(input: PolicyInput, call: Call) {
      const { items, end } = listing(Object.keys(holder(kind, nameOf(input), call).inline).sort(), input);
      return { PolicyNames: items, ...end };
    },

    delete(input: PolicyInput, call: Call): Record<string, never> {
      const { inline, name } = holder(kind, nameOf(input), call);
      if (!(input.PolicyName! in inline)) throw missing(input.PolicyName);
      updateHolder(kind, name, call, (draft) => {
        delete draft.inline[input.PolicyName!];
      });
      return {};
    },
  };
}

export const rolePolicies = inlinePolicies('role');
export const userPolicies = inlinePolicies('user');
export const groupPolicies = inlinePolicies('group');
