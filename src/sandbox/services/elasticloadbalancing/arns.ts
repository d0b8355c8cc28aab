import { randomBytes } from 'node:crypto';
import type { Scope } from '../../kernel/scope.ts';

const prefix = ({ region, account }: Scope) => `arn:aws:elasticloadbalancing:${region}:${account}`;
const unique = () => randomBytes(8).toString('hex');

export const loadBalancerArn = (scope: Scope, name: string) => `${prefix(scope)}:loadbalancer/app/${name}/${unique()}`;
export const targetGroupArn = (scope: Scope, name: string) => `${prefix(scope)}:targetgroup/${name}/${unique()}`;

/** A listener's ARN carries its load balancer's name and id, a rule's those of its listener too. */
export const listenerArn = (loadBalancer: string) =>
  `${loadBalancer.replace(':loadbalancer/', ':listener/')}/${unique()}`;
export const ruleArn = (listener: string) => `${listener.replace(':listener/', ':listener-rule/')}/${unique()}`;

/** `app/web/50dc6c495c0c9188` or `targetgroup/web/…`: the part that metrics and scaling policies are named by. */
export const fullName = (arn: string) => arn.replace(/^.*:(loadbalancer\/)?/, '');
