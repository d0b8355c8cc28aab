import type { GetCallerIdentityCommandInput, GetCallerIdentityResponse } from '@aws-sdk/client-sts';
import { callerOf } from '../../../kernel/access-keys.ts';
import type { Operation } from '../../../kernel/scope.ts';

export const getCallerIdentity: Operation<GetCallerIdentityCommandInput, GetCallerIdentityResponse> = (
  _input,
  { world, accessKeyId },
) => {
  const { account, principal, userId } = callerOf(world, accessKeyId);
  return { UserId: userId, Account: account, Arn: principal };
};
