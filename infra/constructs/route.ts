import type { CfnListenerRule, CfnTargetGroupProps } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { CfnResource } from 'aws-cdk-lib/core';
import { Construct } from 'constructs';
import { core, ec2, elb } from '../aws-cdk.ts';
import { type Balancer, balancerOf } from '../balancer.ts';
import { certificateArn } from '../certificate.ts';
import type { Links } from '../links.ts';
import { pascal } from '../names.ts';
import { outputs } from '../outputs.ts';
import { vpcId } from '../placement.ts';
import type { AppSettings, HealthSettings, HttpSettings, ServiceSettings } from '../settings.ts';
import { ShiftedTraffic } from './shifted-traffic.ts';

/** The last of all priorities: what takes everything must come after every host. */
const LAST = 50_000;

export interface RouteProps {
  links: Links;
  settings: AppSettings;
  name: string;
  service: ServiceSettings;
  http: HttpSettings;
  port: number;
  health: HealthSettings;
}

/** How requests reach one service: its target group, its rules on the listeners, and the way through the groups. */
export class Route extends Construct {
  readonly targetGroupArn: string;
  /** `targetgroup/<name>/<id>`. */
  readonly targetGroupName: string;
  /** Only of a service whose requests are moved. */
  readonly shifted?: ShiftedTraffic;
  /** The rule that leads to it. */
  readonly rule: CfnListenerRule;
  /** An ECS service is refused while no listener leads to its target group (F-67). */
  readonly rules: CfnResource[];

  constructor(scope: Construct, id: string, props: RouteProps) {
    super(scope, id);
    const { links, settings, name, service, http, port, health } = props;
    const balancer = balancerOf(links, settings);

    const like: CfnTargetGroupProps = {
      vpcId: vpcId(links, settings),
      targetType: 'ip',
      protocol: 'HTTP',
      port,
      healthCheckPath: health.path ?? '/',
      healthCheckIntervalSeconds: health.intervalSeconds,
      healthCheckTimeoutSeconds: health.timeoutSeconds,
      healthyThresholdCount: 2,
      unhealthyThresholdCount: 3,
      matcher: { httpCode: health.matcher },
      targetGroupAttributes: [
        { key: 'deregistration_delay.timeout_seconds', value: String(service.deployment.drainSeconds) },
      ],
    };
    const target = new elb.CfnTargetGroup(this, 'TargetGroup', like);
    this.targetGroupArn = target.ref;
    this.targetGroupName = target.attrTargetGroupFullName;

    if (service.shift) this.shifted = new ShiftedTraffic(this, 'Shift', { links, primary: target.ref, like });
    this.rule = this.#forward(props, balancer);
    this.rules = [this.rule];
    if (http.tls) this.rules.push(...this.#secure(props, balancer));
    this.#open(balancer, links.from('runtime', outputs.runtime.taskSecurityGroup(name)), port);
  }

  #forward({ links, name, http }: RouteProps, balancer: Balancer): CfnListenerRule {
    return new elb.CfnListenerRule(this, 'Rule', {
      listenerArn: balancer.listenerArn(http.listenerPort),
      priority: priority(links, name, http),
      conditions: [
        http.domain
          ? { field: 'host-header', hostHeaderConfig: { values: [http.domain] } }
          : { field: 'path-pattern', pathPatternConfig: { values: ['/*'] } },
      ],
      actions: [this.shifted?.forward() ?? { type: 'forward', targetGroupArn: this.targetGroupArn }],
    });
  }

  #secure({ links, settings, name, http }: RouteProps, balancer: Balancer): CfnResource[] {
    const made: CfnResource[] = [];
    if (http.tls && !http.tls.listenerDefault) {
      made.push(
        new elb.CfnListenerCertificate(this, 'Certificate', {
          listenerArn: balancer.listenerArn(http.listenerPort),
          certificates: [{ certificateArn: certificateArn(links, name, http) }],
        }),
      );
    }
    // A provider shares no listener for plain HTTP.
    if (http.redirectHttp && http.domain && settings.sharing.mode !== 'consume') {
      made.push(
        new elb.CfnListenerRule(this, 'Redirect', {
          listenerArn: balancer.listenerArn(80),
          priority: priority(links, name, http),
          conditions: [{ field: 'host-header', hostHeaderConfig: { values: [http.domain] } }],
          actions: [{ type: 'redirect', redirectConfig: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } }],
        }),
      );
    }
    return made;
  }

  /** From the load balancer to the tasks, on the service's port and no other. */
  #open(balancer: Balancer, taskGroup: string, port: number) {
    const through = { ipProtocol: 'tcp', fromPort: port, toPort: port };
    new ec2.CfnSecurityGroupIngress(this, 'FromLoadBalancer', {
      ...through,
      groupId: taskGroup,
      sourceSecurityGroupId: balancer.securityGroupId(),
      description: 'from the load balancer',
    });
    new ec2.CfnSecurityGroupEgress(this, 'ToTasks', {
      ...through,
      groupId: balancer.securityGroupId(),
      destinationSecurityGroupId: taskGroup,
      description: 'to the tasks',
    });
  }
}

/** Listeners count their priorities apart, so one number serves on both. */
function priority(links: Links, name: string, http: HttpSettings): number {
  if (http.rulePriority !== undefined) return http.rulePriority;
  if (!http.domain) return LAST;
  return core.Token.asNumber(links.state(`RulePriority${pascal(name)}`, `rule-priority/${name}`));
}
