import type { TextRule } from './text-rule.ts';

/** https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html */
export const CREDENTIAL_TEXTS: readonly TextRule[] = [
  {
    id: 'F-30',
    when: /security token included in the request is expired|ExpiredToken(?:Exception)?|The provided token has expired|Token is expired\. To refresh this SSO session|SSO session (?:associated with this profile )?has expired|refresh (?:of )?(?:the )?SSO (?:session|token) failed|Token has expired and refresh failed|TokenRefreshRequired/i,
  },
  {
    id: 'F-31',
    when: /Could not load credentials from any providers|but no credentials have been configured|Unable to locate credentials|Unable to resolve AWS account to use|no EC2 IMDS role found|failed to refresh cached credentials/i,
    unless: /check your action inputs|OIDC/,
  },
  { id: 'F-30', when: /HandlerErrorCode: InvalidCredentials/i, in: ['failed-resource'] },
  {
    id: 'F-32',
    when: /Need to perform AWS calls for account (?<wanted>\S+), but the current credentials are for (?<given>[^\s.]+)/,
  },
  {
    id: 'F-33',
    when: /Region is missing|Missing region in config|You must specify a region|InvalidClientTokenId|UnrecognizedClientException|region .* is not enabled|OptInRequired/i,
  },
  {
    id: 'F-34',
    when: /RequestTimeTooSkewed|Signature expired: |Signature not yet current|difference between the request time and the current time|RequestExpired/,
  },
];
