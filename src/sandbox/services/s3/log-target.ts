import { AwsFault } from '../../kernel/fault.ts';
import type { Call } from '../../kernel/scope.ts';
import { letsServiceIn } from '../iam/lets-in.ts';
import { type BucketRow, bucketNamed } from './state.ts';

/**
 * Where server access logs may go: a bucket of the same owner and region that lets S3's log delivery write.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export function checkLogTarget(
  { name, account, region }: BucketRow,
  { TargetBucket = '', TargetPrefix = '' }: { TargetBucket?: string; TargetPrefix?: string },
  call: Call,
): void {
  const target = bucketNamed(call, TargetBucket);
  const refuse = (message: string) => new AwsFault('InvalidTargetBucketForLogging', message);
  if (!target) throw refuse('The target bucket for logging does not exist');
  if (target.account !== account)
    throw refuse('The owner for the bucket to be logged and the target bucket must be the same.');
  if (target.region !== region)
    throw new AwsFault('CrossLocationLoggingProhibitted', 'Cross S3 location logging not allowed. ', { status: 403 });
  const policy = target.configurations.policy;
  const isLetIn = letsServiceIn(typeof policy === 'string' ? policy : undefined, {
    action: 's3:PutObject',
    resource: `arn:aws:s3:::${TargetBucket}/${TargetPrefix}x`,
    services: ['logging.s3.amazonaws.com'],
    context: { 'aws:SecureTransport': 'true', 'aws:SourceAccount': account, 'aws:SourceArn': `arn:aws:s3:::${name}` },
  });
  if (!isLetIn)
    throw refuse(
      'You must either provide the necessary permissions to the logging service using a bucket policy or give the log-delivery group WRITE and READ_ACP permissions to the target bucket',
    );
}
