import type { SecurityGroupRule } from '@aws-sdk/client-ec2';
import type { Session } from '../../context.ts';
import type { ServingBalancer } from './look-at-balancers.ts';

/** What nobody can send a request to. */
export interface ClosedDoor {
  balancer: ServingBalancer;
  port: number;
  groups: readonly string[];
}

/**
 * Listeners whose port no rule lets anybody in to. Its health checks go on, and nothing else tells: who is kept out is
 * counted nowhere. From where a rule lets in is the configuration's to say.
 */
export async function closedDoors(
  { aws }: Pick<Session, 'aws'>,
  balancers: readonly ServingBalancer[],
): Promise<ClosedDoor[]> {
  const found = await Promise.all(
    balancers.map(async (balancer): Promise<ClosedDoor[]> => {
      const [live, listeners] = await Promise.all([
        aws.elb.loadBalancer(balancer.arn),
        aws.elb.listeners(balancer.arn),
      ]);
      const groups = live?.SecurityGroups ?? [];
      if (!live || groups.length === 0) return [];
      const rules = await aws.ec2.securityGroupRules(groups);
      const ports = new Set(listeners.map(({ Port }) => Port!));
      return [...ports]
        .filter((port) => !rules.some((rule) => letsIn(rule, port)))
        .map((port) => ({ balancer, port, groups }));
    }),
  );
  return found.flat();
}

const letsIn = ({ FromPort = 0, IpProtocol, IsEgress, ToPort = 0 }: SecurityGroupRule, port: number): boolean =>
  !IsEgress && (IpProtocol === '-1' || (IpProtocol === 'tcp' && FromPort <= port && ToPort >= port));
