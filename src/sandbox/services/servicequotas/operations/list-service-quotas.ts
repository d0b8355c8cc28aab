import type {
  ListAWSDefaultServiceQuotasCommandInput,
  ListServiceQuotasCommandInput,
  ListServicesCommandInput,
} from '@aws-sdk/client-service-quotas';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { page } from '../../page.ts';
import { QUOTAS, type Quota } from '../quotas.ts';
import { quotaOf } from '../state.ts';
import { shown } from './get-service-quota.ts';

interface Paged {
  NextToken?: string | undefined;
  MaxResults?: number | undefined;
}

function paged<T>(rows: readonly T[], { NextToken, MaxResults = 100 }: Paged) {
  const { items, next } = page(rows, {
    size: MaxResults,
    token: NextToken,
    refuse: () => {
      throw new AwsFault('InvalidPaginationTokenException', 'Invalid token was provided.');
    },
  });
  return { items, end: next === undefined ? {} : { NextToken: next } };
}

function quotasOf(service: string | undefined): readonly Quota[] {
  const known = QUOTAS.filter((quota) => quota.service === service);
  if (known.length === 0)
    throw new AwsFault('NoSuchResourceException', 'The request failed because the specified service does not exist.');
  return known;
}

/** Of a service those that the sandbox knows, which are fewer than AWS has. */
export function listServiceQuotas(input: ListServiceQuotasCommandInput, call: Call) {
  const { items, end } = paged(quotasOf(input.ServiceCode), input);
  return { Quotas: items.map((quota) => shown(quota, quotaOf(call, quota.service, quota.code), call)), ...end };
}

export function listAwsDefaultServiceQuotas(input: ListAWSDefaultServiceQuotasCommandInput, call: Call) {
  const { items, end } = paged(quotasOf(input.ServiceCode), input);
  return { Quotas: items.map((quota) => shown(quota, quota.initial, call)), ...end };
}

export function listServices(input: ListServicesCommandInput) {
  const services = new Map(QUOTAS.map(({ service, serviceName }) => [service, serviceName]));
  const { items, end } = paged([...services], input);
  return { Services: items.map(([ServiceCode, ServiceName]) => ({ ServiceCode, ServiceName })), ...end };
}
