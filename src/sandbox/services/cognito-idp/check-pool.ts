import type { CreateUserPoolRequest } from '@aws-sdk/client-cognito-identity-provider';
import { check, invalid } from './refusals.ts';

/** Refuses what Cognito refuses of the settings of a pool, made or changed. */
export function checkPool({
  Policies,
  AutoVerifiedAttributes = [],
  AliasAttributes = [],
  UsernameAttributes = [],
  MfaConfiguration = 'OFF',
  SmsConfiguration,
  UserAttributeUpdateSettings,
  DeletionProtection,
  AdminCreateUserConfig,
}: Omit<CreateUserPoolRequest, 'PoolName'>): void {
  const password = Policies?.PasswordPolicy;
  check(
    ['policies.passwordPolicy.minimumLength', password?.MinimumLength, { range: [6, 99] }],
    [
      'policies.passwordPolicy.temporaryPasswordValidityDays',
      password?.TemporaryPasswordValidityDays,
      { range: [0, 365] },
    ],
    [
      'adminCreateUserConfig.unusedAccountValidityDays',
      AdminCreateUserConfig?.UnusedAccountValidityDays,
      { range: [0, 365] },
    ],
    ['deletionProtection', DeletionProtection, { values: ['ACTIVE', 'INACTIVE'] }],
    ['mfaConfiguration', MfaConfiguration, { values: ['OPTIONAL', 'OFF', 'ON'] }],
    ...AutoVerifiedAttributes.map(
      (each) => ['autoVerifiedAttributes', each, { values: ['phone_number', 'email'] }] as const,
    ),
    ...UsernameAttributes.map((each) => ['usernameAttributes', each, { values: ['phone_number', 'email'] }] as const),
    ...AliasAttributes.map(
      (each) => ['aliasAttributes', each, { values: ['phone_number', 'email', 'preferred_username'] }] as const,
    ),
  );
  if (AliasAttributes.length > 0 && UsernameAttributes.length > 0)
    throw invalid('Only one of the aliasAttributes or usernameAttributes can be set in a user pool.');
  const verified = UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [];
  // https://github.com/ekristen/aws-nuke/issues/477
  if (verified.some((each) => !AutoVerifiedAttributes.includes(each)))
    throw invalid('All attributes in AttributesRequireVerificationBeforeUpdate must exist in AutoVerifiedAttributes');
  // https://github.com/aws-amplify/amplify-backend/pull/1523
  if (AutoVerifiedAttributes.includes('phone_number') && !SmsConfiguration)
    throw invalid('SMS configuration is required when phone_number is selected for auto verification');
  // https://github.com/aws/aws-cdk/issues/12075: one-time passwords of applications are turned on by SetUserPoolMfaConfig alone, after the pool is there.
  if (MfaConfiguration !== 'OFF' && !SmsConfiguration)
    throw invalid(
      'SMS configuration and Auto verification for phone_number are required when MFA is required/optional',
    );
}
