import type { DescribeParametersCommandInput, DescribeParametersResult } from '@aws-sdk/client-ssm';
import type { Operation } from '../../../kernel/scope.ts';
import { page } from '../../page.ts';
import { invalidToken } from '../faults.ts';
import { selectParameters } from '../select-parameters.ts';

export const describeParameters: Operation<DescribeParametersCommandInput, DescribeParametersResult> = (
  input,
  call,
) => {
  // The older `Filters` are the newer ones with `Equals`.
  const filters = [
    ...(input.ParameterFilters ?? []),
    ...(input.Filters ?? []).map(({ Key, Values }) => ({ Key, Option: 'Equals', Values })),
  ];
  const { items, next } = page(selectParameters(call, filters), {
    size: input.MaxResults ?? 50,
    token: input.NextToken,
    refuse: invalidToken,
  });
  return {
    Parameters: items.map((row) => {
      const latest = row.versions.at(-1)!;
      return {
        Name: row.name,
        ARN: row.arn,
        Type: latest.type,
        KeyId: latest.keyId,
        LastModifiedDate: new Date(latest.modifiedAt),
        LastModifiedUser: latest.modifiedBy,
        Description: latest.description,
        AllowedPattern: latest.allowedPattern,
        Version: latest.version,
        Tier: latest.tier,
        Policies: [],
        DataType: latest.dataType,
      };
    }),
    ...(next === undefined ? {} : { NextToken: next }),
  };
};
