import type {
  DeleteParameterCommandInput,
  DeleteParametersCommandInput,
  DeleteParametersResult,
} from '@aws-sdk/client-ssm';
import type { Operation } from '../../../kernel/scope.ts';
import { parameterNotFound } from '../faults.ts';
import { parameters } from '../state.ts';

export const deleteParameter: Operation<DeleteParameterCommandInput, object> = (input, call) => {
  if (!parameters.in(call).delete(input.Name ?? '')) throw parameterNotFound();
  return {};
};

export const deleteParameters: Operation<DeleteParametersCommandInput, DeleteParametersResult> = (input, call) => {
  const table = parameters.in(call);
  const known = (input.Names ?? []).map((name) => ({ name, gone: table.delete(name) }));
  return {
    DeletedParameters: known.filter(({ gone }) => gone).map(({ name }) => name),
    InvalidParameters: known.filter(({ gone }) => !gone).map(({ name }) => name),
  };
};
