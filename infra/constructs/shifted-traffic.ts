import type { CfnService } from 'aws-cdk-lib/aws-ecs';
import type { CfnListenerRule, CfnTargetGroupProps } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { Construct } from 'constructs';
import { core, elb, iam } from '../aws-cdk.ts';
import type { Links } from '../links.ts';
import { WEIGHTS } from '../outputs.ts';
import { trust } from '../policy.ts';
import type { ShiftSettings } from '../service-extras.ts';

export interface ShiftedTrafficProps {
  links: Links;
  /** ARN of the group that the service has without it. */
  primary: string;
  /** What the second group has to be like. */
  like: CfnTargetGroupProps;
}

/**
 * A second target group for the new tasks of a service, and the right of ECS to move requests between the two. What
 * the rule gives each of them is ECS's to say: CloudFormation is told of it by parameters, else it would write its own
 * figures with the next change of the rule, and send all requests to where nothing runs
 * (https://github.com/aws/aws-cdk/issues/36649).
 */
export class ShiftedTraffic extends Construct {
  readonly alternateArn: string;
  readonly alternateName: string;
  readonly roleArn: string;
  readonly #links: Links;
  readonly #primary: string;

  constructor(scope: Construct, id: string, { links, primary, like }: ShiftedTrafficProps) {
    super(scope, id);
    this.#links = links;
    this.#primary = primary;
    const alternate = new elb.CfnTargetGroup(this, 'TargetGroup', like);
    this.alternateArn = alternate.ref;
    this.alternateName = alternate.attrTargetGroupFullName;
    // https://docs.aws.amazon.com/AmazonECS/latest/developerguide/AmazonECSInfrastructureRolePolicyForLoadBalancers.html
    this.roleArn = new iam.CfnRole(this, 'Role', {
      assumeRolePolicyDocument: trust('ecs.amazonaws.com'),
      managedPolicyArns: [
        `arn:${core.Aws.PARTITION}:iam::aws:policy/AmazonECSInfrastructureRolePolicyForLoadBalancers`,
      ],
    }).attrArn;
  }

  /** What the rule does: a share for each of the two groups. */
  forward(): CfnListenerRule.ActionProperty {
    const weight = (name: string, first: string) => core.Token.asNumber(this.#links.traffic(name, first));
    return {
      type: 'forward',
      forwardConfig: {
        targetGroups: [
          { targetGroupArn: this.#primary, weight: weight(WEIGHTS.primary, '100') },
          { targetGroupArn: this.alternateArn, weight: weight(WEIGHTS.alternate, '0') },
        ],
      },
    };
  }
}

/** The strategy as ECS is told of it. */
export function strategyOf({
  strategy,
  percent,
  minutes,
  bakeMinutes,
}: ShiftSettings): CfnService.DeploymentConfigurationProperty {
  return {
    strategy,
    bakeTimeInMinutes: bakeMinutes,
    ...(strategy === 'CANARY'
      ? { canaryConfiguration: { canaryPercent: percent, canaryBakeTimeInMinutes: minutes } }
      : {}),
    ...(strategy === 'LINEAR' ? { linearConfiguration: { stepPercent: percent, stepBakeTimeInMinutes: minutes } } : {}),
  };
}
