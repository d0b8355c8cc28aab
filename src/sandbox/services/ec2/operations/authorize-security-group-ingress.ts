import type { AuthorizeSecurityGroupIngressRequest, AuthorizeSecurityGroupIngressResult } from '@aws-sdk/client-ec2';
import type { Operation } from '../../../kernel/scope.ts';
import { authorize, shownRule } from '../change-rules.ts';

export const authorizeSecurityGroupIngress: Operation<
  AuthorizeSecurityGroupIngressRequest,
  AuthorizeSecurityGroupIngressResult
> = (input, call) => ({
  Return: true,
  SecurityGroupRules: authorize(call, input, false).map((rule) => shownRule(call, rule)),
});
