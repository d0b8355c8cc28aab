import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import type { Check } from '../../check.ts';
import { ok, sick, skipped } from '../../finding.ts';

/** Services make theirs when they are first used, and the very first use may fail because it is not there yet (F-57). */
const ROLES = {
  ecs: { role: 'AWSServiceRoleForECS', service: 'ecs.amazonaws.com' },
  balancer: {
    role: 'AWSServiceRoleForElasticLoadBalancing',
    service: 'elasticloadbalancing.amazonaws.com',
  },
  rds: { role: 'AWSServiceRoleForRDS', service: 'rds.amazonaws.com' },
} as const;

export const serviceLinkedRoles: Check = {
  id: 'service-linked-roles',
  title: 'ECS, load balancers and RDS have their roles in this account',
  group: 'the account',
  needs: ['credentials'],
  async run(scene) {
    const { aws, environment } = await scene.open();
    const { databases, services } = environment.blocks;
    const runs = Object.values(services);
    const needed = [
      ...(runs.length > 0 ? [ROLES.ecs] : []),
      ...(runs.some(({ http }) => http) ? [ROLES.balancer] : []),
      ...(Object.values(databases).some(({ engine }) => engine !== 'shared') ? [ROLES.rds] : []),
    ];
    if (needed.length === 0) return skipped('nothing here needs one');
    const [stacks, roles] = await Promise.all([
      scene.stacks(),
      Promise.all(needed.map(({ role }) => aws.iam.role(role))),
    ]);
    const missing = needed.filter((_, index) => roles[index] === undefined);
    if (missing.length === 0) return ok(needed.map(({ role }) => role).join(', '));
    return missing.map(({ role, service }) =>
      sick({
        severity: stacks.length > 0 ? 'error' : 'warning',
        subject: role,
        detail:
          stacks.length > 0
            ? 'it is gone, and what the service does for this account goes with it'
            : 'it is not there yet, and the first deployment may fail because of that',
        evidence: [evidenceOf('iam:GetRole', role, undefined)],
        remedy: `aws iam create-service-linked-role --aws-service-name ${service}`,
        failure: 'F-57',
        fix: { handling: 'AUTO', does: `create ${role}`, apply: () => aws.iam.createServiceLinkedRole(service) },
      }),
    );
  },
};
