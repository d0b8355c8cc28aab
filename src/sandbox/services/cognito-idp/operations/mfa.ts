import type {
  GetUserPoolMfaConfigCommandOutput,
  GetUserPoolMfaConfigRequest,
  SetUserPoolMfaConfigRequest,
} from '@aws-sdk/client-cognito-identity-provider';
import type { Call } from '../../../kernel/scope.ts';
import type { Answer } from '../../answer.ts';
import { check, foundPool, invalid } from '../refusals.ts';
import { userPools } from '../state.ts';

export function getUserPoolMfaConfig(
  { UserPoolId }: GetUserPoolMfaConfigRequest,
  call: Call,
): Answer<GetUserPoolMfaConfigCommandOutput> {
  const { mfa, settings } = foundPool(UserPoolId, call);
  return {
    ...(settings.SmsConfiguration && {
      SmsMfaConfiguration: { SmsConfiguration: structuredClone(settings.SmsConfiguration) },
    }),
    ...(mfa.softwareToken && { SoftwareTokenMfaConfiguration: { Enabled: true } }),
    MfaConfiguration: mfa.required,
  };
}

/** Second factors of applications and of text messages; others are refused. */
export function setUserPoolMfaConfig(
  input: SetUserPoolMfaConfigRequest,
  call: Call,
): Answer<GetUserPoolMfaConfigCommandOutput> {
  const { id } = foundPool(input.UserPoolId, call);
  const { MfaConfiguration = 'OFF', SoftwareTokenMfaConfiguration, SmsMfaConfiguration } = input;
  check(['mfaConfiguration', MfaConfiguration, { values: ['OPTIONAL', 'OFF', 'ON'] }]);
  for (const member of ['EmailMfaConfiguration', 'WebAuthnConfiguration'] as const)
    if (input[member]) throw invalid(`The sandbox does not simulate ${member} of user pools`);
  const softwareToken = SoftwareTokenMfaConfiguration?.Enabled ?? false;
  const sms = SmsMfaConfiguration?.SmsConfiguration;
  if (MfaConfiguration !== 'OFF' && !softwareToken && !sms)
    throw invalid('A user pool whose MFA is required or optional needs a second factor that is turned on');
  userPools.in(call).update(id, (draft) => {
    draft.mfa = { required: MfaConfiguration, softwareToken };
    if (sms) draft.settings = { ...draft.settings, SmsConfiguration: sms };
    draft.modified = call.world.clock.stamp();
  });
  return getUserPoolMfaConfig(input, call);
}
