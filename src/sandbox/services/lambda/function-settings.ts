import type { CreateFunctionRequest, UpdateFunctionConfigurationRequest } from '@aws-sdk/client-lambda';
import type { Call } from '../../kernel/scope.ts';
import { networkOf } from './network.ts';
import { invalidParameter, requireValid } from './refusals.ts';
import { requireAssumable, roleMay } from './role.ts';
import { requireRuntime } from './runtimes.ts';
import { layerVersions, type Settings } from './state.ts';

type Given = Partial<CreateFunctionRequest> | UpdateFunctionConfigurationRequest;

const ROLE = 'arn:(aws[a-zA-Z-]*)?:iam::\\d{12}:role/?[a-zA-Z_0-9+=,.@\\-_/]+';
const MOST_ENVIRONMENT = 4_096;
const MOST_LAYERS = 5;

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
const RESERVED = new Set([
  '_HANDLER',
  '_X_AMZN_TRACE_ID',
  'AWS_ACCESS_KEY',
  'AWS_ACCESS_KEY_ID',
  'AWS_DEFAULT_REGION',
  'AWS_EXECUTION_ENV',
  'AWS_LAMBDA_FUNCTION_MEMORY_SIZE',
  'AWS_LAMBDA_FUNCTION_NAME',
  'AWS_LAMBDA_FUNCTION_VERSION',
  'AWS_LAMBDA_INITIALIZATION_TYPE',
  'AWS_LAMBDA_LOG_GROUP_NAME',
  'AWS_LAMBDA_LOG_STREAM_NAME',
  'AWS_LAMBDA_RUNTIME_API',
  'AWS_REGION',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'LAMBDA_RUNTIME_DIR',
  'LAMBDA_TASK_ROOT',
]);

/** Refuses malformed settings before anything is looked up. */
export function requireSettings(given: Given): void {
  requireValid(
    ['role', given.Role, { pattern: ROLE }],
    ['timeout', given.Timeout, { range: [1, 900] }],
    ['memorySize', given.MemorySize, { range: [128, 10_240] }],
    ['ephemeralStorage.size', given.EphemeralStorage?.Size, { range: [512, 10_240] }],
    ['description', given.Description, { length: [0, 256] }],
    ['handler', given.Handler, { length: [1, 128], pattern: '[^\\s]+' }],
    ['tracingConfig.mode', given.TracingConfig?.Mode, { values: ['Active', 'PassThrough'] }],
  );
  if (given.Runtime !== undefined) requireRuntime(given.Runtime);
  requireEnvironment(given.Environment?.Variables ?? {});
}

function requireEnvironment(variables: Record<string, string>): void {
  const wrong = Object.keys(variables).find((key) => !/^[a-zA-Z]\w+$/.test(key) && !RESERVED.has(key));
  requireValid(['environment.variables', wrong, { pattern: '[a-zA-Z]([a-zA-Z0-9_])+' }]);
  const taken = Object.keys(variables).filter((key) => RESERVED.has(key));
  if (taken.length > 0)
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided contains reserved keys that are currently not supported for modification. Reserved keys used in this request: ${taken.join(', ')}`,
    );
  const text = JSON.stringify(variables);
  if (Buffer.byteLength(text) > MOST_ENVIRONMENT)
    throw invalidParameter(
      `Lambda was unable to configure your environment variables because the environment variables you have provided exceeded the 4KB limit. String measured: ${text}`,
    );
}

/** What is new or changes, with everything looked up that it names. `role`: the one that counts from now on. */
export function settingsOf(name: string, given: Given, role: string, call: Call): Partial<Settings> {
  if (given.Role !== undefined) requireAssumable(given.Role, call);
  const network = networkOf(given.VpcConfig, role, call);
  if (given.DeadLetterConfig?.TargetArn) requireDeadLetters(given.DeadLetterConfig.TargetArn, role, call);
  if (given.Layers !== undefined) requireLayers(given.Layers, call);
  const { LoggingConfig } = given;
  return {
    ...pick(given, PLAIN),
    ...(given.Environment !== undefined && { Environment: given.Environment.Variables ?? {} }),
    ...(given.TracingConfig !== undefined && { TracingConfig: { Mode: given.TracingConfig.Mode ?? 'PassThrough' } }),
    ...(given.SnapStart !== undefined && {
      SnapStart: { ApplyOn: given.SnapStart.ApplyOn ?? 'None', OptimizationStatus: 'Off' as const },
    }),
    ...(LoggingConfig !== undefined && {
      LoggingConfig: {
        LogFormat: LoggingConfig.LogFormat ?? 'Text',
        ...(LoggingConfig.LogFormat === 'JSON' && {
          ApplicationLogLevel: LoggingConfig.ApplicationLogLevel ?? 'INFO',
          SystemLogLevel: LoggingConfig.SystemLogLevel ?? 'INFO',
        }),
        LogGroup: LoggingConfig.LogGroup ?? `/aws/lambda/${name}`,
      },
    }),
    ...(network !== undefined && { VpcConfig: network }),
  };
}

const PLAIN = [
  'DeadLetterConfig',
  'Description',
  'EphemeralStorage',
  'FileSystemConfigs',
  'Handler',
  'KMSKeyArn',
  'Layers',
  'MemorySize',
  'Role',
  'Runtime',
  'Timeout',
] as const;

const pick = (given: Given, names: readonly (typeof PLAIN)[number][]): Partial<Settings> =>
  Object.fromEntries(names.filter((name) => given[name] !== undefined).map((name) => [name, given[name]]));

export const DEFAULTS = (name: string): Partial<Settings> => ({
  Architectures: ['x86_64'],
  Description: '',
  EphemeralStorage: { Size: 512 },
  LoggingConfig: { LogFormat: 'Text', LogGroup: `/aws/lambda/${name}` },
  MemorySize: 128,
  PackageType: 'Zip',
  SnapStart: { ApplyOn: 'None', OptimizationStatus: 'Off' },
  Timeout: 3,
  TracingConfig: { Mode: 'PassThrough' },
});

function requireDeadLetters(arn: string, role: string, call: Call): void {
  const service = arn.split(':')[2];
  const [action, called, shown] =
    service === 'sqs' ? ['sqs:SendMessage', 'SendMessage', 'SQS'] : ['sns:Publish', 'Publish', 'SNS'];
  if (!roleMay(role, action!, arn, call))
    throw invalidParameter(`The provided execution role does not have permissions to call ${called} on ${shown}`);
}

function requireLayers(arns: readonly string[], call: Call): void {
  if (arns.length > MOST_LAYERS) throw invalidParameter('Cannot reference more than 5 layers.');
  for (const arn of arns) {
    const [, , , region, account, , layer, version] = arn.split(':');
    // Layers of others cannot be looked at from here: AWS lets a function have those that are shared.
    if (region !== call.region || account !== call.account) continue;
    const row = layerVersions.in(call).get(`${layer}:${version}`);
    if (!row || row.deleted) throw invalidParameter(`Layer version ${arn} does not exist.`);
  }
}
