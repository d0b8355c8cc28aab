import { checkedIn, measure } from '../scenarios/measure.ts';

const percent = (part: number): string => `${Math.round(100 * part)} %`;

/** The part of `docs/failures.md` about what the scenarios have shown. */
export function scenarioText(): string {
  const { scenarios, failures, precision, recall, pairs, confused } = measure(checkedIn());
  const rows = confused.map(({ failure, named, times }) => `| ${failure} | ${named} | ${times} |`);
  return `## Scenarios

\`platform sandbox break\` makes ${scenarios} scenarios of ${failures} failures happen; a test types what a person would type in each
(\`src/testing/scenarios/\`). ${pairs} pairs of them look alike and have different causes. Of the failures that were named
${percent(precision)} were there, of those that were there ${percent(recall)} were named.

${
  rows.length === 0
    ? 'No failure was named that was not there.'
    : `Named beside, or in place of, the one that was there:

| there was | named was | times |
| --- | --- | --- |
${rows.join('\n')}`
}`;
}
