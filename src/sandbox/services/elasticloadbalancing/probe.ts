import type { Scope } from '../../kernel/scope.ts';
import { interfaceAt, letsThrough } from '../ec2/reachability.ts';
import { instances, networkInterfaces } from '../ec2/state.ts';
import { matchesCode } from './health-settings.ts';
import { loadBalancersOf } from './in-use.ts';
import { loadBalancers, type TargetGroupRow, type TargetRow } from './state.ts';
import { answerOf } from './target-behaviour.ts';

export interface Verdict {
  ok: boolean;
  reason?: string;
  description?: string;
}

/** Reasons and sentences: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/check-target-health.html */
const TIMED_OUT: Verdict = { ok: false, reason: 'Target.Timeout', description: 'Request timed out' };
const REFUSED: Verdict = { ok: false, reason: 'Target.FailedHealthChecks', description: 'Health checks failed' };

/** One health check of one target: through security groups, to what answers there. */
export function probe(scope: Scope, group: TargetGroupRow, target: TargetRow): Verdict {
  const address = addressOf(scope, target);
  const port = group.HealthCheckPort === 'traffic-port' ? target.port : Number(group.HealthCheckPort);
  if (address === undefined || !isReachable(scope, group, address, port)) return TIMED_OUT;

  const answer = answerOf(scope, { address, port, path: group.HealthCheckPath ?? '/' });
  if (answer.kind === 'timeout') return TIMED_OUT;
  if (answer.kind === 'refused') return REFUSED;
  if (matchesCode(group.Matcher?.HttpCode ?? '200', answer.code)) return { ok: true };
  return {
    ok: false,
    reason: 'Target.ResponseCodeMismatch',
    description: `Health checks failed with these codes: [${answer.code}]`,
  };
}

/** The address behind a target: itself, or an instance's. */
export const addressOf = (scope: Scope, { id }: TargetRow): string | undefined =>
  id.startsWith('i-') ? instances.in(scope).get(id)?.PrivateIpAddress : id;

/** An address without an interface of ours (another network's) is let through: nothing is known of its rules. */
function isReachable(scope: Scope, group: TargetGroupRow, address: string, port: number): boolean {
  const to = group.VpcId ? interfaceAt(scope, group.VpcId, address) : undefined;
  if (!to) return true;
  return loadBalancersOf(scope, group.TargetGroupArn)
    .flatMap((arn) => loadBalancers.in(scope).get(arn)?.networkInterfaceIds ?? [])
    .flatMap((id) => networkInterfaces.in(scope).get(id) ?? [])
    .some((from) => letsThrough(scope, { from, to, port }));
}
