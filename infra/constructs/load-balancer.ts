import { Construct } from 'constructs';
import { LOG_PREFIX } from '../access-logs.ts';
import { ec2, elb } from '../aws-cdk.ts';
import type { Listener } from '../listeners.ts';

/** TLS 1.2 and 1.3 (S2-91): https://docs.aws.amazon.com/elasticloadbalancing/latest/application/describe-ssl-policies.html */
const TLS_POLICY = 'ELBSecurityPolicy-TLS13-1-2-2021-06';

export interface LoadBalancerProps {
  vpcId: string;
  subnetIds: string[];
  listeners: readonly (Listener & { certificateArn?: string })[];
  /** Bucket of its access logs; false: none any more, absent: none ever were. */
  logBucket?: string | false | undefined;
}

/** The public load balancer. What no service claims is answered with 404; services bring their own rules. */
export class LoadBalancer extends Construct {
  readonly arn: string;
  readonly host: string;
  readonly fullName: string;
  readonly zone: string;
  readonly securityGroupId: string;
  readonly listenerArns: ReadonlyMap<number, string>;

  constructor(scope: Construct, id: string, { vpcId, subnetIds, listeners, logBucket }: LoadBalancerProps) {
    super(scope, id);
    const group = new ec2.CfnSecurityGroup(this, 'SecurityGroup', {
      vpcId,
      groupDescription: 'Load balancer: from anywhere to its listeners; services add the way to themselves',
      securityGroupIngress: listeners.map(({ port }) => ({
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        cidrIp: '0.0.0.0/0',
        description: `from anywhere to port ${port}`,
      })),
      // EC2 allows everything out where nothing is said, so something must be: this reaches no one.
      securityGroupEgress: [
        { ipProtocol: 'icmp', fromPort: 252, toPort: 86, cidrIp: '255.255.255.255/32', description: 'nowhere' },
      ],
    });
    const balancer = new elb.CfnLoadBalancer(this, 'LoadBalancer', {
      type: 'application',
      scheme: 'internet-facing',
      ipAddressType: 'ipv4',
      subnets: subnetIds,
      securityGroups: [group.attrGroupId],
      loadBalancerAttributes: [
        { key: 'routing.http.drop_invalid_header_fields.enabled', value: 'true' },
        ...accessLog(logBucket),
      ],
    });
    this.listenerArns = new Map(
      listeners.map((listener) => [listener.port, this.#listen(balancer.ref, listener)] as const),
    );
    this.arn = balancer.ref;
    this.host = balancer.attrDnsName;
    this.fullName = balancer.attrLoadBalancerFullName;
    this.zone = balancer.attrCanonicalHostedZoneId;
    this.securityGroupId = group.attrGroupId;
  }

  #listen(loadBalancerArn: string, { port, protocol, certificateArn }: LoadBalancerProps['listeners'][number]): string {
    return new elb.CfnListener(this, `Listener${port}`, {
      loadBalancerArn,
      port,
      protocol,
      ...(certificateArn ? { certificates: [{ certificateArn }], sslPolicy: TLS_POLICY } : {}),
      defaultActions: [
        {
          type: 'fixed-response',
          fixedResponseConfig: { statusCode: '404', contentType: 'text/plain', messageBody: 'Nothing is served here' },
        },
      ],
    }).ref;
  }
}

/** What a template no longer says of a load balancer stays as it was, so that an end has to be said. */
function accessLog(bucket: LoadBalancerProps['logBucket']): { key: string; value: string }[] {
  if (bucket === undefined) return [];
  if (bucket === false) return [{ key: 'access_logs.s3.enabled', value: 'false' }];
  return [
    { key: 'access_logs.s3.enabled', value: 'true' },
    { key: 'access_logs.s3.bucket', value: bucket },
    { key: 'access_logs.s3.prefix', value: LOG_PREFIX.balancer },
  ];
}
