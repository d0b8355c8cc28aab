import { Aws } from '../aws/aws.ts';
import { type ObjectStore, objectsIn, stateBucketName } from '../release/state-bucket.ts';
import type { RunningSandbox } from './start-sandbox.ts';

/** The state of the project `demo`, as somebody else's CLI sees it. */
export function stateObjects({ credentials, endpoint }: RunningSandbox): ObjectStore {
  const place = { account: '111111111111', region: 'us-east-1' };
  const aws = new Aws({ ...place, endpoint, fenced: true, credentials: async () => credentials, variables: {} });
  return objectsIn(aws.s3, stateBucketName({ project: 'demo', ...place }));
}
