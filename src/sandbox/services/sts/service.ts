import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import { assumeRole } from './operations/assume-role.ts';
import { getCallerIdentity } from './operations/get-caller-identity.ts';
import { getAccessKeyInfo, getFederationToken, getSessionToken } from './operations/session-tokens.ts';

export const sts: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-sts'),
  client: 'STSClient',
  operations: {
    AssumeRole: assumeRole,
    GetAccessKeyInfo: getAccessKeyInfo,
    GetCallerIdentity: getCallerIdentity,
    GetFederationToken: getFederationToken,
    GetSessionToken: getSessionToken,
  },
};
