import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { Task } from '@aws-sdk/client-ecs';
import type { TargetGroup, TargetHealthDescription } from '@aws-sdk/client-elastic-load-balancing-v2';
import { type Look, look, seen } from '../look.ts';
import type { LookPowers } from '../sick-service.ts';

export interface GroupOfTargets {
  arn: string;
  /** Its health check, and which load balancers lead to it. */
  group: Look<TargetGroup>;
  targets: Look<TargetHealthDescription[]>;
}

/** A target group and how its targets stand: two calls. */
export async function targetHealth(powers: LookPowers, arn: string): Promise<GroupOfTargets> {
  const { elb } = powers.aws;
  const [group, targets] = await Promise.all([
    look(
      powers,
      { what: `the health check of ${nameOf(arn)}`, call: 'elasticloadbalancing:DescribeTargetGroups' },
      () => elb.targetGroup(arn),
    ),
    look(powers, { what: `the targets of ${nameOf(arn)}`, call: 'elasticloadbalancing:DescribeTargetHealth' }, () =>
      elb.targetHealth(arn),
    ),
  ]);
  return { arn, group, targets };
}

/** Rules between the load balancer and the tasks: two calls. */
export async function balancerRules(
  powers: LookPowers,
  { loadBalancer, groups }: { loadBalancer: string; groups: readonly string[] },
): Promise<{ balancerGroups: Look<string[]>; rules: Look<SecurityGroupRule[]> }> {
  const { aws } = powers;
  const balancerGroups = await look(
    powers,
    { what: 'the load balancer', call: 'elasticloadbalancing:DescribeLoadBalancers' },
    async () => (await aws.elb.loadBalancer(loadBalancer))?.SecurityGroups,
  );
  const all = [...groups, ...(seen(balancerGroups) ?? [])];
  const rules = await look(
    powers,
    { what: `the rules of ${all.join(', ')}`, call: 'ec2:DescribeSecurityGroupRules' },
    () => aws.ec2.securityGroupRules(all),
  );
  return { balancerGroups, rules };
}

/** `targetgroup/<name>/<id>` is what people know of it. */
export const nameOf = (arn: string): string => arn.split('/').slice(-2)[0] ?? arn;

/** The private address of a task, which is its target's id. */
export const addressOf = ({ attachments = [] }: Task): string | undefined =>
  attachments.flatMap(({ details = [] }) => details).find(({ name }) => name === 'privateIPv4Address')?.value;
