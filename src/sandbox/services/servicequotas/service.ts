import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import { getAwsDefaultServiceQuota, getServiceQuota } from './operations/get-service-quota.ts';
import { listAwsDefaultServiceQuotas, listServiceQuotas, listServices } from './operations/list-service-quotas.ts';
import { listRequestedServiceQuotaChangeHistory, requestServiceQuotaIncrease } from './operations/request-increase.ts';

export const serviceQuotas: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-service-quotas'),
  client: 'ServiceQuotasClient',
  operations: {
    GetAWSDefaultServiceQuota: getAwsDefaultServiceQuota,
    GetServiceQuota: getServiceQuota,
    ListAWSDefaultServiceQuotas: listAwsDefaultServiceQuotas,
    ListRequestedServiceQuotaChangeHistory: listRequestedServiceQuotaChangeHistory,
    ListServiceQuotas: listServiceQuotas,
    ListServices: listServices,
    RequestServiceQuotaIncrease: requestServiceQuotaIncrease,
  },
};
