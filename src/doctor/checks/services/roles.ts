import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { counted } from '../../../domain/counted.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import { robbedRoles } from '../../../operations/services/robbed-roles.ts';
import type { Check } from '../../check.ts';
import { ok, sick, skipped } from '../../finding.ts';
import { recoverFix } from '../../recover-fix.ts';

export const roles: Check = {
  id: 'roles',
  title: 'Tasks and functions have the rights that their stacks gave them',
  group: 'its services',
  needs: ['stacks'],
  async run(scene, say) {
    const session = await scene.open();
    say('iam:ListRolePolicies');
    const found = await robbedRoles(session, await scene.stacks(), scene.service);
    const flags = environmentFlags(session.environment);
    if (!found) return skipped(`these are too many to ask IAM for at once: platform doctor <service> ${flags} does`);
    if (found.looked === 0) return skipped('nothing has a role');
    if (found.robbed.length === 0) return ok(counted(found.looked, 'role'));
    const fixes = await Promise.all(found.robbed.map(({ stack }) => recoverFix(scene, stack)));
    return found.robbed.map(({ policies, role, stack }, index) =>
      sick({
        severity: 'error',
        subject: role,
        detail: policies
          ? `somebody took ${policies.join(', ')} from it: what acts as it is refused with its next start or call`
          : 'it is gone, and its stack does not know',
        evidence: [
          policies
            ? evidenceOf('iam:ListRolePolicies', `PolicyNames without ${policies.join(', ')}`, role)
            : evidenceOf('iam:GetRole', role, undefined),
        ],
        remedy: `platform recover ${stack} ${flags} ${policies ? 'gives it back' : 'makes it again'}`,
        failure: policies ? 'F-46' : 'F-19',
        ...fixes[index],
      }),
    );
  },
};
