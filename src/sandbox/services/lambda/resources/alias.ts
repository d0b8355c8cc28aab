import type { Properties, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { createAlias, deleteAlias, updateAlias } from '../operations/aliases.ts';
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

/** `<function>:<alias>` of an ARN. */
const placeOf = (arn: string): [name: string, alias: string] => arn.split(':').slice(6) as [string, string];

export const alias: ResourceProvider = {
  create(properties, { call }) {
    const { FunctionName, Name } = properties;
    const { AliasArn } = createAlias({ FunctionName, Name, ...settings(properties) }, call);
    return { status: 'done', physicalId: AliasArn! };
  },
  update({ after, physicalId }, { call }) {
    const [FunctionName, Name] = placeOf(physicalId);
    updateAlias({ FunctionName, Name, ...settings(after) }, call);
    return { status: 'done', physicalId };
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
