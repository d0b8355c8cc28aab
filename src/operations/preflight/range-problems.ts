import type { Session } from '../../context.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import { overlaps } from '../../domain/ipv4-range.ts';
import type { Problem } from '../../errors/problem.ts';
import type { Plan } from '../../release/plan.ts';

/** Free ranges are proposed of 10.0.0.0/8, as large as a VPC may be. */
const PROPOSED = Array.from({ length: 255 }, (_, index) => `10.${index + 1}.0.0/16`);

/**
 * A VPC whose addresses another one has already: they can never be connected, and a VPC never gets another range (F-136).
 * Asks nothing where no VPC is made.
 */
export async function rangeProblems({ aws }: Pick<Session, 'aws'>, { stacks }: Plan): Promise<Problem[]> {
  const found = await Promise.all(
    stacks.map(async ({ region, template, live, action }): Promise<Problem[]> => {
      if (action === 'delete') return [];
      const made = Object.entries<{ Type?: string; Properties?: { CidrBlock?: unknown } }>(template.Resources ?? {})
        .filter(([id, { Type }]) => Type === 'AWS::EC2::VPC' && !live?.template?.Resources?.[id])
        .flatMap(([, { Properties }]) => (typeof Properties?.CidrBlock === 'string' ? [Properties.CidrBlock] : []));
      if (made.length === 0) return [];
      const taken = await aws.in(region).ec2.ranges();
      return made.flatMap((range): Problem[] => {
        const others = taken.filter((one) => overlaps(one.range, range));
        if (others.length === 0) return [];
        const free = PROPOSED.find((one) => !taken.some((other) => overlaps(other.range, one)));
        return [
          {
            rule: 'F-136',
            severity: 'warning',
            path: 'network.cidr',
            message: `The VPC would have addresses of ${others.map(({ vpc, range: theirs }) => `${vpc} (${theirs})`).join(', ')} in ${region}: the two can never be connected, and a VPC keeps its range`,
            remedy: free
              ? `set network.cidr to a range that nobody has, such as ${free}, before the first deployment`
              : 'set network.cidr to a range that nobody has, before the first deployment',
            evidence: others.map((one) => evidenceOf('ec2:DescribeVpcs', `Vpcs[${one.vpc}].CidrBlock`, one.range)),
          },
        ];
      });
    }),
  );
  return found.flat();
}
