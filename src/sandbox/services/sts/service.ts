import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import { getCallerIdentity } from './operations/get-caller-identity.ts';

export const sts: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-sts'),
  client: 'STSClient',
  operations: {
    GetCallerIdentity: getCallerIdentity,
  },
};
