/** What Fargate complains of when it cannot fetch the secrets of a task or its login to the registry. */
export type PullComplaint =
  | { kind: 'key-missing'; key: string }
  | { kind: 'not-json' }
  | { kind: 'secret-absent'; arn?: string }
  | { kind: 'secret-in-deletion'; arn?: string }
  | { kind: 'denied'; refusal: Refusal }
  /** `service` as in the names of endpoints: `secretsmanager`, `ecr.api`, `ssm`. */
  | { kind: 'unreached'; service: string }
  /** The prefix is known, the rest is not. */
  | { kind: 'unknown' };

/** What IAM says that it refused. */
export interface Refusal {
  action?: string;
  resource?: string;
  /** ARN of the session that asked. */
  session?: string;
  /** Whose policy refused. */
  how: 'identity' | 'explicit' | 'resource' | 'boundary' | 'organization' | 'kms' | 'unsaid';
}

const PREFIX = /ResourceInitializationError:?\s+unable to pull secrets or registry auth/;

/**
 * Texts by AWS's list of errors of stopped tasks, and by what people report of them:
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/resource-initialization-error.html
 */
export function pullComplaintOf(reason: string): PullComplaint | undefined {
  if (!PREFIX.test(reason)) return undefined;
  const [, key] = /did not contain json key (\S+)/.exec(reason) ?? [];
  // A sentence may end after the key, and ECS puts one after it.
  if (key !== undefined) return { kind: 'key-missing', key: key.replace(/[.,;:]$/, '') };
  const arn = /arn:[\w-]+:secretsmanager:[^\s:]*:\d*:secret:[^\s:,"']+/.exec(reason)?.[0];
  const of = arn === undefined ? {} : { arn };
  if (/marked (for deletion|deleted)/.test(reason)) return { kind: 'secret-in-deletion', ...of };
  if (/Secrets Manager can.t find the specified secret|ResourceNotFoundException/.test(reason))
    return { kind: 'secret-absent', ...of };
  const refusal = refusalIn(reason);
  if (refusal) return { kind: 'denied', refusal };
  if (/invalid character .+ (looking for|in |after )|cannot unmarshal|unexpected end of JSON input/.test(reason))
    return { kind: 'not-json' };
  if (UNREACHED.test(reason)) return { kind: 'unreached', service: serviceIn(reason) };
  return { kind: 'unknown' };
}

/** Connections that were not made, in the words of Go and of both SDKs for it. */
export const UNREACHED =
  /i\/o timeout|context deadline exceeded|context canceled|connection issue between the task|request send failed|send request failed|no such host|connection refused|network is unreachable|TLS handshake timeout|Client\.Timeout/;

function serviceIn(reason: string): string {
  if (/from asm|Secrets Manager|secretsmanager/i.test(reason)) return 'secretsmanager';
  if (/from ssm|Systems Manager|SSM/.test(reason)) return 'ssm';
  return 'ecr.api';
}

/** `AccessDeniedException: User: … is not authorized to perform: … on resource: … because no identity-based policy …`. */
export function refusalIn(text: string): Refusal | undefined {
  if (!/AccessDenied|is not authorized to perform|Access to KMS is not allowed/.test(text)) return undefined;
  const [, session, action] = /User: (\S+) is not authorized to perform: ([\w-]+:\w+)/.exec(text) ?? [];
  const [, resource] = /on resource: (\S+)/.exec(text) ?? [];
  return {
    ...(action === undefined ? {} : { action }),
    ...(resource === undefined ? {} : { resource }),
    ...(session === undefined ? {} : { session }),
    how: howIn(text),
  };
}

function howIn(text: string): Refusal['how'] {
  if (/\bKMS\b|kms:/.test(text)) return 'kms';
  if (/service control policy/.test(text)) return 'organization';
  if (/permissions boundary/.test(text)) return 'boundary';
  if (/resource-based policy/.test(text)) return 'resource';
  if (/explicit deny/.test(text)) return 'explicit';
  return /no identity-based policy/.test(text) ? 'identity' : 'unsaid';
}
