import type {
  GetParameterCommandInput,
  GetParameterHistoryCommandInput,
  GetParameterHistoryResult,
  GetParameterResult,
  GetParametersByPathCommandInput,
  GetParametersByPathResult,
  GetParametersCommandInput,
  GetParametersResult,
} from '@aws-sdk/client-ssm';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Operation } from '../../../kernel/scope.ts';
import { violation } from '../../constraints.ts';
import { page } from '../../page.ts';
import { invalidToken, parameterNotFound, validation } from '../faults.ts';
import { findParameter, parameterAnswer } from '../find-parameter.ts';
import { selectParameters } from '../select-parameters.ts';
import { parameters } from '../state.ts';

export const getParameter: Operation<GetParameterCommandInput, GetParameterResult> = (input, call) => ({
  Parameter: parameterAnswer(findParameter(input.Name ?? '', call), input.WithDecryption, call),
});

export const getParameters: Operation<GetParametersCommandInput, GetParametersResult> = (input, call) => {
  const complaint = violation([['names', input.Names, { required: true, length: [1, 10] }]]);
  if (complaint !== undefined) throw validation(complaint);
  const Parameters: GetParametersResult['Parameters'] = [];
  const InvalidParameters: string[] = [];
  for (const name of [...new Set(input.Names)]) {
    try {
      Parameters.push(parameterAnswer(findParameter(name, call), input.WithDecryption, call));
    } catch (error) {
      if (!(error instanceof AwsFault) || !error.code.includes('NotFound')) throw error;
      InvalidParameters.push(name);
    }
  }
  return { Parameters, InvalidParameters };
};

export const getParametersByPath: Operation<GetParametersByPathCommandInput, GetParametersByPathResult> = (
  input,
  call,
) => {
  const { Path = '', MaxResults = 10 } = input;
  if (!Path.startsWith('/'))
    throw validation(
      'The parameter doesn\'t meet the parameter name requirements. The parameter name must begin with a forward slash "/". It can\'t be prefixed with "aws" or "ssm" (case-insensitive). It must use only letters, numbers, or the following symbols: . (period), - (hyphen), _ (underscore). Special characters are not allowed. All sub-paths, if specified, must use the forward slash symbol "/". Valid example: /get/parameters2-/by1./path0_.',
    );
  const complaint = violation([['maxResults', MaxResults, { range: [1, 10] }]]);
  if (complaint !== undefined) throw validation(complaint);
  const below = Path.endsWith('/') ? Path : `${Path}/`;
  const found = selectParameters(call, input.ParameterFilters).filter(
    ({ name }) => name.startsWith(below) && (input.Recursive || !name.slice(below.length).includes('/')),
  );
  const { items, next } = page(found, { size: MaxResults, token: input.NextToken, refuse: invalidToken });
  return {
    Parameters: items.map((row) => parameterAnswer({ row, version: row.versions.at(-1)! }, input.WithDecryption, call)),
    ...(next === undefined ? {} : { NextToken: next }),
  };
};

export const getParameterHistory: Operation<GetParameterHistoryCommandInput, GetParameterHistoryResult> = (
  input,
  call,
) => {
  const row = parameters.in(call).get(input.Name ?? '');
  if (!row) throw parameterNotFound();
  const { items, next } = page(row.versions, {
    size: input.MaxResults ?? 50,
    token: input.NextToken,
    refuse: invalidToken,
  });
  return {
    Parameters: items.map((version) => ({
      Name: row.name,
      Type: version.type,
      KeyId: version.keyId,
      LastModifiedDate: new Date(version.modifiedAt),
      LastModifiedUser: version.modifiedBy,
      Description: version.description,
      Value: parameterAnswer({ row, version }, input.WithDecryption, call).Value,
      AllowedPattern: version.allowedPattern,
      Version: version.version,
      Labels: version.labels,
      Tier: version.tier,
      Policies: [],
      DataType: version.dataType,
    })),
    ...(next === undefined ? {} : { NextToken: next }),
  };
};
