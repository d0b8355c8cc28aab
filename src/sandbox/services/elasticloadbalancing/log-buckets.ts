import type { Call } from '../../kernel/scope.ts';
import { letsServiceIn } from '../iam/lets-in.ts';
import type { DefaultEncryption } from '../s3/encryption.ts';
import { putObject } from '../s3/operations/put-object.ts';
import { bucketNamed } from '../s3/state.ts';
import { invalid, misconfigured } from './faults.ts';
import { elbAccountOf } from './log-accounts.ts';

/** By the beginning of their attributes, the files by which Elastic Load Balancing tries whether it may write. */
const TEST_FILES = {
  access_logs: 'ELBAccessLogTestFile',
  connection_logs: 'ELBConnectionLogTestFile',
  health_check_logs: 'ELBHealthCheckLogTestFile',
} as const;

const SERVICE = 'logdelivery.elasticloadbalancing.amazonaws.com';

/**
 * What happens when logs are turned on: the bucket has to be there, in the same region, under S3's own keys, and its
 * policy has to let Elastic Load Balancing write, which it tries.
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export function tryLogBuckets(call: Call, after: Readonly<Record<string, string>>, changed: readonly string[]): void {
  for (const [kind, file] of Object.entries(TEST_FILES)) {
    const isAsked = changed.some((key) => key.startsWith(`${kind}.`));
    if (!isAsked || after[`${kind}.s3.enabled`] !== 'true') continue;
    const name = after[`${kind}.s3.bucket`] ?? '';
    const prefix = after[`${kind}.s3.prefix`] ?? '';
    if (name === '')
      throw invalid(`The value of '${kind}.s3.bucket' must be specified when '${kind}.s3.enabled' is 'true'`);
    if (prefix.includes('AWSLogs')) throw invalid(`The value of '${kind}.s3.prefix' must not include 'AWSLogs'`);
    tryToWrite(call, name, `${prefix === '' ? '' : `${prefix}/`}AWSLogs/${call.account}/${file}`);
  }
}

function tryToWrite(call: Call, name: string, key: string): void {
  const bucket = bucketNamed(call, name);
  const rules = (bucket?.configurations.encryption as DefaultEncryption | undefined)?.Rules ?? [];
  const isOurs = rules.every((rule) => rule.ApplyServerSideEncryptionByDefault?.SSEAlgorithm === 'AES256');
  const policy = bucket?.configurations.policy;
  const account = elbAccountOf(call.region);
  const mayWrite =
    bucket?.region === call.region &&
    isOurs &&
    letsServiceIn(typeof policy === 'string' ? policy : undefined, {
      action: 's3:PutObject',
      resource: `arn:aws:s3:::${name}/${key}`,
      services: [SERVICE],
      ...(account === undefined ? {} : { accounts: [account] }),
      context: {
        'aws:SecureTransport': 'true',
        'aws:SourceAccount': call.account,
        'aws:SourceArn': `arn:aws:elasticloadbalancing:${call.region}:${call.account}:loadbalancer/`,
      },
    });
  if (!mayWrite) throw misconfigured(`Access Denied for bucket: ${name}. Please check S3bucket permission`);
  putObject(
    { Bucket: name, Key: key, Body: Buffer.from('Enable AccessLog for ELB') },
    { ...call, account: bucket.account },
  );
}
