import type { Scope } from '../../kernel/scope.ts';
import { distributions, invalidations } from './state.ts';

export const DISTRIBUTION_DEPLOYED = 'cloudfront.distribution-deployed';
export const INVALIDATION_COMPLETED = 'cloudfront.invalidation-completed';

/** "Most deployments are complete within minutes": https://aws.amazon.com/cloudfront/faqs/ */
const DEPLOY_MS = 4 * 60_000;
const INVALIDATE_MS = 60_000;

/** A change begins its way to the edges. */
export function startDeployment(id: string, change: number, scope: Scope): void {
  scope.world.schedule(scope, { afterMs: DEPLOY_MS, kind: DISTRIBUTION_DEPLOYED, payload: { id, change } });
}

/** Only the newest change makes a distribution `Deployed`. */
export function distributionDeployed({ id, change }: { id: string; change: number }, scope: Scope): void {
  if (distributions.in(scope).get(id)?.change !== change) return;
  distributions.in(scope).update(id, (draft) => {
    draft.isInProgress = false;
  });
}

export function startInvalidation(id: string, scope: Scope): void {
  scope.world.schedule(scope, { afterMs: INVALIDATE_MS, kind: INVALIDATION_COMPLETED, payload: { id } });
}

export function invalidationCompleted({ id }: { id: string }, scope: Scope): void {
  if (!invalidations.in(scope).has(id)) return;
  invalidations.in(scope).update(id, (draft) => {
    draft.isCompleted = true;
  });
}
