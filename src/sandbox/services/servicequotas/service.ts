import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import { getAwsDefaultServiceQuota, getServiceQuota } from './operations/get-service-quota.ts';

export const serviceQuotas: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-service-quotas'),
  client: 'ServiceQuotasClient',
  operations: {
    GetAWSDefaultServiceQuota: getAwsDefaultServiceQuota,
    GetServiceQuota: getServiceQuota,
  },
};
