import type { Progress, Properties, ResourceProvider } from '../../../kernel/resource-provider.ts';
import type { Call } from '../../../kernel/scope.ts';
import { startShift, stopShift } from '../../codedeploy/shift.ts';
import { type DeploymentRow, deployments } from '../../codedeploy/state.ts';
import { createAlias, deleteAlias, updateAlias } from '../operations/aliases.ts';
import { invalidParameter } from '../refusals.ts';
import { aliases, functionArn, functions } from '../state.ts';

interface Weight {
  FunctionVersion: string;
  FunctionWeight: number | string;
}

const settings = ({ FunctionVersion, Description, RoutingConfig }: Properties) => ({
  FunctionVersion: String(FunctionVersion),
  Description: Description ?? '',
  RoutingConfig: {
    AdditionalVersionWeights: Object.fromEntries(
      ((RoutingConfig?.AdditionalVersionWeights ?? []) as Weight[]).map((each) => [
        each.FunctionVersion,
        Number(each.FunctionWeight),
      ]),
    ),
  },
});

const LOOK_MS = 10_000;
const SUPERSEDED = { code: 'MANUAL_STOP', message: 'The alias was changed by its stack' };

/** Traffic moves in the steps of a deployment group; functions that hook into it are not called here. */
function shiftByCodeDeploy(
  policy: Properties,
  shift: { function: string; alias: string; from: string; to: string },
  call: Call,
): void {
  if (policy.BeforeAllowTrafficHook || policy.AfterAllowTrafficHook)
    throw invalidParameter(
      'The sandbox does not call hooks of deployments: BeforeAllowTrafficHook, AfterAllowTrafficHook',
    );
  startShift({ application: policy.ApplicationName, group: policy.DeploymentGroupName, ...shift }, call);
}

const latestShift = (name: string, aliasName: string, call: Call): DeploymentRow | undefined =>
  deployments
    .in(call)
    .values()
    .filter((row) => row.function === name && row.alias === aliasName)
    .at(-1);

/** `<function>:<alias>` of an ARN. */
const placeOf = (arn: string): [name: string, alias: string] => arn.split(':').slice(6) as [string, string];

export const alias: ResourceProvider = {
  create(properties, { call }) {
    const { FunctionName, Name } = properties;
    const { AliasArn } = createAlias({ FunctionName, Name, ...settings(properties) }, call);
    return { status: 'done', physicalId: AliasArn! };
  },
  update({ before, after, physicalId }, { call, updatePolicy }) {
    const [FunctionName, Name] = placeOf(physicalId);
    const policy = updatePolicy?.CodeDeployLambdaAliasUpdate;
    const standing = aliases.in(call).get(`${FunctionName}:${Name}`)?.version;
    const [from, to] = [String(before.FunctionVersion), String(after.FunctionVersion)];
    if (policy && from !== to && standing !== to) {
      shiftByCodeDeploy(policy, { function: FunctionName, alias: Name, from, to }, call);
      return { status: 'pending', physicalId, afterMs: LOOK_MS };
    }
    // A rollback, or a change without the policy: whatever was moving traffic has nothing more to say.
    const moving = latestShift(FunctionName, Name, call);
    if (moving) stopShift(moving.id, SUPERSEDED, call, false);
    updateAlias({ FunctionName, Name, ...settings(after) }, call);
    return { status: 'done', physicalId };
  },
  check(_step, physicalId, _properties, { call }): Progress {
    const [name, aliasName] = placeOf(physicalId);
    const row = latestShift(name, aliasName, call);
    if (row?.status === 'InProgress') return { status: 'pending', physicalId, afterMs: LOOK_MS };
    if (row === undefined || row.status === 'Succeeded') return { status: 'done', physicalId };
    const rolledBack = row.rolledBack ? 'Rollback successful' : 'No rollback';
    return {
      status: 'failed',
      physicalId,
      reason: `${rolledBack}. CodeDeploy deployment ${row.id} has ended as ${row.status}: ${row.error?.message ?? ''}`,
    };
  },
  delete(_properties, physicalId, { call }) {
    const [FunctionName, Name] = placeOf(physicalId);
    if (functions.in(call).has(FunctionName)) deleteAlias({ FunctionName, Name }, call);
    return { status: 'done', physicalId };
  },
  read(physicalId, { FunctionName }, { call }) {
    const [name, aliasName] = placeOf(physicalId);
    const row = aliases.in(call).get(`${name}:${aliasName}`);
    if (!row) return undefined;
    const weights = Object.entries(row.weights);
    return {
      AliasArn: functionArn(call, name, aliasName),
      FunctionName,
      Name: row.name,
      FunctionVersion: row.version,
      Description: row.description,
      ...(weights.length > 0 && {
        RoutingConfig: {
          AdditionalVersionWeights: weights.map(([FunctionVersion, FunctionWeight]) => ({
            FunctionVersion,
            FunctionWeight,
          })),
        },
      }),
    };
  },
};
