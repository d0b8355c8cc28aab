import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a change that cannot succeed cost, in virtual seconds. */
export interface Verdict {
  scenario: string;
  failure: string;
  /** `before`: nothing was changed, because it was known. `mended`: the deployment put it in order by itself. */
  ours: Course | 'before' | 'mended';
  theirs: Course;
  /** Whether the command's output names the failure. */
  oursNames: boolean;
  /** The sentence of the cdk CLI. */
  theirsSays: string;
}

/** From the first evidence in AWS; null where that never came. */
export interface Course {
  givenUp: number | null;
  end: number | null;
}

export const VERDICTS = join(import.meta.dirname, 'verdicts.json');
const PAGE = join(import.meta.dirname, '..', '..', '..', 'docs', 'performance.md');
const HEADING = '## Seconds to the verdict';

/** The part of docs/performance.md about it. */
export function verdictText(): string {
  const { measured, speed, verdicts } = JSON.parse(readFileSync(VERDICTS, 'utf8')) as {
    measured: string;
    speed: number;
    verdicts: Verdict[];
  };
  const shown = (seconds: number | null) => (seconds === null ? '—' : String(Math.round(seconds)));
  const course = (one: Verdict['ours']) =>
    typeof one === 'string' ? `${one} | ${one}` : `${shown(one.givenUp)} | ${shown(one.end)}`;
  const rows = verdicts.map(
    ({ scenario, failure, ours, theirs, theirsSays }) =>
      `| ${scenario} (${failure}) | ${course(ours)} | ${course(theirs)} | ${sayingOf(theirsSays)} |`,
  );
  const named = verdicts.filter(({ oursNames }) => oursNames).length;
  const mended = verdicts.filter(({ ours }) => ours === 'mended').length;
  return `${HEADING}

Measured ${measured} by \`npm run bench:verdicts\`: an environment is deployed, broken by a scenario, and one variable of
its web service is changed. \`platform deploy\` and the \`cdk\` CLI 2.1148.1 get the same synthesized app, with the
parameters that are in force, each on a copy of the same sandbox at ${speed} virtual seconds per real one.

Seconds are virtual, AWS's own, read from the sandbox's clock: from the first evidence in AWS (a task of the service that
stopped, a target that is unhealthy, a task that is not placed) until the change is given up, and until the command has
ended with everything back as it was. \`before\`: nothing was changed, because a preflight knew it; \`mended\`: the
deployment put it in order by itself. Our looks come as often as at AWS, every two seconds, and later where the machine
is busy. Looks of the \`cdk\` CLI, every five real seconds, are not held against it: given up is when CloudFormation
does; it then shows AWS's whole sentence of the newest task, and its last lines, which are cut here. A health check that
fails is believed when a second task meets the same, because the first may only be slow.

| scenario | ours: given up | ours: end | cdk: given up | cdk: end | what \`cdk deploy\` says beside \`ECS Deployment Circuit Breaker was triggered\` |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}

Of ${verdicts.length} failures \`platform deploy\` names ${named} by their id with the field they were read from, and mends ${mended}.
`;
}

/** Without what every one begins with, and names that are made up anew each time. */
function sayingOf(text: string): string {
  const rest = text
    .replaceAll(/"Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'\."( · )?/g, '')
    .replaceAll(/ ?\(target-group arn:[^)]*\)?/g, '')
    .replaceAll('|', '/');
  return rest.length > 160 ? `${rest.slice(0, 160)}…` : rest;
}

/** Puts the newest numbers on the page; the other sections stay. */
export function writeVerdicts(verdicts: readonly Verdict[], speed: number): void {
  const measured = new Date().toISOString().slice(0, 10);
  writeFileSync(VERDICTS, `${JSON.stringify({ measured, speed, verdicts }, undefined, 2)}\n`);
  const sections = readFileSync(PAGE, 'utf8').split(/^(?=## )/m);
  const others = sections.filter((section) => !section.startsWith(`${HEADING}\n`)).map((section) => section.trimEnd());
  writeFileSync(PAGE, `${[...others, verdictText().trimEnd()].join('\n\n')}\n`);
}
