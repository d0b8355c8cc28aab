import type { GetServiceQuotaCommandInput, ServiceQuota } from '@aws-sdk/client-service-quotas';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { QUOTAS, type Quota, quotaArn } from '../quotas.ts';
import { quotaOf } from '../state.ts';

export function found({ ServiceCode, QuotaCode }: GetServiceQuotaCommandInput): Quota {
  const quota = QUOTAS.find(({ service, code }) => service === ServiceCode && code === QuotaCode);
  if (!quota)
    throw new AwsFault('NoSuchResourceException', 'The request failed because the specified service does not exist.');
  return quota;
}

export const shown = (quota: Quota, value: number, { account, region }: Call): ServiceQuota => ({
  ServiceCode: quota.service,
  ServiceName: quota.serviceName,
  QuotaArn: quotaArn(quota, account, region),
  QuotaCode: quota.code,
  QuotaName: quota.name,
  Value: value,
  Unit: 'None',
  Adjustable: true,
  GlobalQuota: false,
});

/** The value that counts: what was granted, else what every account begins with. */
export function getServiceQuota(input: GetServiceQuotaCommandInput, call: Call) {
  const quota = found(input);
  return { Quota: shown(quota, quotaOf(call, quota.service, quota.code), call) };
}

/** What every account begins with. */
export function getAwsDefaultServiceQuota(input: GetServiceQuotaCommandInput, call: Call) {
  const quota = found(input);
  return { Quota: shown(quota, quota.initial, call) };
}
