import type { Properties, ResourceProvider } from '../../../kernel/resource-provider.ts';
import { referenceOf } from '../names.ts';
import { deleteFunctionEventInvokeConfig, putFunctionEventInvokeConfig } from '../operations/event-invoke-configs.ts';
import { eventInvokes } from '../state.ts';

const input = ({ FunctionName, Qualifier, ...rest }: Properties) => ({
  FunctionName,
  Qualifier,
  MaximumRetryAttempts: rest.MaximumRetryAttempts === undefined ? undefined : Number(rest.MaximumRetryAttempts),
  MaximumEventAgeInSeconds:
    rest.MaximumEventAgeInSeconds === undefined ? undefined : Number(rest.MaximumEventAgeInSeconds),
  DestinationConfig: rest.DestinationConfig,
});

export const eventInvokeConfig: ResourceProvider = {
  create(properties, context) {
    const place = `${properties.FunctionName}|${properties.Qualifier}`;
    putFunctionEventInvokeConfig(input(properties), context.call);
    return { status: 'done', physicalId: place };
  },
  update({ after, physicalId }, { call }) {
    putFunctionEventInvokeConfig(input(after), call);
    return { status: 'done', physicalId };
  },
  delete({ FunctionName, Qualifier }, physicalId, { call }) {
    const { name } = referenceOf({ FunctionName }, call);
    if (eventInvokes.in(call).has(`${name}:${Qualifier}`))
      deleteFunctionEventInvokeConfig({ FunctionName, Qualifier }, call);
    return { status: 'done', physicalId };
  },
  read(_physicalId, properties, { call }) {
    const { name } = referenceOf({ FunctionName: properties.FunctionName }, call);
    const row = eventInvokes.in(call).get(`${name}:${properties.Qualifier}`);
    return (
      row && {
        FunctionName: properties.FunctionName,
        Qualifier: properties.Qualifier,
        ...(row.attempts !== undefined && { MaximumRetryAttempts: row.attempts }),
        ...(row.maxAgeS !== undefined && { MaximumEventAgeInSeconds: row.maxAgeS }),
        ...(properties.DestinationConfig && { DestinationConfig: structuredClone(row.destinations) }),
      }
    );
  },
};
