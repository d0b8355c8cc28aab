import type { Progress, Properties, ResourceContext, ResourceProvider } from '../../../kernel/resource-provider.ts';
import type { Call } from '../../../kernel/scope.ts';
import { takeCode } from '../code.ts';
import { DEFAULTS, requireSettings, settingsOf } from '../function-settings.ts';
import { LOOK_MS } from '../lifecycle.ts';
import { requireSettled } from '../names.ts';
import { deleteFunctionConcurrency, putFunctionConcurrency } from '../operations/concurrency.ts';
import { createFunction, deleteFunction } from '../operations/functions.ts';
import { changeLatest } from '../operations/update-function.ts';
import { functionArn, functions, LATEST, latestOf, type Settings, versions } from '../state.ts';
import { inlineCode } from './inline-code.ts';
import { tagList, tagsOf } from './resource-tags.ts';

const numbers = (properties: Properties) => ({
  ...(properties.MemorySize !== undefined && { MemorySize: Number(properties.MemorySize) }),
  ...(properties.Timeout !== undefined && { Timeout: Number(properties.Timeout) }),
  ...(properties.EphemeralStorage !== undefined && {
    EphemeralStorage: { Size: Number(properties.EphemeralStorage.Size) },
  }),
});

/** Properties are members of the API's input, most of them. */
function settingsFrom(properties: Properties) {
  const { Code: _code, Tags: _tags, ReservedConcurrentExecutions: _reserved, KmsKeyArn, ...rest } = properties;
  return { ...rest, ...numbers(properties), ...(KmsKeyArn !== undefined && { KMSKeyArn: KmsKeyArn }) };
}

const codeOf = (properties: Properties) =>
  properties.Code?.ZipFile === undefined
    ? properties.Code
    : { ZipFile: inlineCode(properties.Code.ZipFile, properties.Runtime ?? '') };

export const lambdaFunction: ResourceProvider = {
  async create(properties, { call, generateName, tags }) {
    const FunctionName = properties.FunctionName ?? generateName({ maxLength: 64 });
    await createFunction(
      { FunctionName, ...settingsFrom(properties), Code: codeOf(properties), Tags: tagsOf(properties, tags) } as never,
      call,
    );
    if (properties.ReservedConcurrentExecutions !== undefined)
      reserve(FunctionName, properties.ReservedConcurrentExecutions, call);
    return { status: 'pending', physicalId: FunctionName, afterMs: LOOK_MS };
  },

  async update({ before, after, physicalId }, { call, tags }) {
    const latest = latestOf(call, physicalId);
    requireSettled(latest, functionArn(call, physicalId));
    const given = withDefaults(settingsFrom(before), settingsFrom(after), physicalId);
    requireSettings(given);
    const settings = settingsOf(physicalId, given, after.Role, call);
    if (after.Architectures !== undefined) settings.Architectures = after.Architectures;
    const code = same(before.Code, after.Code) ? undefined : await takeCode(codeOf(after), call);
    if (after.ReservedConcurrentExecutions !== undefined) reserve(physicalId, after.ReservedConcurrentExecutions, call);
    else if (before.ReservedConcurrentExecutions !== undefined)
      deleteFunctionConcurrency({ FunctionName: physicalId }, call);
    functions.in(call).update(physicalId, (draft) => {
      draft.tags = tagsOf(after, tags);
    });
    changeLatest(physicalId, { settings, ...(code && { code }) }, call);
    return { status: 'pending', physicalId, afterMs: LOOK_MS };
  },

  check(step, physicalId, _properties, { call }): Progress {
    const row = versions.in(call).get(`${physicalId}:${LATEST}`);
    if (step === 'delete' || !row) return { status: 'done', physicalId };
    if (row.state === 'Pending' || row.update?.status === 'InProgress')
      return { status: 'pending', physicalId, afterMs: LOOK_MS };
    if (row.state === 'Failed' || row.update?.status === 'Failed')
      return {
        status: 'failed',
        physicalId,
        code: 'NotStabilized',
        reason: `Resource handler returned message: "Lambda function ${physicalId} reached terminal FAILED state due to ${row.stateReasonCode ?? row.update?.code}(${row.stateReason ?? row.update?.reason}) and failed to stabilize" (HandlerErrorCode: NotStabilized)`,
      };
    return { status: 'done', physicalId };
  },

  delete(_properties, physicalId, { call }) {
    if (functions.in(call).has(physicalId)) deleteFunction({ FunctionName: physicalId }, call);
    return { status: 'done', physicalId };
  },

  read(physicalId, _properties, { call }) {
    const row = functions.in(call).get(physicalId);
    return row && liveProperties(physicalId, call);
  },
};

const reserve = (FunctionName: string, wanted: unknown, call: Call): void => {
  putFunctionConcurrency({ FunctionName, ReservedConcurrentExecutions: Number(wanted) }, call);
};

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What is taken out of a template goes back to its default. */
function withDefaults(before: Properties, after: Properties, name: string): Properties {
  const defaults: Properties = {
    ...DEFAULTS(name),
    Environment: { Variables: {} },
    Layers: [],
    DeadLetterConfig: { TargetArn: '' },
    VpcConfig: { SubnetIds: [], SecurityGroupIds: [] },
  };
  const gone = Object.keys(before).filter((property) => after[property] === undefined && property in defaults);
  return { ...after, ...Object.fromEntries(gone.map((property) => [property, defaults[property]])) };
}

function liveProperties(name: string, call: ResourceContext['call']): Properties {
  const { tags, reserved } = functions.in(call).get(name)!;
  const { settings, code } = latestOf(call, name);
  const { Environment, VpcConfig, KMSKeyArn, ...rest } = structuredClone(settings) as Settings;
  return {
    ...rest,
    Arn: functionArn(call, name),
    FunctionName: name,
    CodeSha256: code.sha256,
    ...(KMSKeyArn !== undefined && { KmsKeyArn: KMSKeyArn }),
    ...(Environment !== undefined && { Environment: { Variables: Environment } }),
    ...(VpcConfig !== undefined && {
      VpcConfig: {
        SubnetIds: VpcConfig.SubnetIds,
        SecurityGroupIds: VpcConfig.SecurityGroupIds,
        Ipv6AllowedForDualStack: VpcConfig.Ipv6AllowedForDualStack,
      },
    }),
    ...(reserved !== undefined && { ReservedConcurrentExecutions: reserved }),
    SnapStart: { ApplyOn: settings.SnapStart?.ApplyOn ?? 'None' },
    'SnapStartResponse.ApplyOn': settings.SnapStart?.ApplyOn ?? 'None',
    'SnapStartResponse.OptimizationStatus': 'Off',
    Tags: tagList(tags),
  };
}
