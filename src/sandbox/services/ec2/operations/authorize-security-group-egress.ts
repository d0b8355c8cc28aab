import type { AuthorizeSecurityGroupEgressRequest, AuthorizeSecurityGroupEgressResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { authorize, shownRule } from '../change-rules.ts';

export const authorizeSecurityGroupEgress: Operation<
  AuthorizeSecurityGroupEgressRequest,
  AuthorizeSecurityGroupEgressResult
> = (input, call) => ({
  Return: true,
  SecurityGroupRules: authorize(call, input, true).map((rule) => shownRule(call, rule)),
});
