import type { CfnResource } from 'aws-cdk-lib/core';
import { core } from './aws-cdk.ts';
import type { OnDelete } from './setting-values.ts';

/** Says what becomes of a resource that leaves its stack or is replaced in it. */
export function leave(resource: CfnResource, onDelete: OnDelete | 'snapshot'): void {
  const { DELETE, RETAIN, RETAIN_EXCEPT_ON_CREATE, SNAPSHOT } = core.CfnDeletionPolicy;
  // What a failed first creation leaves behind holds nothing yet and would only be in the way of the next one (F-10).
  resource.cfnOptions.deletionPolicy = { destroy: DELETE, retain: RETAIN_EXCEPT_ON_CREATE, snapshot: SNAPSHOT }[
    onDelete
  ];
  resource.cfnOptions.updateReplacePolicy = { destroy: DELETE, retain: RETAIN, snapshot: SNAPSHOT }[onDelete];
}
