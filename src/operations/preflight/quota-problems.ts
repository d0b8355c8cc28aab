import type { Session } from '../../context.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import type { Problem } from '../../errors/problem.ts';
import type { Plan } from '../../release/plan.ts';

interface Counted {
  /** The resource that the quota counts. */
  type: string;
  what: string;
  service: string;
  code: string;
  used: (counts: { vpcs: number; addresses: number }) => number;
  remedy: string;
}

/** https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html */
const COUNTED: readonly Counted[] = [
  {
    type: 'AWS::EC2::VPC',
    what: 'VPCs',
    service: 'vpc',
    code: 'L-F678F1CE',
    used: ({ vpcs }) => vpcs,
    remedy: 'delete a VPC that nobody uses, take one that is there (network.existing), or ask for more',
  },
  {
    type: 'AWS::EC2::EIP',
    what: 'Elastic IP addresses',
    service: 'ec2',
    code: 'L-0263D0A3',
    used: ({ addresses }) => addresses,
    remedy: 'release addresses that nobody uses, configure fewer NAT gateways (network.nat), or ask for more',
  },
];

/**
 * Quotas that this deployment would meet half-way, when its first resources stand already (F-134): what it adds on top
 * of what the account has in that region. Asks nothing where nothing is added.
 */
export async function quotaProblems({ aws }: Pick<Session, 'aws'>, { stacks }: Plan): Promise<Problem[]> {
  const regions = [...new Set(stacks.map(({ region }) => region))];
  const found = await Promise.all(
    regions.map(async (region): Promise<Problem[]> => {
      const here = stacks.filter((stack) => stack.region === region);
      const wanted = COUNTED.map((one) => ({ ...one, more: added(here, one.type) })).filter(({ more }) => more > 0);
      if (wanted.length === 0) return [];
      const regional = aws.in(region);
      const [counts, ...quotas] = await Promise.all([
        regional.ec2.counts(),
        ...wanted.map(({ service, code }) => regional.quotas.value(service, code)),
      ]);
      return wanted.flatMap(({ what, service, code, used, remedy, more }, index): Problem[] => {
        const quota = quotas[index];
        if (quota === undefined || used(counts) + more <= quota) return [];
        return [
          {
            rule: 'F-134',
            severity: 'error',
            path: 'network',
            message: `This deployment needs ${more} more ${what} in ${region}, where account ${aws.account} has ${used(counts)} of ${quota}`,
            remedy: `${remedy}: aws service-quotas request-service-quota-increase --service-code ${service} --quota-code ${code} --desired-value ${used(counts) + more} --region ${region}`,
            evidence: [evidenceOf('servicequotas:GetServiceQuota', `Quota[${code}].Value`, quota)],
          },
        ];
      });
    }),
  );
  return found.flat();
}

/** How many resources of a type the planned stacks have more than the live ones. */
function added(stacks: Plan['stacks'], type: string): number {
  const count = (template: { Resources?: Record<string, { Type?: string }> } | undefined) =>
    Object.values(template?.Resources ?? {}).filter((resource) => resource.Type === type).length;
  const more = stacks.map(({ action, template, live }) =>
    action === 'none' ? 0 : (action === 'delete' ? 0 : count(template)) - count(live?.template),
  );
  return more.reduce((sum, one) => sum + one, 0);
}
