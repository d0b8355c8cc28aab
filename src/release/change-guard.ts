import { isGround, isMadeUp, isState } from './stack-change.ts';

/** One resource of a change set, as CloudFormation says it: `Changes[].ResourceChange`. */
export interface ChangeSetEntry {
  Action?: string;
  LogicalResourceId?: string;
  ResourceType?: string;
  /** `True`, `False` or `Conditional`. */
  Replacement?: string;
  PolicyAction?: string;
}

/**
 * The second look, at the real change set: entries that would lose state and that nobody approved. It reads action,
 * replacement and policy, because each of them alone has been known to miss replacements.
 */
export function unapproved(entries: readonly ChangeSetEntry[], approved: ReadonlySet<string>): ChangeSetEntry[] {
  return entries.filter((entry) => {
    const type = entry.ResourceType ?? '';
    const replaced =
      entry.Replacement === 'True' ||
      entry.Replacement === 'Conditional' ||
      (entry.PolicyAction ?? '').startsWith('Replace');
    const removed = entry.Action === 'Remove';
    if (isGround(type)) return replaced || (removed && !approved.has(entry.LogicalResourceId ?? ''));
    if (!isState(type) || (removed && isMadeUp(type, entry.LogicalResourceId ?? ''))) return false;
    const kept = entry.PolicyAction === 'Retain';
    return (replaced || (removed && !kept)) && !approved.has(entry.LogicalResourceId ?? '');
  });
}
