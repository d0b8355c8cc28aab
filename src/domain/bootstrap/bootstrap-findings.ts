/**
 * How one part stands.
 * `ok` · `missing` · `foreign` it has the name, and belongs to another account · `wrong` it is there and not as the
 * template made it · `denied` it is as it should be, and we are not allowed to use it · `unknown` we were not allowed
 * to look
 */
export type PartState = 'ok' | 'missing' | 'foreign' | 'wrong' | 'denied' | 'unknown';

export interface FoundPart {
  id: string;
  logicalId: string;
  type: string;
  name: string;
  state: PartState;
  /** In the bootstrap stack, as the stack itself sees it. */
  owned: boolean;
  /** A half sentence about what is not as it should be. */
  detail?: string;
}

export interface BootstrapFindings {
  region: string;
  stackName: string;
  /** Undefined when there is no such stack. */
  status?: string;
  /** Of the stack, as its own parameter says; absent when it has none. */
  qualifier?: string;
  expectedQualifier: string;
  /** Another stack that has the parts. */
  elsewhere?: string;
  /** What the version parameter says. */
  version?: number;
  /** What the stack's template says: the parameter may have been lost or written over. */
  stackVersion?: number;
  /** The least that deployments need. */
  neededVersion: number;
  parts: readonly FoundPart[];
  /** The key that the bucket is encrypted with, where it is none of AWS's own. */
  key?: 'ok' | 'disabled' | 'pending-deletion' | 'gone';
  bucket: { versions: number; uploads: number; bytes: number };
  /** REVIEW_IN_PROGRESS because of a change set that an interrupted repair or bootstrap has left: nothing of anybody's. */
  begun?: boolean;
  /** Resources that failed in the operation that got stuck. */
  failed: readonly string[];
}
