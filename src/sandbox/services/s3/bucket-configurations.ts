import { AwsFault } from '../../kernel/fault.ts';
import { configuration, missing } from './configurations.ts';
import { DEFAULT_ENCRYPTION, type DefaultEncryption } from './encryption.ts';
import { invalidArgument, malformedXml } from './faults.ts';
import { checkLogTarget } from './log-target.ts';
import { checkTags } from './tagging.ts';

const OWNERSHIPS = ['BucketOwnerEnforced', 'BucketOwnerPreferred', 'ObjectWriter'];

const found = <T>(kept: unknown, otherwise: () => Error): T => {
  if (kept === undefined) throw otherwise();
  return kept as T;
};

export const encryption = configuration({
  name: 'encryption',
  member: 'ServerSideEncryptionConfiguration',
  read: (kept) => ({ ServerSideEncryptionConfiguration: kept ?? DEFAULT_ENCRYPTION }),
  check({ Rules }: Partial<DefaultEncryption> = {}) {
    const [rule, ...more] = Rules ?? [];
    const wanted = rule?.ApplyServerSideEncryptionByDefault;
    if (!rule || more.length > 0 || !['AES256', 'aws:kms', 'aws:kms:dsse'].includes(wanted?.SSEAlgorithm ?? ''))
      throw malformedXml();
    if (wanted?.SSEAlgorithm === 'AES256' && wanted.KMSMasterKeyID !== undefined)
      throw invalidArgument(
        'a KMSMasterKeyID is not applicable if the default sse algorithm is not aws:kms or aws:kms:dsse',
        'ApplyServerSideEncryptionByDefault',
      );
    return { Rules: [{ ...rule, BucketKeyEnabled: rule.BucketKeyEnabled ?? false }] };
  },
});

export const policy = configuration({
  name: 'policy',
  member: 'Policy',
  read: (kept, bucket) => ({
    Policy: found(kept, () => missing('NoSuchBucketPolicy', 'The bucket policy does not exist')(bucket)),
  }),
  check(text: string | undefined, { configurations }) {
    const document = parsePolicy(text);
    const block = configurations.publicAccessBlock as { BlockPublicPolicy?: boolean } | undefined;
    if (block?.BlockPublicPolicy && isPublic(document))
      throw new AwsFault('AccessDenied', 'Access Denied', { status: 403 });
    return text;
  },
});

interface PolicyDocument {
  Statement: { Effect?: string; Principal?: string | { AWS?: string | string[] }; Condition?: object }[];
}

function parsePolicy(text = ''): PolicyDocument {
  const malformed = (message: string) => new AwsFault('MalformedPolicy', message);
  if (!text.startsWith('{')) throw malformed("Policies must be valid JSON and the first byte must be '{'");
  let document: { Statement?: PolicyDocument['Statement'] | PolicyDocument['Statement'][number] };
  try {
    document = JSON.parse(text);
  } catch {
    throw malformed('This policy contains invalid Json');
  }
  if (document.Statement === undefined) throw malformed('Missing required field Statement');
  const Statement = [document.Statement].flat();
  for (const statement of Statement as Record<string, unknown>[])
    for (const [field, other] of REQUIRED)
      if (statement[field] === undefined && statement[other] === undefined)
        throw malformed(`Missing required field ${field}`);
  return { Statement };
}

const REQUIRED = [
  ['Effect', 'Effect'],
  ['Principal', 'NotPrincipal'],
  ['Action', 'NotAction'],
  ['Resource', 'NotResource'],
] as const;

/** Open to everybody without a condition: the plain case of what BlockPublicPolicy refuses. */
export const isPublic = ({ Statement }: PolicyDocument): boolean =>
  Statement.some(({ Effect, Principal, Condition }) => {
    const all = typeof Principal === 'string' ? [Principal] : [Principal?.AWS ?? []].flat();
    return Effect === 'Allow' && all.includes('*') && !Condition;
  });

export const publicAccessBlock = configuration({
  name: 'publicAccessBlock',
  member: 'PublicAccessBlockConfiguration',
  read: (kept, bucket) => ({
    PublicAccessBlockConfiguration: found(kept, () =>
      missing('NoSuchPublicAccessBlockConfiguration', 'The public access block configuration was not found')(bucket),
    ),
  }),
  check: (given: Record<string, boolean> = {}) => ({
    BlockPublicAcls: given.BlockPublicAcls ?? false,
    BlockPublicPolicy: given.BlockPublicPolicy ?? false,
    IgnorePublicAcls: given.IgnorePublicAcls ?? false,
    RestrictPublicBuckets: given.RestrictPublicBuckets ?? false,
  }),
});

export const ownership = configuration({
  name: 'ownership',
  member: 'OwnershipControls',
  read: (kept, bucket) => ({
    OwnershipControls: found(kept, () =>
      missing('OwnershipControlsNotFoundError', 'The bucket ownership controls were not found')(bucket),
    ),
  }),
  check(given: { Rules?: { ObjectOwnership?: string }[] } = {}) {
    const [rule, ...more] = given.Rules ?? [];
    if (!rule || more.length > 0 || !OWNERSHIPS.includes(rule.ObjectOwnership ?? '')) throw malformedXml();
    return given;
  },
});

export const tagging = configuration({
  name: 'tagging',
  member: 'Tagging',
  read: (kept, bucket) => ({
    TagSet: found(kept, () => missing('NoSuchTagSet', 'The TagSet does not exist')(bucket)),
  }),
  check({ TagSet = [] }: { TagSet?: { Key?: string; Value?: string }[] } = {}) {
    checkTags(TagSet, 'bucket');
    return TagSet.length === 0 ? undefined : TagSet;
  },
});

export const cors = configuration({
  name: 'cors',
  member: 'CORSConfiguration',
  read: (kept, bucket) =>
    found(kept, () => missing('NoSuchCORSConfiguration', 'The CORS configuration does not exist')(bucket)),
  check(given: { CORSRules?: { AllowedMethods?: string[]; AllowedOrigins?: string[] }[] } = {}) {
    if (!given.CORSRules?.length) throw malformedXml();
    for (const { AllowedMethods = [], AllowedOrigins = [] } of given.CORSRules) {
      if (AllowedMethods.length === 0 || AllowedOrigins.length === 0) throw malformedXml();
      const unknown = AllowedMethods.find((method) => !['GET', 'PUT', 'HEAD', 'POST', 'DELETE'].includes(method));
      if (unknown)
        throw new AwsFault(
          'InvalidRequest',
          `Found unsupported HTTP method in CORS config. Unsupported method is ${unknown}`,
        );
    }
    return given;
  },
});

export const website = configuration({
  name: 'website',
  member: 'WebsiteConfiguration',
  read: (kept, bucket) =>
    found(kept, () =>
      missing('NoSuchWebsiteConfiguration', 'The specified bucket does not have a website configuration')(bucket),
    ),
});

export const replication = configuration({
  name: 'replication',
  member: 'ReplicationConfiguration',
  read: (kept, bucket) => ({
    ReplicationConfiguration: found(kept, () =>
      missing('ReplicationConfigurationNotFoundError', 'The replication configuration was not found')(bucket),
    ),
  }),
  check(given: object, { versioning }) {
    if (versioning !== 'Enabled')
      throw new AwsFault(
        'InvalidRequest',
        "Versioning must be 'Enabled' on the bucket to apply a replication configuration",
      );
    return given;
  },
});

/** Kept and given back; nothing is sent. */
export const notification = configuration({
  name: 'notification',
  member: 'NotificationConfiguration',
  read: (kept) => (kept as object | undefined) ?? {},
});

/** Kept and given back; no log is written. An empty status turns it off. */
export const logging = configuration({
  name: 'logging',
  member: 'BucketLoggingStatus',
  read: (kept) => (kept as object | undefined) ?? {},
  check(given: { LoggingEnabled?: { TargetBucket?: string; TargetPrefix?: string } } = {}, bucket, call) {
    if (given.LoggingEnabled === undefined) return undefined;
    checkLogTarget(bucket, given.LoggingEnabled, call);
    return given;
  },
});

export const accelerate = configuration({
  name: 'accelerate',
  member: 'AccelerateConfiguration',
  read: (kept) => (kept as object | undefined) ?? {},
});

export const requestPayment = configuration({
  name: 'requestPayment',
  member: 'RequestPaymentConfiguration',
  read: (kept) => (kept as object | undefined) ?? { Payer: 'BucketOwner' },
});
