import { randomBytes } from 'node:crypto';
import type {
  ListRequestedServiceQuotaChangeHistoryCommandInput,
  RequestedServiceQuotaChange,
  RequestServiceQuotaIncreaseCommandInput,
} from '@aws-sdk/client-service-quotas';
import { AwsFault } from '../../../kernel/fault.ts';
import type { Call } from '../../../kernel/scope.ts';
import { quotaArn } from '../quotas.ts';
import { quotaOf, type RequestRow, requests } from '../state.ts';
import { found } from './get-service-quota.ts';

function answer(row: RequestRow, call: Call): RequestedServiceQuotaChange {
  const quota = found({ ServiceCode: row.service, QuotaCode: row.code });
  return {
    Id: row.id,
    ServiceCode: quota.service,
    ServiceName: quota.serviceName,
    QuotaCode: quota.code,
    QuotaName: quota.name,
    DesiredValue: row.desired,
    Status: 'PENDING',
    Created: new Date(row.created),
    LastUpdated: new Date(row.created),
    Requester: `{"accountId":"${call.account}","callerArn":"${row.requester}"}`,
    QuotaArn: quotaArn(quota, call.account, call.region),
    GlobalQuota: false,
    Unit: 'None',
    QuotaRequestedAtLevel: 'ACCOUNT',
  };
}

/** Nobody at AWS reads it: what is asked for here stays asked for. */
export function requestServiceQuotaIncrease(input: RequestServiceQuotaIncreaseCommandInput, call: Call) {
  const { service, code } = found(input);
  const desired = input.DesiredValue ?? 0;
  if (desired <= quotaOf(call, service, code))
    throw new AwsFault(
      'IllegalArgumentException',
      'You must provide a quota value greater than the current quota value.',
    );
  if (
    requests
      .in(call)
      .values()
      .some((row) => row.service === service && row.code === code)
  )
    throw new AwsFault(
      'ResourceAlreadyExistsException',
      'Only one open service quota increase request is allowed per quota.',
    );
  const id = `${randomBytes(16).toString('hex')}${randomBytes(4).toString('base64url').slice(0, 8)}`;
  const row: RequestRow = { id, service, code, desired, requester: call.principal, created: call.world.clock.stamp() };
  requests.in(call).put(id, row);
  return { RequestedQuota: answer(row, call) };
}

export const listRequestedServiceQuotaChangeHistory = (
  { ServiceCode, Status }: ListRequestedServiceQuotaChangeHistoryCommandInput,
  call: Call,
) => ({
  RequestedQuotas: requests
    .in(call)
    .values()
    .filter(({ service }) => service === (ServiceCode ?? service) && (Status ?? 'PENDING') === 'PENDING')
    .map((row) => answer(row, call)),
});
