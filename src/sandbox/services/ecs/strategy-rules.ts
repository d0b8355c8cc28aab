import type { DeploymentConfiguration, LoadBalancer } from '@aws-sdk/client-ecs';
import type { Scope } from '../../kernel/scope.ts';
import { forwardedTo } from '../elasticloadbalancing/in-use.ts';
import { rules } from '../elasticloadbalancing/state.ts';
import { roles } from '../iam/state.ts';
import { trusts } from '../iam/trust.ts';
import { invalid } from './faults.ts';
import { primaryOf } from './scheduler/current.ts';
import { pairOf } from './scheduler/production-rule.ts';
import { isShifting } from './scheduler/shift-plan.ts';
import type { ServiceRow } from './state.ts';
import type { Stored } from './stored.ts';

interface Strategy {
  deployment: Stored<DeploymentConfiguration>;
  loadBalancers: readonly LoadBalancer[];
  /** The service as it is; absent while it is made. */
  before?: ServiceRow;
}

/**
 * Throws what stands between a service and a strategy that shifts requests. Sources:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/alb-resources-for-blue-green.html and
 * update-rolling-to-bluegreen.html beside it; AWS's own sentences are not public.
 */
export function checkStrategy(scope: Scope, { deployment, loadBalancers, before }: Strategy): void {
  for (const loadBalancer of loadBalancers) checkAdvanced(scope, loadBalancer);
  const now = before?.settings.deploymentConfiguration;
  const isNow = isShifting(deployment);
  if (isNow && loadBalancers.length > 0 && !pairOf(loadBalancers))
    throw invalid(`The ${deployment.strategy} deployment strategy needs advancedConfiguration for its load balancers.`);
  if (isNow && loadBalancers.length === 0 && deployment.strategy !== 'BLUE_GREEN')
    throw invalid(`The ${deployment.strategy} deployment strategy needs a load balancer or Service Connect.`);
  if (!before || isNow === isShifting(now)) return;
  const primary = primaryOf(before);
  if (primary.rolloutState === 'IN_PROGRESS')
    throw invalid('The deployment strategy cannot be changed while a service deployment is in progress.');
  if (isNow && loadBalancers.length > 0 && !pairOf(primary.revision.loadBalancers))
    throw invalid('advancedConfiguration must be rolled out with the ROLLING deployment strategy first.');
}

function checkAdvanced(scope: Scope, { targetGroupArn, advancedConfiguration }: LoadBalancer): void {
  if (!advancedConfiguration) return;
  const { alternateTargetGroupArn: alternate, productionListenerRule: rule, roleArn } = advancedConfiguration;
  if (advancedConfiguration.testListenerRule) throw invalid('This sandbox does not simulate test listener rules.');
  if (!alternate || !rule || !roleArn)
    throw invalid('advancedConfiguration needs alternateTargetGroupArn, productionListenerRule and roleArn.');
  if (alternate === targetGroupArn)
    throw invalid('The alternate target group must be another one than targetGroupArn.');
  const role = roles
    .in(scope)
    .values()
    .find(({ arn }) => arn === roleArn);
  if (!role || !trusts(role.trust, { caller: { service: 'ecs.amazonaws.com' } }))
    throw invalid(`ECS was unable to assume the role '${roleArn}' of the load balancer.`);
  const row = rules.in(scope).get(rule);
  if (!row) throw invalid(`The production listener rule ${rule} does not exist.`);
  if (row.Actions.some(({ Type }) => Type !== 'forward'))
    throw invalid(`The production listener rule ${rule} has actions other than forward.`);
  const missing = [targetGroupArn!, alternate].find((arn) => !forwardedTo(row.Actions).includes(arn));
  if (missing) throw invalid(`The production listener rule ${rule} does not forward to the target group ${missing}.`);
}
