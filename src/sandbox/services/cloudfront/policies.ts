import type { Scope } from '../../kernel/scope.ts';
import {
  MANAGED_CACHE_POLICIES,
  MANAGED_ORIGIN_REQUEST_POLICIES,
  MANAGED_RESPONSE_HEADERS_POLICIES,
} from './managed-policies.ts';
import { cachePolicies, originRequestPolicies, responseHeadersPolicies } from './state.ts';

/** Whether a behaviour may name a policy: AWS's own, or one of the account. */
export const known = {
  cache: (id: string, scope: Scope) => id in MANAGED_CACHE_POLICIES || cachePolicies.in(scope).has(id),
  originRequest: (id: string, scope: Scope) =>
    id in MANAGED_ORIGIN_REQUEST_POLICIES || originRequestPolicies.in(scope).has(id),
  responseHeaders: (id: string, scope: Scope) =>
    id in MANAGED_RESPONSE_HEADERS_POLICIES || responseHeadersPolicies.in(scope).has(id),
};
