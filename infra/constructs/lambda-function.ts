import type { CfnAlias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { core, lambda, logs } from '../aws-cdk.ts';
import type { FunctionCode, FunctionSettings } from '../function-settings.ts';
import { secretOf } from '../grants.ts';
import { surroundings } from '../injection.ts';
import { leave } from '../leave.ts';
import type { Links } from '../links.ts';
import { outputs } from '../outputs.ts';
import type { Grant } from '../policy.ts';
import { textOf } from '../references.ts';
import { hasServices, urlSecretOf } from '../rotation-grants.ts';
import type { Text } from '../setting-values.ts';
import type { AppSettings } from '../settings.ts';
import { DeadLetters } from './dead-letters.ts';
import { FunctionNetwork, isInVpc } from './function-network.ts';
import { FunctionRole } from './function-role.ts';
import { FunctionRollout } from './function-rollout.ts';
import { FunctionTrigger } from './function-trigger.ts';
import { FunctionVersion } from './function-version.ts';
import { RotationSchedule } from './rotation-schedule.ts';

export interface LambdaFunctionProps {
  links: Links;
  settings: AppSettings;
  name: string;
  fn: FunctionSettings;
  code: FunctionCode;
  /** CodeDeploy's application and role, where traffic moves in steps. */
  traffic: () => { application: string; roleArn: string };
  /** Rights beside those that its settings stand for, by the name of their policy. */
  grants?: readonly [string, Grant[]][];
  /** Variables beside those of its settings, which win. */
  variables?: Readonly<Record<string, string>>;
}

/** Everybody invokes the alias: what it points to is what is proven, and going back is moving it. */
export const ALIAS = 'live';

/** A function with its rights, logs, version, alias, trigger, and the queue for what it could not handle. */
export class LambdaFunction extends Construct {
  readonly functionName: string;
  readonly arn: string;
  readonly version: string;
  readonly alias: CfnAlias;
  /** ARN of the alias. */
  readonly aliasArn: string;
  readonly logGroup: string;
  readonly deadLetters: DeadLetters | undefined;
  readonly trigger: FunctionTrigger | undefined;

  constructor(scope: Construct, id: string, props: LambdaFunctionProps) {
    super(scope, id);
    const { links, settings, name, fn, code, traffic } = props;
    const { logRetentionDays, logsOnDelete, tracing } = settings.observability;

    const group = new logs.CfnLogGroup(this, 'Log', { retentionInDays: logRetentionDays });
    leave(group, logsOnDelete);
    this.logGroup = group.ref;
    this.deadLetters = fn.deadLetters ? new DeadLetters(this, 'DeadLetters', fn.deadLetters) : undefined;
    const role = new FunctionRole(this, 'Role', {
      links,
      settings,
      fn,
      logGroupArn: group.attrArn,
      ...(this.deadLetters ? { deadLettersArn: this.deadLetters.arn } : {}),
      inVpc: isInVpc(fn),
      grants: props.grants ?? [],
    });
    const network = isInVpc(fn) ? new FunctionNetwork(this, 'Network', { links, settings, name, fn }) : undefined;

    const asset = core.Stack.of(this).synthesizer.addFileAsset({
      fileName: code.directory,
      packaging: core.FileAssetPackaging.ZIP_DIRECTORY,
      sourceHash: code.hash,
      displayName: `function ${name}`,
    });
    const made = new lambda.CfnFunction(this, 'Function', {
      code: { s3Bucket: asset.bucketName, s3Key: asset.objectKey },
      handler: fn.handler,
      runtime: fn.runtime,
      architectures: [fn.architecture],
      memorySize: fn.memoryMiB,
      timeout: fn.timeoutSeconds,
      role: role.arn,
      ...(fn.reservedConcurrency === undefined ? {} : { reservedConcurrentExecutions: fn.reservedConcurrency }),
      environment: { variables: variablesOf(props, this.deadLetters?.url) },
      loggingConfig: { logGroup: group.ref },
      ...(network ? { vpcConfig: network.config } : {}),
      ...(tracing ? { tracingConfig: { mode: 'Active' } } : {}),
    });
    this.functionName = made.ref;
    this.arn = made.attrArn;

    const version = new FunctionVersion(this, 'Versions', { links, name, fn: made });
    this.version = version.number;
    const alias = new lambda.CfnAlias(this, 'Alias', {
      functionName: made.ref,
      functionVersion: version.number,
      name: ALIAS,
    });
    this.alias = alias;
    this.aliasArn = alias.ref;
    if (fn.rollout.type !== 'all-at-once') {
      const rollout = { rollout: fn.rollout, functionName: made.ref, version: version.number, ...traffic() };
      new FunctionRollout(this, 'Rollout', rollout).carry(alias);
    }
    if (this.deadLetters) {
      new lambda.CfnEventInvokeConfig(this, 'Invocations', {
        functionName: made.ref,
        qualifier: ALIAS,
        maximumRetryAttempts: 2,
        destinationConfig: { onFailure: { destination: this.deadLetters.arn } },
      }).addDependency(alias);
    }
    this.trigger = fn.trigger
      ? new FunctionTrigger(this, 'Trigger', {
          links,
          trigger: fn.trigger,
          alias,
          ...(this.deadLetters ? { deadLettersArn: this.deadLetters.arn } : {}),
        })
      : undefined;
    if (fn.rotation?.does === 'rotate')
      new RotationSchedule(this, 'Rotation', {
        secretArn: links.from('data', outputs.data.databaseSecretArn(fn.rotation.database)),
        fn: made,
        afterDays: fn.rotation.afterDays,
      });
    this.deadLetters?.guard(this.trigger?.rule?.arn);
  }
}

/**
 * Variables of a function. Lambda hands no secrets over as ECS does: where a container is given a value, a function is
 * given the ARN to read it from.
 */
function variablesOf(
  { links, settings, fn, variables: beside }: LambdaFunctionProps,
  deadLettersUrl: string | undefined,
): Record<string, string> {
  const { environment, secrets } = surroundings({ ...fn, secrets: {} }, settings);
  const variables: Record<string, string> = { NODE_OPTIONS: '--enable-source-maps', ...beside };
  if (!fn.runtime.startsWith('nodejs')) delete variables.NODE_OPTIONS;
  // For what the function itself gives up on, and must not fail for.
  if (deadLettersUrl) variables.DEAD_LETTER_QUEUE_URL = deadLettersUrl;
  if (fn.rotation?.does === 'follow') {
    const url = urlSecretOf(links, settings, fn.rotation.database);
    if (url) variables.URL_SECRET_ARN = url;
    if (hasServices(settings)) variables.CLUSTER_NAME = links.from('runtime', outputs.runtime.clusterName);
  }
  for (const [key, text] of Object.entries<Text>(environment)) variables[key] = textOf(links, settings, text);
  for (const [key, from] of Object.entries(secrets)) {
    const variable = `${key}_SECRET_ARN`;
    if (from.from === 'database' && from.key === 'url') variables[variable] = secretOf(links, settings, from);
  }
  return Object.fromEntries(Object.entries(variables).sort(([a], [b]) => (a < b ? -1 : 1)));
}
