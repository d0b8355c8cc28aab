import { AwsFault } from '../../kernel/fault.ts';
import { setShortage } from '../../services/ecs/shortages.ts';
import { QUOTAS } from '../../services/servicequotas/quotas.ts';
import { grantQuota } from '../../services/servicequotas/state.ts';
import type { Bench } from '../bench.ts';
import type { StepInput } from '../break-steps.ts';

export function fault({ of, skip, times, error, cut }: StepInput<'fault'>, { desk }: Bench): string {
  const [service, operation] = of.split(':');
  const met = error
    ? new AwsFault(error.code, error.message, error.status === undefined ? {} : { status: error.status })
    : cut === 'after'
      ? 'cut-after'
      : 'cut-before';
  desk.faults.push({
    ...(service === '*' || service === undefined ? {} : { service }),
    ...(operation === undefined ? {} : { operation }),
    ...(skip === undefined ? {} : { skip }),
    times,
    with: met,
  });
  const which = of === '*' ? 'calls' : `calls of ${of}`;
  return `${times} ${which} meet ${error?.code ?? 'a lost connection'}${skip ? ` after ${skip} that pass` : ''}`;
}

export function forgetFaults(_: StepInput<'forget-faults'>, { desk }: Bench): string {
  desk.faults.length = 0;
  return 'calls fail no more';
}

/** As RunTask and an event of a service tell it: https://github.com/sil-org/ecs-deploy/issues/277 */
const NO_CAPACITY = 'Capacity is unavailable at this time. Please try again later or in a different availability zone';

export function noCapacity({ times, zone }: StepInput<'no-capacity'>, bench: Bench): string {
  setShortage(bench, zone, { reason: NO_CAPACITY, times });
  return `Fargate has no room ${zone === '*' ? '' : `in ${zone} `}for the next ${times} requests`;
}

export function setQuota({ service, code, value }: StepInput<'set-quota'>, bench: Bench): string {
  const quota = QUOTAS.find((one) => one.service === service && one.code === code);
  if (!quota) throw new AwsFault('StepInvalid', `There is no quota ${service}/${code}`);
  grantQuota(bench, { service, code, value });
  return `the account may have ${value} of ${quota.name}`;
}
