import type { Session } from '../../context.ts';
import { evidenceOf } from '../../diagnosis/shown-evidence.ts';
import type { Problem } from '../../errors/problem.ts';
import type { PreparedRelease } from '../deploy/prepare-release.ts';

const UNITS_PER_VCPU = 1024;
/** New accounts were met with 4 and 6; below this a look is a call for nothing. */
const NEVER_LESS = 2;
/** https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
const CODE = 'L-3032A538';

/**
 * Whether the account may run as many vCPUs on Fargate as the services want, and as a rollout of them all needs for a
 * while (F-56): known before a deployment waits for tasks that ECS never places. Others in the account are not counted,
 * so that what is said is the least that is missing.
 */
export async function vcpuProblems(
  { aws, target }: Pick<Session, 'aws' | 'target'>,
  { plan, settings }: Pick<PreparedRelease, 'plan' | 'settings'>,
): Promise<Problem[]> {
  const stacksThat = (...actions: string[]) =>
    new Set(plan.stacks.flatMap(({ id, action }) => (actions.includes(action) ? [id] : [])));
  // Only what runs already needs room for old and fresh tasks side by side.
  const rolled = stacksThat('update');
  const all = Object.entries(settings.services).map(([name, { cpu, scaling, deployment }]) => {
    const steady = (cpu / UNITS_PER_VCPU) * scaling.min;
    return { steady, peak: rolled.has(`service-${name}`) ? (steady * deployment.maxPercent) / 100 : steady };
  });
  const steady = all.reduce((sum, one) => sum + one.steady, 0);
  const peak = all.reduce((sum, one) => sum + Math.max(one.steady, one.peak), 0);
  if (stacksThat('create', 'recreate', 'update').size === 0 || peak <= NEVER_LESS) return [];
  const quota = await aws.quotas.value('fargate', CODE);
  if (quota === undefined || peak <= quota) return [];
  const isEnough = steady <= quota;
  return [
    {
      rule: 'F-56',
      severity: isEnough ? 'warning' : 'error',
      path: 'services',
      message: isEnough
        ? `A rollout of all services needs ${peak} vCPUs on Fargate for a while, where account ${target.account} may run ${quota}: it would wait for room`
        : `The services need ${steady} vCPUs on Fargate, where account ${target.account} may run ${quota}`,
      remedy: `aws service-quotas request-service-quota-increase --service-code fargate --quota-code ${CODE} --desired-value ${Math.ceil(peak)} --region ${target.region}; or smaller or fewer tasks, or a lower deployment.maxPercent`,
      evidence: [evidenceOf('servicequotas:GetServiceQuota', `Quota[${CODE}].Value`, quota)],
    },
  ];
}
