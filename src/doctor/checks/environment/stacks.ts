import type { Session } from '../../../context.ts';
import { evidenceOf } from '../../../diagnosis/shown-evidence.ts';
import { environmentFlags } from '../../../domain/environment-flags.ts';
import type { FailureId } from '../../../domain/failure-id.ts';
import { planRecovery } from '../../../domain/recovery/recovery-plan.ts';
import { handlingOf } from '../../../domain/stack-status.ts';
import { readStuck } from '../../../operations/recovery/read-stuck.ts';
import { recoverStack } from '../../../operations/recovery/recover.ts';
import type { FoundStack } from '../../../operations/stacks/named-stacks.ts';
import type { Check } from '../../check.ts';
import { type Finding, ok, sick, skipped } from '../../finding.ts';
import type { Scene } from '../../scene.ts';

const WISHES = { skip: [], retain: [] };

/** Which statuses a stack can be changed in, and what every other one needs (F-01 … F-07). */
export const stacks: Check = {
  id: 'stacks',
  title: 'Every stack can be changed',
  group: 'the environment',
  needs: ['credentials'],
  // A stack that is stuck goes on serving: what it serves is looked at all the same.
  bearable: () => true,
  async run(scene) {
    const session = await scene.open();
    const found = (await scene.stacks()).filter(({ id }) => isStoodOn(scene, id));
    if (found.length === 0) return skipped(`${session.environment.name} is not deployed yet`);
    const findings = await Promise.all(found.map((one) => stackFinding(session, one)));
    const sickOnes = findings.filter((one) => one !== undefined);
    if (sickOnes.length > 0) return sickOnes;
    const busy = found.filter(({ stack }) => handlingOf(stack.StackStatus).action === 'wait');
    if (busy.length === 0) return ok(`${found.length} stacks`);
    return ok(busy.map(({ id, stack }) => `${id} is ${stack.StackStatus}`).join(', '));
  },
};

/** Other services, and what stands on services itself, carry none. */
const isStoodOn = ({ service }: Scene, id: string): boolean =>
  service === undefined ||
  (id.startsWith('service-') ? id === `service-${service}` : !['sites', 'edge', 'observability'].includes(id));

async function stackFinding(session: Session, found: FoundStack): Promise<Finding | undefined> {
  const { stack, ...named } = found;
  const { id, stackName } = named;
  const handling = handlingOf(stack.StackStatus);
  if (handling.action === 'create' || handling.action === 'update' || handling.action === 'wait') return undefined;
  const situation = await readStuck(session, named, WISHES);
  // It has come to rest, or is gone, since.
  if (!situation || situation.stack.status !== stack.StackStatus) return undefined;
  const { cause } = situation;
  const { steps, stop } = planRecovery(situation.stack);
  const why = cause ? `: ${cause.logicalId} (${cause.type}): ${cause.reason}` : '';
  const failure =
    'failure' in handling && /^F-\d+$/.test(handling.failure ?? '') ? (handling.failure as FailureId) : undefined;
  return sick({
    severity: 'error',
    subject: `stacks.${id}`,
    detail: `${stackName} is ${stack.StackStatus}${why}`,
    evidence: [
      evidenceOf('cloudformation:DescribeStacks', 'Stacks[0].StackStatus', stack.StackStatus),
      ...(cause
        ? [evidenceOf('cloudformation:DescribeStackEvents', `${cause.logicalId} ResourceStatusReason`, cause.reason)]
        : []),
    ],
    remedy: stop ? stop.remedy : `platform recover ${id} ${environmentFlags(session.environment)}`,
    ...(failure ? { failure } : {}),
    ...(stop || steps.length === 0
      ? {}
      : {
          fix: {
            handling: steps.some((step) => step.class === 'TYPED') ? ('TYPED' as const) : ('ASK' as const),
            does: `recover ${stackName}: ${steps.map(({ text }) => text).join('; ')}`,
            asks: true,
            apply: () => recoverStack(session, named, WISHES),
          },
        }),
  });
}
