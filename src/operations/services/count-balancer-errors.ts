import type { Session } from '../../context.ts';
import type { ServingBalancer } from './look-at-balancers.ts';

/** Over the last hour: what is over is no longer asked after. */
const MINUTES = 60;
const CODES = [502, 503, 504] as const;

export interface BalancerErrors {
  balancer: ServingBalancer;
  code: (typeof CODES)[number];
  count: number;
  /** Of CloudWatch. */
  metric: string;
  /** Answers of the programs themselves with 5xx: those are no errors of the load balancer. */
  ofTargets: number;
}

/**
 * How often a load balancer had to answer by itself with 502, 503 or 504. CloudWatch counts what it made up and what a
 * target answered in metrics of their own.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 */
export async function balancerErrors(
  { aws, clock }: Pick<Session, 'aws' | 'clock'>,
  balancers: readonly ServingBalancer[],
): Promise<BalancerErrors[]> {
  const count = (name: string, balancer: ServingBalancer) =>
    aws.metrics.sum(
      { namespace: 'AWS/ApplicationELB', name, dimensions: { LoadBalancer: balancer.name } },
      { now: clock.now(), minutes: MINUTES },
    );
  const found = await Promise.all(
    balancers.map(async (balancer) => {
      const counts = await Promise.all(CODES.map((code) => count(`HTTPCode_ELB_${code}_Count`, balancer)));
      if (counts.every((one) => one === 0)) return [];
      const ofTargets = await count('HTTPCode_Target_5XX_Count', balancer);
      return CODES.flatMap((code, index) =>
        counts[index]
          ? [{ balancer, code, count: counts[index], metric: `HTTPCode_ELB_${code}_Count`, ofTargets }]
          : [],
      );
    }),
  );
  return found.flat();
}
