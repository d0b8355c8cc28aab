import type {
  ElasticLoadBalancingV2,
  Listener,
  LoadBalancer,
  Rule,
  TargetGroup,
  TargetHealthDescription,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import { call, find } from './call.ts';
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

  /** What it asks its targets, and which load balancers lead to it. */
  async targetGroup(arn: string): Promise<TargetGroup | undefined> {
    const answer = await find('elasticloadbalancing:DescribeTargetGroups', ['TargetGroupNotFoundException'], async () =>
      (await this.#elb()).describeTargetGroups({ TargetGroupArns: [arn] }),
    );
    return answer?.TargetGroups?.[0];
  }

  async rule(arn: string): Promise<Rule | undefined> {
    const answer = await find('elasticloadbalancing:DescribeRules', ['RuleNotFoundException'], async () =>
      (await this.#elb()).describeRules({ RuleArns: [arn] }),
    );
    return answer?.Rules?.[0];
  }

  async loadBalancer(arn: string): Promise<LoadBalancer | undefined> {
    const answer = await find(
      'elasticloadbalancing:DescribeLoadBalancers',
      ['LoadBalancerNotFoundException'],
      async () => (await this.#elb()).describeLoadBalancers({ LoadBalancerArns: [arn] }),
    );
    return answer?.LoadBalancers?.[0];
  }

  /** Empty when there is no such load balancer. */
  async listeners(loadBalancerArn: string): Promise<Listener[]> {
    const found: Listener[] = [];
    let Marker: string | undefined;
    do {
      const page = await find('elasticloadbalancing:DescribeListeners', ['LoadBalancerNotFoundException'], async () =>
        (await this.#elb()).describeListeners({ LoadBalancerArn: loadBalancerArn, Marker }),
      );
      found.push(...(page?.Listeners ?? []));
      Marker = page?.NextMarker;
    } while (Marker);
    return found;
  }

  /** ARNs of the certificates that a listener shows, its default one too. */
  async listenerCertificates(listenerArn: string): Promise<string[]> {
    const found: string[] = [];
    let Marker: string | undefined;
    do {
      const page = await find(
        'elasticloadbalancing:DescribeListenerCertificates',
        ['ListenerNotFoundException'],
        async () => (await this.#elb()).describeListenerCertificates({ ListenerArn: listenerArn, Marker }),
      );
      found.push(...(page?.Certificates ?? []).flatMap(({ CertificateArn }) => CertificateArn ?? []));
      Marker = page?.NextMarker;
    } while (Marker);
    return found;
  }

  /** Adding one that it has already changes nothing. */
  async addListenerCertificate(listenerArn: string, certificateArn: string): Promise<void> {
    await call('elasticloadbalancing:AddListenerCertificates', async () =>
      (await this.#elb()).addListenerCertificates({
        ListenerArn: listenerArn,
        Certificates: [{ CertificateArn: certificateArn }],
      }),
    );
  }
}
