import { randomBytes } from 'node:crypto';
import type { ChangeInfo } from '@aws-sdk/client-route-53';
import type { Scope } from '../../kernel/scope.ts';
import { changes } from './state.ts';

export const IN_SYNC = 'route53.in-sync';
/** Changes generally reach all name servers within 60 seconds: developer guide, "Changes generally propagate". */
const PROPAGATION_MS = 60_000;

/** A change that is pending now and in sync after a minute of virtual time. */
export function startChange(scope: Scope): ChangeInfo {
  const id = `C${randomBytes(10).toString('hex').toUpperCase()}`;
  const submitted = scope.world.clock.stamp();
  changes.in(scope).put(id, { id, status: 'PENDING', submitted });
  scope.world.schedule(scope, { afterMs: PROPAGATION_MS, kind: IN_SYNC, payload: { id } });
  return changeInfo({ id, status: 'PENDING', submitted });
}

export const changeInfo = ({
  id,
  status,
  submitted,
}: {
  id: string;
  status: 'PENDING' | 'INSYNC';
  submitted: number;
}) => ({
  Id: `/change/${id}`,
  Status: status,
  SubmittedAt: new Date(submitted),
});

export function inSync({ id }: { id: string }, scope: Scope): void {
  if (changes.in(scope).has(id))
    changes.in(scope).update(id, (draft) => {
      draft.status = 'INSYNC';
    });
}
