import { PlatformError } from '../errors/platform-error.ts';
import { agents } from './client-settings.ts';
import type { Credentials } from './connection.ts';
import { profileNames } from './shared-config.ts';

export interface CredentialOptions {
  /** Absent: AWS_PROFILE, or the whole chain of the SDK. */
  readonly profile?: string;
  readonly region: string;
  /** PEM file of certificate authorities. */
  readonly authorities?: string;
  /** Asks for the code of a profile with mfa_serial. */
  readonly mfaCode: (serial: string) => Promise<string>;
  /** Told when two sources contradict each other and nobody chose. */
  readonly warn: (text: string) => void;
  readonly variables: Readonly<Record<string, string | undefined>>;
}

/**
 * Credentials as users of the AWS CLI expect them: keys in the environment, profiles with SSO, assumed roles and MFA,
 * processes, web identity, containers, instances. Nothing is loaded before the first signature.
 */
export function nodeCredentials(options: CredentialOptions): Credentials {
  let chain: Credentials | undefined;
  return async (...input) => {
    chain ??= await openChain(options);
    try {
      return await chain(...input);
    } catch (error) {
      throw explainCredentials(error, options);
    }
  };
}

async function openChain({
  profile,
  region,
  authorities,
  mfaCode,
  warn,
  variables,
}: CredentialOptions): Promise<Credentials> {
  if (profile === undefined && variables.AWS_PROFILE && variables.AWS_ACCESS_KEY_ID) {
    warn(contradiction(variables.AWS_PROFILE));
  }
  const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
  return fromNodeProviderChain({
    ...(profile === undefined ? {} : { profile }),
    mfaCodeProvider: mfaCode,
    // The SDK would write its own warning to the console, once per process.
    logger: { debug: ignore, info: ignore, error: ignore, warn: ignore },
    // Roles are assumed where the environment is, not in us-east-1.
    clientConfig: {
      region,
      requestHandler: agents({ fenced: false, variables, ...(authorities ? { authorities } : {}) }),
    },
  });
}

const ignore = () => {};

/** The SDK's choice; the AWS CLI would take the keys. */
const contradiction = (profile: string) =>
  `AWS_PROFILE and AWS_ACCESS_KEY_ID are both set: the profile ${profile} is used. Unset one of them`;

/** Looks at the error's name; what AWS or the SDK says in words is shown, not read. */
function explainCredentials(error: unknown, { profile, variables }: CredentialOptions): unknown {
  if (!(error instanceof Error) || !['CredentialsProviderError', 'TokenProviderError'].includes(error.name))
    return error;
  const used = profile ?? variables.AWS_PROFILE;
  if (used !== undefined) return profileUnusable(used, profileNames(variables), error);
  return credentialsMissing(profileNames(variables), error);
}

const profileUnusable = (profile: string, known: string[], cause: Error) =>
  known.includes(profile)
    ? new PlatformError({
        id: 'profile-gives-no-credentials',
        kind: 'credentials',
        message: `The profile ${profile} gives no credentials. The SDK says: ${cause.message}`,
        remedy: `aws sso login --profile ${profile} signs in where the profile uses IAM Identity Center; aws configure --profile ${profile} sets keys`,
        cause,
      })
    : new PlatformError({
        id: 'profile-missing',
        kind: 'credentials',
        message: `There is no profile ${profile} in the shared AWS configuration`,
        remedy: known.length > 0 ? `choose one of: ${known.join(', ')}` : 'aws configure sso makes one',
        cause,
      });

const credentialsMissing = (known: string[], cause: Error) =>
  new PlatformError({
    id: 'credentials-missing',
    kind: 'credentials',
    message: 'There are no AWS credentials: none in the environment, no default profile, no role of this machine',
    remedy:
      known.length > 0
        ? `choose a profile: --profile ${known.join(' | ')}`
        : 'aws configure sso makes a profile; --env sandbox needs no account at all',
    cause,
  });
