import type { RevokeSecurityGroupEgressRequest, RevokeSecurityGroupEgressResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { revoke } from '../change-rules.ts';

export const revokeSecurityGroupEgress: Operation<RevokeSecurityGroupEgressRequest, RevokeSecurityGroupEgressResult> = (
  input,
  call,
) => {
  const revoked = revoke(call, input, true);
  return {
    Return: true,
    RevokedSecurityGroupRules: revoked.map(({ ReferencedGroupInfo, ...rule }) => ({
      ...rule,
      ...(ReferencedGroupInfo ? { ReferencedGroupId: ReferencedGroupInfo.GroupId } : {}),
    })),
  };
};
