import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { readScenario, scenarioNames } from '../../operations/scenarios/read-scenarios.ts';
import { checkedIn, measure, type Observation, RESULTS } from './measure.ts';
import { proveScenario } from './prove-scenario.ts';

const names = scenarioNames();
const observations: Observation[] = [];

describe('every scenario', () => {
  it.each(names.map((name) => [readScenario(name).failure, name] as const))(
    '%s %s: is told for what it is, and brought in order again',
    async (_, name) => {
      observations.push(await proveScenario(name));
    },
  );

  it('was found so when the results were written: WRITE_RESULTS=1 writes them anew', ({ skip }) => {
    if (process.env.WRITE_RESULTS) writeFileSync(RESULTS, `${JSON.stringify(withNewest(), undefined, 2)}\n`);
    skip(observations.length < names.length, 'only some scenarios were run');
    expect(checkedIn()).toEqual(observations);
    expect(measure(checkedIn())).toMatchObject({ recall: 1 });
  });
});

/** What was run now, and of the others what was found last. */
function withNewest(): Observation[] {
  const before = checkedIn();
  return names.flatMap((name) => [...observations, ...before].find(({ scenario }) => scenario === name) ?? []);
}
