import type { CfnResource } from 'aws-cdk-lib/core';
import { core } from './aws-cdk.ts';
import type { OnDelete } from './settings.ts';

/** Says what becomes of a resource that leaves its stack or is replaced in it. */
export function leave(resource: CfnResource, onDelete: OnDelete | 'snapshot'): void {
  const policy = {
    destroy: core.CfnDeletionPolicy.DELETE,
    retain: core.CfnDeletionPolicy.RETAIN,
    snapshot: core.CfnDeletionPolicy.SNAPSHOT,
  }[onDelete];
  resource.cfnOptions.deletionPolicy = policy;
  resource.cfnOptions.updateReplacePolicy = policy;
}
