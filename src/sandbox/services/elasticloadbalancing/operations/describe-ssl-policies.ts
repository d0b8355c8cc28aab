import type { DescribeSSLPoliciesInput, DescribeSSLPoliciesOutput } from '@aws-sdk/client-elastic-load-balancing-v2';
import type { Operation } from '../../../kernel/scope.ts';
import { checkSslPolicy } from '../listener-settings.ts';
import { onePage } from '../paging.ts';
import { SSL_POLICIES } from '../ssl-policies.ts';

/** Names only: the sandbox speaks no TLS, so ciphers would be a copy of a page. */
export const describeSSLPolicies: Operation<DescribeSSLPoliciesInput, DescribeSSLPoliciesOutput> = (input) => {
  for (const name of input.Names ?? []) checkSslPolicy(name);
  const { items, next } = onePage(
    SSL_POLICIES.filter((name) => !input.Names?.length || input.Names.includes(name)),
    input,
  );
  return { SslPolicies: items.map((Name) => ({ Name })), NextMarker: next };
};
