import { AwsFault } from '../../kernel/fault.ts';
import type { Scope } from '../../kernel/scope.ts';
import { configs, type Declared, type Routing } from './state.ts';

/** https://docs.aws.amazon.com/codedeploy/latest/userguide/deployment-configurations.html */
const PREDEFINED =
  /^CodeDeployDefault\.Lambda(?:(Canary)10Percent(5|10|15|30)Minutes|(Linear)10PercentEvery(1|2|3|10)Minutes?|AllAtOnce)$/;

export const PREDEFINED_NAMES: readonly string[] = [
  ...[5, 10, 15, 30].map((minutes) => `CodeDeployDefault.LambdaCanary10Percent${minutes}Minutes`),
  'CodeDeployDefault.LambdaLinear10PercentEvery1Minute',
  ...[2, 3, 10].map((minutes) => `CodeDeployDefault.LambdaLinear10PercentEvery${minutes}Minutes`),
  'CodeDeployDefault.LambdaAllAtOnce',
];

/** How traffic moves under a configuration; refuses one that is not there. */
export function routingOf(name: string, scope: Scope): Routing {
  const [found, canary, canaryMinutes, , linearMinutes] = PREDEFINED.exec(name) ?? [];
  if (found === undefined) {
    const row = configs.in(scope).get(name);
    if (!row)
      throw new AwsFault(
        'DeploymentConfigDoesNotExistException',
        `No Deployment Configuration found for name: ${name}`,
      );
    return row.routing;
  }
  if (canary) return { type: 'TimeBasedCanary', percent: 10, minutes: Number(canaryMinutes) };
  if (linearMinutes) return { type: 'TimeBasedLinear', percent: 10, minutes: Number(linearMinutes) };
  return { type: 'AllAtOnce', percent: 100, minutes: 0 };
}

/** Of what a stack declares. */
export function declaredRouting({ TrafficRoutingConfig: config }: Declared): Routing {
  const steps = config?.TimeBasedCanary ?? config?.TimeBasedLinear;
  if (!config || config.Type === 'AllAtOnce') return { type: 'AllAtOnce', percent: 100, minutes: 0 };
  const canary = config.Type === 'TimeBasedCanary';
  const percent = Number(canary ? steps?.CanaryPercentage : steps?.LinearPercentage);
  const minutes = Number(canary ? steps?.CanaryInterval : steps?.LinearInterval);
  if (!(percent >= 1 && percent <= 99) || !(minutes >= 1 && minutes <= 2_880))
    throw new AwsFault(
      'InvalidTrafficRoutingConfigurationException',
      'The percentage has to be between 1 and 99, the interval between 1 and 2880 minutes',
    );
  return { type: config.Type, percent, minutes };
}
