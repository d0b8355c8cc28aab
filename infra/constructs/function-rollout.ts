import type { CfnAlias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { cloudwatch, codedeploy, core } from '../aws-cdk.ts';
import type { RolloutAlarm, RolloutSettings } from '../function-settings.ts';
import { pascal } from '../names.ts';

export interface FunctionRolloutProps {
  rollout: Exclude<RolloutSettings, { type: 'all-at-once' }>;
  functionName: string;
  version: string;
  /** CodeDeploy's application, and the role that it moves traffic with. */
  application: string;
  roleArn: string;
}

/** Moves the traffic of an alias in steps, and back when the new version does worse than it may. */
export class FunctionRollout extends Construct {
  readonly #application: string;
  readonly #group: string;

  constructor(scope: Construct, id: string, props: FunctionRolloutProps) {
    super(scope, id);
    const { rollout, application, roleArn } = props;
    const alarms = rollout.alarms.map((alarm) => versionAlarm(this, alarm, props));
    const steps = { [`${rollout.type}Percentage`]: rollout.percent, [`${rollout.type}Interval`]: rollout.minutes };
    const config = new codedeploy.CfnDeploymentConfig(this, 'Steps', {
      computePlatform: 'Lambda',
      trafficRoutingConfig:
        rollout.type === 'canary'
          ? { type: 'TimeBasedCanary', timeBasedCanary: steps as never }
          : { type: 'TimeBasedLinear', timeBasedLinear: steps as never },
    });
    const group = new codedeploy.CfnDeploymentGroup(this, 'Group', {
      applicationName: application,
      serviceRoleArn: roleArn,
      deploymentConfigName: config.ref,
      deploymentStyle: { deploymentType: 'BLUE_GREEN', deploymentOption: 'WITH_TRAFFIC_CONTROL' },
      alarmConfiguration: { enabled: alarms.length > 0, alarms: alarms.map((name) => ({ name })) },
      autoRollbackConfiguration: {
        enabled: true,
        events: [
          'DEPLOYMENT_FAILURE',
          'DEPLOYMENT_STOP_ON_REQUEST',
          ...(alarms.length > 0 ? ['DEPLOYMENT_STOP_ON_ALARM'] : []),
        ],
      },
    });
    this.#application = application;
    this.#group = group.ref;
  }

  /** From now on CloudFormation has CodeDeploy change where the alias points to. */
  carry(alias: CfnAlias): void {
    alias.cfnOptions.updatePolicy = {
      codeDeployLambdaAliasUpdate: { applicationName: this.#application, deploymentGroupName: this.#group },
    };
  }
}

/**
 * Watches one version: an alarm over the alias may already be ringing because of the old one, and then every rollout
 * goes back at once (F-108). A new version is a new metric, without a past.
 */
function versionAlarm(
  scope: Construct,
  { preset, measure, threshold, periods, periodSeconds }: RolloutAlarm,
  { functionName, version }: FunctionRolloutProps,
): string {
  const metric = (id: string, metricName: string, stat: string, returned: boolean) => ({
    id,
    metricStat: {
      metric: {
        namespace: 'AWS/Lambda',
        metricName,
        dimensions: [
          { name: 'FunctionName', value: functionName },
          { name: 'Resource', value: core.Fn.join(':', [functionName, 'live']) },
          { name: 'ExecutedVersion', value: version },
        ],
      },
      period: periodSeconds,
      stat,
    },
    returnData: returned,
  });
  const rate = { id: 'rate', expression: '100 * errors / invocations', label: 'errors in percent', returnData: true };
  const metrics = {
    'error-rate': [metric('errors', 'Errors', 'Sum', false), metric('invocations', 'Invocations', 'Sum', false), rate],
    errors: [metric('errors', 'Errors', 'Sum', true)],
    throttles: [metric('throttles', 'Throttles', 'Sum', true)],
    'duration-p99': [metric('duration', 'Duration', 'p99', true)],
  }[measure];
  return new cloudwatch.CfnAlarm(scope, `Alarm${pascal(preset)}`, {
    alarmDescription: `Sends traffic back to the previous version: ${preset}`,
    metrics,
    comparisonOperator: 'GreaterThanThreshold',
    threshold,
    evaluationPeriods: periods,
    treatMissingData: 'notBreaching',
  }).ref;
}
