import type { Action } from '@aws-sdk/client-elastic-load-balancing-v2';
import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { invalid, misconfigured, missing, notSimulated } from './faults.ts';
import { forwardedTo, loadBalancersOf } from './in-use.ts';
import { type LoadBalancerRow, targetGroups } from './state.ts';

/** Actions that end a request: a listener or rule has exactly one, and it comes last. */
const FINAL = ['forward', 'redirect', 'fixed-response'];

/** The actions in the order they are taken and with defaults filled in, or what the API says of actions that cannot be. */
export function checkedActions(scope: Scope, balancer: LoadBalancerRow, actions: readonly Action[]): Action[] {
  const finals = actions.filter(({ Type }) => FINAL.includes(Type ?? ''));
  const other = actions.find(({ Type }) => !FINAL.includes(Type ?? ''));
  if (other) {
    if (!['authenticate-oidc', 'authenticate-cognito', 'jwt-validation'].includes(other.Type ?? '')) {
      throw invalid(`'${other.Type}' is not a valid action type`);
    }
    throw notSimulated(`actions of type ${other.Type}`);
  }
  if (finals.length !== 1) {
    throw misconfigured("An action of type 'forward', 'redirect' or 'fixed-response' must be specified exactly once");
  }
  for (const arn of forwardedTo(actions)) checkTargetGroup(scope, balancer, arn);
  return actions.map((action) => completed(action));
}

function checkTargetGroup(scope: Scope, balancer: LoadBalancerRow, arn: string): void {
  const group = targetGroups.in(scope).get(arn);
  if (!group) throw missing.targetGroup();
  if (group.VpcId !== undefined && group.VpcId !== balancer.VpcId) {
    throw misconfigured(
      `The following target groups are in a different VPC than load balancer '${balancer.LoadBalancerArn}': ${arn}`,
    );
  }
  if (loadBalancersOf(scope, arn).some((other) => other !== balancer.LoadBalancerArn)) {
    throw new AwsFault(
      'TargetGroupAssociationLimit',
      `The following target groups cannot be associated with more than one load balancer: ${arn}`,
    );
  }
}

/** What AWS shows of an action beyond what was asked. */
function completed(action: Action): Action {
  switch (action.Type) {
    case 'forward':
      return forward(action);
    case 'redirect':
      return redirect(action);
    default:
      return fixedResponse(action);
  }
}

function forward(action: Action): Action {
  const groups = action.ForwardConfig?.TargetGroups ?? [];
  if (groups.length === 0 && !action.TargetGroupArn) {
    throw invalid('A target group ARN must be specified');
  }
  if (groups.length > 5) throw new AwsFault('TooManyTargetGroups', 'A forward action can have at most 5 target groups');
  const only = action.TargetGroupArn ?? (groups.length === 1 ? groups[0]!.TargetGroupArn : undefined);
  return {
    ...action,
    ...(only ? { TargetGroupArn: only } : {}),
    ForwardConfig: {
      TargetGroups: groups.length
        ? groups.map((group) => ({ ...group, Weight: group.Weight ?? 1 }))
        : [{ TargetGroupArn: only, Weight: 1 }],
      TargetGroupStickinessConfig: action.ForwardConfig?.TargetGroupStickinessConfig ?? { Enabled: false },
    },
  };
}

function redirect(action: Action): Action {
  const config = action.RedirectConfig;
  if (!config) throw invalid('A redirect action must have a redirect configuration');
  if (config.StatusCode !== 'HTTP_301' && config.StatusCode !== 'HTTP_302') {
    throw invalid("A redirect action must have the status code 'HTTP_301' or 'HTTP_302'");
  }
  const full = {
    Protocol: '#{protocol}',
    Port: '#{port}',
    Host: '#{host}',
    Path: '/#{path}',
    Query: '#{query}',
    ...defined(config),
  };
  const isLoop =
    full.Protocol === '#{protocol}' && full.Port === '#{port}' && full.Host === '#{host}' && full.Path === '/#{path}';
  if (isLoop) {
    throw misconfigured(
      'The redirect configuration is not valid because it creates a loop. Modify at least one of protocol, port, hostname or path',
    );
  }
  return { ...action, RedirectConfig: { ...full, StatusCode: config.StatusCode } };
}

function fixedResponse(action: Action): Action {
  const config = action.FixedResponseConfig;
  if (!/^[245]\d\d$/.test(config?.StatusCode ?? '')) {
    throw invalid(`The status code '${config?.StatusCode ?? ''}' of a fixed response must be 2XX, 4XX or 5XX`);
  }
  if ((config?.MessageBody ?? '').length > 1024) {
    throw invalid('The message body of a fixed response cannot be longer than 1024 characters');
  }
  return action;
}

const defined = <T extends object>(value: T): Partial<T> =>
  Object.fromEntries(Object.entries(value).filter(([, each]) => each !== undefined && each !== '')) as Partial<T>;
