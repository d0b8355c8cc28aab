import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import { missingRoles, neededRoles } from '../../../operations/deploy/service-roles.ts';
import type { Check } from '../../check.ts';
import { ok, sick, skipped } from '../../finding.ts';

export const serviceLinkedRoles: Check = {
  id: 'service-linked-roles',
  title: 'ECS, load balancers and RDS have their roles in this account',
  group: 'the account',
  needs: ['credentials'],
  async run(scene) {
    const session = await scene.open();
    const flags = environmentFlags(session.environment);
    const needed = neededRoles(session.environment);
    if (needed.length === 0) return skipped('nothing here needs one');
    const [stacks, missing] = await Promise.all([scene.stacks(), missingRoles(session)]);
    if (missing.length === 0) return ok(needed.map(({ role }) => role).join(', '));
    return missing.map(({ role, service }) =>
      sick({
        severity: stacks.length > 0 ? 'error' : 'warning',
        subject: role,
        detail:
          stacks.length > 0
            ? 'it is gone, and what the service does for this account goes with it'
            : 'it is not there yet, and the first use of its service may fail because of that',
        evidence: [evidenceOf('iam:GetRole', role, undefined)],
        remedy:
          stacks.length > 0
            ? `platform doctor --only service-linked-roles --fix ${flags} makes it again`
            : `platform deploy ${flags} makes it first; platform doctor --only service-linked-roles --fix ${flags} makes it now`,
        failure: 'F-57',
        fix: {
          handling: 'AUTO',
          does: `create ${role}`,
          apply: () => session.aws.iam.createServiceLinkedRole(service),
        },
      }),
    );
  },
};
