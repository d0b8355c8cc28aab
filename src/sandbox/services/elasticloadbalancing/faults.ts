import { AwsFault } from '../../kernel/fault.ts';

/** Codes: https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/ (each operation's errors) */
export const missing = {
  loadBalancer: () => new AwsFault('LoadBalancerNotFound', 'One or more load balancers not found'),
  targetGroup: () => new AwsFault('TargetGroupNotFound', 'One or more target groups not found'),
  listener: () => new AwsFault('ListenerNotFound', 'One or more listeners not found'),
  rule: () => new AwsFault('RuleNotFound', 'One or more rules not found'),
};

export const invalid = (message: string) => new AwsFault('ValidationError', message);

export const misconfigured = (message: string) => new AwsFault('InvalidConfigurationRequest', message);

export const notSimulated = (what: string) =>
  new AwsFault('OperationNotPermitted', `The sandbox does not simulate ${what}.`);

/** The value of a member that the API insists on; `name` as the API spells it. */
export function required<T>(value: T | undefined, name: string): T {
  if (value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) {
    throw invalid(
      `1 validation error detected: Value null at '${name}' failed to satisfy constraint: Member must not be null`,
    );
  }
  return value;
}
