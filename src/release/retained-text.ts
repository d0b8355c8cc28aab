import type { Retained } from './destroy-plan.ts';

/** One line of what stays: what, why, and what it costs as far as that is known. */
export function costText({ id, type, reason, monthlyCost }: Retained): string {
  const cost =
    monthlyCost === null
      ? ''
      : monthlyCost === 0
        ? ', costs less than a cent a month'
        : `, about $${monthlyCost.toFixed(2)} a month`;
  return `${id} (${type}): ${reason}${cost}`;
}
