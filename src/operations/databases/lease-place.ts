import type { Session } from '../../context.ts';
import { type ObjectStore, objectsIn, stateBucketName } from '../../release/state-bucket.ts';

/** Where leases lie: their own calls are not cut off by Ctrl-C, which must not keep protection from coming back. */
export function leasePlace({ aws, environment, target }: Pick<Session, 'aws' | 'environment' | 'target'>): {
  bucket: string;
  objects: ObjectStore;
  environment: string;
} {
  const bucket = stateBucketName({ project: environment.project, account: target.account, region: target.region });
  return { bucket, objects: objectsIn(aws.uninterrupted().s3, bucket), environment: environment.name };
}
