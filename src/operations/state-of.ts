import type { Session } from '../context.ts';
import { type EnvironmentState, readState } from '../release/environment-state.ts';
import { type ObjectStore, objectsIn, stateBucketName } from '../release/state-bucket.ts';

export interface StateAccess {
  bucket: string;
  objects: ObjectStore;
  state: EnvironmentState;
}

/** Where the environment's state lies, and what it says; reading it creates nothing. */
export async function stateOf({
  aws,
  environment,
  target,
}: Pick<Session, 'aws' | 'environment' | 'target'>): Promise<StateAccess> {
  const bucket = stateBucketName({ project: environment.project, account: target.account, region: target.region });
  const objects = objectsIn(aws.s3, bucket);
  return { bucket, objects, state: await readState(objects, environment.name) };
}
