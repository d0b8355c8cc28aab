import { PlatformError } from '../errors/platform-error.ts';

const EXPIRED = [
  'ExpiredToken',
  'ExpiredTokenException',
  'TokenRefreshRequired',
  'UnauthorizedException', // IAM Identity Center's answer to an ended session
];
const DENIED = [
  'AccessDenied',
  'AccessDeniedException',
  'UnauthorizedOperation',
  'AuthorizationError',
  'AuthorizationErrorException',
  'NotAuthorized',
  'Forbidden',
];
const UNKNOWN_KEYS = [
  'InvalidClientTokenId',
  'UnrecognizedClientException',
  'InvalidAccessKeyId',
  'AuthFailure',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'OptInRequired',
];
const SIGNATURE = [
  'SignatureDoesNotMatch',
  'InvalidSignatureException',
  'RequestTimeTooSkewed',
  'RequestInTheFuture',
  'RequestExpired',
];
const THROTTLED = [
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'RequestThrottled',
  'RequestThrottledException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'EC2ThrottledException',
  'PriorRequestNotComplete',
  'SlowDown',
];
const UNREACHABLE = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ERR_PROXY_TUNNEL',
];
/** What reading an answer ends with that is not what the service sends. */
const UNREADABLE = ['SyntaxError', 'TypeError', 'RangeError'];
/** Signatures are accepted within five minutes of AWS's clock (15 for S3). */
const SKEW_SECONDS = 240;

interface AwsError extends Error {
  readonly code?: unknown;
  /** Only what a service answered has it. */
  readonly $fault?: string;
  readonly $metadata?: { httpStatusCode?: number };
  readonly $response?: { headers?: Record<string, string> };
}

/** Decides by the error's name, code and status, never by its text; what is not AWS's is given back as it came. */
export function explain(action: string, error: unknown): unknown {
  if (error instanceof PlatformError || !(error instanceof Error)) return error;
  const { name, message, code, $fault, $metadata, $response } = error as AwsError;
  const errno = typeof code === 'string' ? code : '';
  const skew = skewSeconds($response?.headers);

  if (UNREACHABLE.includes(errno) || name === 'TimeoutError') return unreachable(action, error);
  if (/^(CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|ERR_TLS_)/.test(errno)) return untrusted(action, errno, error);
  if (name === 'AbortError' || !$metadata) return error;
  if ($fault === undefined && UNREADABLE.includes(name)) return unreadable(action);
  if (EXPIRED.includes(name)) return expired(error);
  if (SIGNATURE.includes(name) || (UNKNOWN_KEYS.includes(name) && Math.abs(skew) > SKEW_SECONDS)) {
    return Math.abs(skew) > SKEW_SECONDS ? skewed(skew, error) : badSignature(error);
  }
  if (UNKNOWN_KEYS.includes(name)) return unknownKeys(error);
  if (DENIED.includes(name) || $metadata.httpStatusCode === 403) return denied(action, message, error);
  if (THROTTLED.includes(name) || $metadata.httpStatusCode === 429) return throttled(action, error);
  if (($metadata.httpStatusCode ?? 0) >= 500) return unavailable(action, error);
  return refused(action, name, message, error);
}

/** Seconds by which AWS's clock is ahead of this machine's. */
function skewSeconds(headers: Record<string, string> = {}): number {
  const theirs = Date.parse(headers.date ?? '');
  return Number.isNaN(theirs) ? 0 : Math.round((theirs - Date.now()) / 1000);
}

const expired = (cause: Error) =>
  new PlatformError({
    id: 'aws-session-expired',
    kind: 'credentials',
    message: 'The AWS session has expired',
    remedy: 'aws sso login (with --profile <name> where you use one) signs in again; then run the command once more',
    cause,
  });

const denied = (action: string, text: string, cause: Error) =>
  new PlatformError({
    id: 'aws-access-denied',
    kind: 'credentials',
    message: `AWS denied ${action}. AWS says: ${text}`,
    details: { action },
    remedy: `ask for the permission ${action}; docs/iam.md holds the smallest policy. An explicit deny or a service control policy has to be lifted by whoever owns it`,
    cause,
  });

const unknownKeys = (cause: Error) =>
  new PlatformError({
    id: 'aws-keys-unknown',
    kind: 'credentials',
    message: `AWS does not know the access key (${cause.name})`,
    remedy:
      'aws sts get-caller-identity shows whether the keys work at all; when they do, the region is not enabled in this account: aws account enable-region --region-name <region>',
    cause,
  });

const skewed = (seconds: number, cause: Error) =>
  new PlatformError({
    id: 'clock-skewed',
    kind: 'credentials',
    message: `This machine's clock is ${Math.abs(seconds)} s ${seconds > 0 ? 'behind' : 'ahead of'} AWS's, so AWS rejects its signatures`,
    remedy: 'set the clock (timedatectl set-ntp true), then run the command again',
    cause,
  });

const badSignature = (cause: Error) =>
  new PlatformError({
    id: 'aws-signature-rejected',
    kind: 'credentials',
    message: `AWS rejects the signature of the request (${cause.name}), and the clock is right`,
    remedy: 'the secret access key does not belong to the access key id: aws configure sets both',
    cause,
  });

const throttled = (action: string, cause: Error) =>
  new PlatformError({
    id: 'aws-throttled',
    kind: 'failed',
    message: `AWS still throttles ${action} after several tries`,
    remedy: 'other programs use up the limit of this account; wait a minute, then run the command again',
    cause,
  });

const unavailable = (action: string, cause: Error) =>
  new PlatformError({
    id: 'aws-unavailable',
    kind: 'failed',
    message: `AWS answered ${action} with an error of its own (${cause.name}) after several tries`,
    remedy: 'https://health.aws.amazon.com shows whether the region has trouble; run the command again later',
    cause,
  });

const refused = (action: string, name: string, text: string, cause: Error) =>
  new PlatformError({
    id: 'aws-refused',
    kind: 'failed',
    message: `AWS refused ${action} with ${name}. AWS says: ${text}`,
    remedy: '--debug shows the whole answer',
    cause,
  });

/** V8 quotes the text that it cannot read, and that may be a secret: neither the message nor the cause goes on. */
const unreadable = (action: string) =>
  new PlatformError({
    id: 'aws-answer-unreadable',
    kind: 'failed',
    message: `The answer to ${action} is not one of AWS's: something on the way has changed or cut it`,
    remedy: 'check HTTPS_PROXY and AWS_ENDPOINT_URL, then run the command again',
  });

const unreachable = (action: string, cause: Error) =>
  new PlatformError({
    id: 'aws-unreachable',
    kind: 'failed',
    message: `No answer from the endpoint of ${action.split(':')[0]} (${(cause as AwsError).code ?? cause.name}): ${cause.message || 'no connection'}`,
    remedy:
      'check the network, and HTTPS_PROXY, NO_PROXY and AWS_ENDPOINT_URL in the environment; platform help environment lists what is read',
    cause,
  });

const untrusted = (action: string, code: string, cause: Error) =>
  new PlatformError({
    id: 'aws-certificate-untrusted',
    kind: 'failed',
    message: `The certificate of the endpoint of ${action.split(':')[0]} is not trusted (${code})`,
    remedy: 'behind a proxy that opens TLS, set AWS_CA_BUNDLE to the PEM file of its certificate authority',
    cause,
  });
