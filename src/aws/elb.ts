import type {
  ElasticLoadBalancingV2,
  LoadBalancer,
  Rule,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

export class Elb {
  readonly #elb: () => Promise<ElasticLoadBalancingV2>;

  constructor(connection: Connection) {
    this.#elb = once(async () =>
      connect((await import('@aws-sdk/client-elastic-load-balancing-v2')).ElasticLoadBalancingV2, connection),
    );
  }

  /** Empty when there is no such target group. */
  async targetHealth(targetGroupArn: string): Promise<TargetHealthDescription[]> {
    const answer = await find('elasticloadbalancing:DescribeTargetHealth', ['TargetGroupNotFoundException'], async () =>
      (await this.#elb()).describeTargetHealth({ TargetGroupArn: targetGroupArn }),
    );
    return answer?.TargetHealthDescriptions ?? [];
  }

  async loadBalancer(arn: string): Promise<LoadBalancer | undefined> {
    const answer = await find(
      'elasticloadbalancing:DescribeLoadBalancers',
      ['LoadBalancerNotFoundException'],
      async () => (await this.#elb()).describeLoadBalancers({ LoadBalancerArns: [arn] }),
    );
    return answer?.LoadBalancers?.[0];
  }

  /** Every rule of a listener, the default one included; empty when there is no such listener. */
  async rules(listenerArn: string): Promise<Rule[]> {
    const rules: Rule[] = [];
    let Marker: string | undefined;
    do {
      const page = await find('elasticloadbalancing:DescribeRules', ['ListenerNotFoundException'], async () =>
        (await this.#elb()).describeRules({ ListenerArn: listenerArn, Marker }),
      );
      rules.push(...(page?.Rules ?? []));
      Marker = page?.NextMarker;
    } while (Marker !== undefined);
    return rules;
  }
}
