import type { Properties, ResourceProvider } from '../../../kernel/resource-provider.ts';
import {
  createFunctionUrlConfig,
  deleteFunctionUrlConfig,
  updateFunctionUrlConfig,
  urlOf,
} from '../operations/function-urls.ts';
import { urls } from '../state.ts';

const cors = ({ Cors }: Properties) =>
  Cors && { ...Cors, ...(Cors.MaxAge !== undefined && { MaxAge: Number(Cors.MaxAge) }) };

/** Known by the ARN of the function or alias that it leads to. */
const placeOf = (arn: string) => {
  const [FunctionName, Qualifier] = arn.split(':').slice(6);
  return { FunctionName: FunctionName!, ...(Qualifier !== undefined && { Qualifier }) };
};

const keyOf = (arn: string): string => arn.split(':').slice(6).join(':');

export const functionUrl: ResourceProvider = {
  create(properties, { call }) {
    const { TargetFunctionArn, Qualifier, AuthType, InvokeMode } = properties;
    const made = createFunctionUrlConfig(
      { FunctionName: TargetFunctionArn, Qualifier, AuthType, InvokeMode, Cors: cors(properties) },
      call,
    );
    return { status: 'done', physicalId: made.FunctionArn };
  },
  update({ after, physicalId }, { call }) {
    updateFunctionUrlConfig(
      {
        ...placeOf(physicalId),
        AuthType: after.AuthType,
        InvokeMode: after.InvokeMode ?? 'BUFFERED',
        Cors: cors(after) ?? {},
      },
      call,
    );
    return { status: 'done', physicalId };
  },
  delete(_properties, physicalId, { call }) {
    if (urls.in(call).has(keyOf(physicalId))) deleteFunctionUrlConfig(placeOf(physicalId), call);
    return { status: 'done', physicalId };
  },
  read(physicalId, { TargetFunctionArn, Qualifier }, { call }) {
    const row = urls.in(call).get(keyOf(physicalId));
    return (
      row && {
        TargetFunctionArn,
        ...(Qualifier !== undefined && { Qualifier }),
        FunctionArn: physicalId,
        FunctionUrl: urlOf(row, call),
        AuthType: row.auth,
        InvokeMode: row.mode,
        ...(row.cors && { Cors: structuredClone(row.cors) }),
      }
    );
  },
};
