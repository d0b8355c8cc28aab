import type { EffectiveEnvironment } from '../project.ts';
import type { Collision } from './collisions.ts';
import type { Rule } from './rule.ts';

const isUser = (principal: string): boolean => /:user\//.test(principal);

export const ACCESS_RULES: readonly Rule[] = [
  {
    id: 'access-mfa',
    title: 'People with keys that last need a second factor',
    severity: { prod: 'error', staging: 'warning' },
    check: function* ({ blocks }) {
      for (const [name, { principals, mfa }] of Object.entries(blocks.access)) {
        const users = principals.filter(isUser);
        if (!mfa && users.length > 0)
          yield {
            path: ['access', name, 'mfa'],
            message: `access.${name} lets ${users.join(', ')} in without a second factor`,
            remedy: 'take mfa: false away, or have them come through IAM Identity Center (sso:<permission set>)',
          };
      }
    },
  },
];

/**
 * Many actions of AWS know no resource, so within one account a right to act in one environment reaches the other:
 * said where somebody may do more in the earlier than in the later.
 */
export function* sharedAccess(environments: readonly EffectiveEnvironment[]): Iterable<Collision> {
  const real = environments.filter(({ kind, account }) => kind !== 'sandbox' && kind !== 'local' && account);
  for (const stricter of real.filter(({ kind }) => kind === 'prod'))
    for (const other of real) {
      if (other.kind === 'prod' || other.account !== stricter.account) continue;
      for (const [name, { may, principals }] of Object.entries(other.blocks.access)) {
        const inside = new Set(
          Object.values(stricter.blocks.access).flatMap((group) => (group.may === 'look' ? [] : group.principals)),
        );
        const strangers = principals.filter((principal) => !inside.has(principal));
        if (may === 'look' || strangers.length === 0) continue;
        yield {
          rule: 'access-apart',
          severity: 'warning',
          environment: other,
          path: ['access', name, 'may'],
          message: `${other.name} and ${stricter.name} are in the same account, where ${strangers.join(', ')} may ${may} by access.${name}: much of that cannot be held back from ${stricter.name}`,
          remedy: `give ${stricter.name} an account of its own, or let access.${name} only look`,
        };
      }
    }
}
