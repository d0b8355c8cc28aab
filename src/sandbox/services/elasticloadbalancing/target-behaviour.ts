import { defineTable, type Scope } from '../../kernel/scope.ts';
import { lookAgainAt } from './target-health.ts';

/** What a target does when somebody knocks: answers with a status, stays silent, or nothing listens there. */
export type Answer = { kind: 'status'; code: number } | { kind: 'timeout' } | { kind: 'refused' };

/** What stands behind an address and a port. */
export interface TargetBehaviour {
  /** What every path answers unless `paths` says otherwise. */
  answer: Answer;
  /** By exact path, query string left out. */
  paths?: Readonly<Record<string, Answer>>;
  /** Virtual time from which it answers like this; before it, connections are refused (a program that is starting). */
  sinceMs?: number;
}

const behaviours = defineTable<TargetBehaviour>('elasticloadbalancing.target-behaviours');

/**
 * Says what answers at `address:port` from now on; load balancers' health checks and everything else that knocks see
 * it. Health follows by the thresholds and the interval of each target group, for which virtual time runs.
 */
export function setTargetBehaviour(
  scope: Scope,
  { address, port, behaviour }: { address: string; port: number; behaviour: TargetBehaviour },
): void {
  behaviours.in(scope).put(`${address}:${port}`, behaviour);
  lookAgainAt(scope, address);
}

/** Forgets what answered there: from now on packets to that address are lost. */
export function removeTargetBehaviour(scope: Scope, { address, port }: { address: string; port: number }): void {
  if (behaviours.in(scope).delete(`${address}:${port}`)) lookAgainAt(scope, address);
}

/** What a request to a path of `address:port` meets now. An address nobody spoke for is silent. */
export function answerOf(
  scope: Scope,
  { address, port, path }: { address: string; port: number; path: string },
): Answer {
  const behaviour = behaviours.in(scope).get(`${address}:${port}`);
  if (!behaviour) return { kind: 'timeout' };
  if (isStarting(scope, address, port)) return { kind: 'refused' };
  return behaviour.paths?.[path.replace(/\?.*$/s, '')] ?? behaviour.answer;
}

/** Whether what stands there has yet to come up. */
export const isStarting = (scope: Scope, address: string, port: number): boolean =>
  (behaviours.in(scope).get(`${address}:${port}`)?.sinceMs ?? 0) > scope.world.clock.now();
