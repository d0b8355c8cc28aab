import { defineTable, type Scope } from '../../kernel/scope.ts';
import { QUOTAS } from './quotas.ts';

/** What AWS has granted beyond, or below, what an account begins with, by `<service>/<code>`. */
const granted = defineTable<{ value: number }>('servicequotas.granted');

/** The value that counts in this account and region. Throws for a quota that the sandbox does not know: a bug of ours. */
export function quotaOf(scope: Scope, service: string, code: string): number {
  const quota = QUOTAS.find((one) => one.service === service && one.code === code);
  if (!quota) throw new Error(`the sandbox has no quota ${service}/${code}`);
  return granted.in(scope).get(`${service}/${code}`)?.value ?? quota.initial;
}

/** From now on the account may have so many. */
export function grantQuota(
  scope: Scope,
  { service, code, value }: { service: string; code: string; value: number },
): void {
  granted.in(scope).put(`${service}/${code}`, { value });
}

/** Somebody asked for more. */
export interface RequestRow {
  id: string;
  service: string;
  code: string;
  desired: number;
  requester: string;
  created: number;
}
export const requests = defineTable<RequestRow>('servicequotas.requests');
