import { Construct } from 'constructs';
import { keepsAccessLogs } from '../access-logs.ts';
import { core, ec2, ecs, waf } from '../aws-cdk.ts';
import { certificateArn } from '../certificate.ts';
import { LoadBalancer } from '../constructs/load-balancer.ts';
import { OriginSecrets } from '../constructs/origin-secrets.ts';
import { SharedValues } from '../constructs/shared-values.ts';
import { WebAcl } from '../constructs/web-acl.ts';
import { type Listener, listenersOf } from '../listeners.ts';
import { fitName, pascal } from '../names.ts';
import { outputs } from '../outputs.ts';
import { subnetIds, vpcId } from '../placement.ts';
import type { AppSettings } from '../settings.ts';
import type { SubnetKind } from '../subnet-cidr.ts';
import { PlatformStack } from './platform-stack.ts';

/** What all services stand in: the cluster, the load balancer, and a security group for each component. */
export class RuntimeStack extends PlatformStack {
  constructor(scope: Construct, settings: AppSettings) {
    super(scope, 'runtime', settings, { description: 'Cluster, load balancer and security groups' });
    const { links } = this;

    const cluster = new ecs.CfnCluster(this, 'Cluster', {
      // Both, whether a service uses Spot or not: one that is in use cannot be taken away, and costs nothing.
      capacityProviders: ['FARGATE', 'FARGATE_SPOT'],
      clusterSettings: [
        { name: 'containerInsights', value: settings.observability.containerInsights ? 'enabled' : 'disabled' },
      ],
    });
    links.tell(outputs.runtime.clusterName, cluster.ref);

    const groups = new Construct(this, 'SecurityGroups');
    for (const name of Object.keys({ ...settings.services, ...settings.oneOffs })) {
      const group = new ec2.CfnSecurityGroup(groups, pascal(name), {
        vpcId: vpcId(links, settings),
        groupDescription: `Tasks of ${name}: out to anywhere, in from whom a rule names`,
        securityGroupEgress: [{ ipProtocol: '-1', cidrIp: '0.0.0.0/0', description: 'to anywhere' }],
      });
      links.tell(outputs.runtime.taskSecurityGroup(name), group.attrGroupId);
    }

    const listeners = listenersOf(settings);
    if (listeners.length > 0) this.#balance(settings, listeners);
  }

  #balance(settings: AppSettings, listeners: readonly Listener[]) {
    const { links } = this;
    const balancer = new LoadBalancer(this, 'LoadBalancer', {
      vpcId: vpcId(links, settings),
      subnetIds: subnetIds(links, settings, 'public'),
      logBucket: this.#logBucket(settings),
      listeners: listeners.map((listener) => {
        const http = listener.certificateOf && settings.services[listener.certificateOf]?.http;
        return http ? { ...listener, certificateArn: certificateArn(links, listener.certificateOf!, http) } : listener;
      }),
    });
    const { runtime } = outputs;
    links.tell(runtime.loadBalancerArn, balancer.arn);
    links.tell(runtime.loadBalancerHost, balancer.host);
    links.tell(runtime.loadBalancerFullName, balancer.fullName);
    links.tell(runtime.loadBalancerZone, balancer.zone);
    links.tell(runtime.loadBalancerSecurityGroup, balancer.securityGroupId);
    for (const [port, arn] of balancer.listenerArns) links.tell(runtime.listenerArn(port), arn);
    const originSecret = this.#guard(settings, balancer);
    if (settings.sharing.mode === 'export') this.#share(settings, settings.sharing.prefix, { balancer, originSecret });
  }

  /** The firewall of the load balancer; health checks go past it. Answers with the secret that CloudFront sends along. */
  #guard({ edge, project, environment }: AppSettings, balancer: LoadBalancer): string | undefined {
    const { links } = this;
    if (!edge.waf && !edge.originVerify) return undefined;
    const secrets = edge.originVerify ? new OriginSecrets(this, 'OriginSecrets', edge.originVerify).arns : [];
    const { arn } = new WebAcl(this, 'Firewall', {
      scope: 'REGIONAL',
      rules: edge.waf,
      originSecrets: secrets,
      logGroupName: fitName(`aws-waf-logs-${project}-${environment}-balancer`, 512),
    });
    new waf.CfnWebACLAssociation(this, 'Guarded', { resourceArn: balancer.arn, webAclArn: arn });
    if (secrets[0]) links.tell(outputs.runtime.originSecretArn, secrets[0]);
    if (edge.originVerify) links.tell(outputs.runtime.originGeneration, String(edge.originVerify.generation));
    return secrets[0];
  }

  #logBucket(settings: AppSettings): string | false | undefined {
    if (keepsAccessLogs(settings)) return this.links.from('data', outputs.data.accessLogBucket);
    return settings.observability.accessLogs === false ? false : undefined;
  }

  #share(
    settings: AppSettings,
    prefix: string,
    { balancer, originSecret }: { balancer: LoadBalancer; originSecret: string | undefined },
  ) {
    const { links } = this;
    const list = (kind: SubnetKind) => core.Fn.join(',', subnetIds(links, settings, kind));
    const { source, availabilityZones } = settings.network;
    const isolated =
      source.from === 'created' ? source.isolated : source.from === 'existing' && source.isolatedSubnetIds.length > 0;
    const https = balancer.listenerArns.get(443);
    new SharedValues(this, 'Shared', {
      prefix,
      values: {
        'network/vpc-id': vpcId(links, settings),
        'network/private-subnet-ids': list('private'),
        'network/public-subnet-ids': list('public'),
        ...(isolated ? { 'network/isolated-subnet-ids': list('isolated') } : {}),
        'network/availability-zones': availabilityZones.join(','),
        'alb/arn': balancer.arn,
        'alb/dns-name': balancer.host,
        'alb/security-group-id': balancer.securityGroupId,
        ...(https ? { 'alb/https-listener-arn': https } : {}),
        // A consumer's sites come to the same load balancer.
        ...(originSecret ? { 'alb/origin-secret-arn': originSecret } : {}),
      },
    });
  }
}
