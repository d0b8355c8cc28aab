import type { SizeAdvice, SizeAdviceOutcome } from './advise-sizes.ts';

const WORDS = {
  smaller: 'could be smaller',
  larger: 'should be larger',
  fits: 'fits',
  'too-little': 'cannot be told yet',
};

export function adviceText({ environment, days, advice }: SizeAdviceOutcome): string {
  if (advice.length === 0) return `${environment} has no function, service or database whose size could be judged`;
  return [
    `${environment}, by what was used in ${days} days; nothing is changed:`,
    ...advice.flatMap((one) => [
      `  ${one.path} ${WORDS[one.verdict]}${suggestion(one)}`,
      `      ${one.why}`,
      ...one.evidence.map((read) => `      ${read}`),
    ]),
  ].join('\n');
}

function suggestion({ suggested, now, monthly }: SizeAdvice): string {
  if (!suggested) return '';
  const changes = Object.entries(suggested)
    .filter(([field, value]) => now[field] !== value)
    .map(([field, value]) => `${field} ${now[field]} → ${value}`);
  const price =
    monthly === null ? '' : `, about $${Math.abs(monthly).toFixed(2)} a month ${monthly < 0 ? 'less' : 'more'}`;
  return `: ${changes.join(', ')}${price}`;
}
