import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readScenario } from '../../operations/scenarios/read-scenarios.ts';

/** What a command said of a scenario: the failures that it named, and the one that it should have. */
export interface Observation {
  scenario: string;
  failure: string;
  /** A scenario that is over without harm is known by what is said of it, and names no failure. */
  passes: boolean;
  found: string[];
}

export interface Measure {
  scenarios: number;
  /** Entries of the catalogue that have a scenario. */
  failures: number;
  /** Of the failures that were named, the part that was there. */
  precision: number;
  /** Of the failures that were there, the part that was named. */
  recall: number;
  /** Pairs of scenarios that look alike and have different causes. */
  pairs: number;
  /** What was there against what was named, how often; only what was named of another failure than the one there. */
  confused: { failure: string; named: string; times: number }[];
}

/** The file that a run of every scenario writes. */
export const RESULTS = join(import.meta.dirname, 'results.json');

export const checkedIn = (): Observation[] => JSON.parse(readFileSync(RESULTS, 'utf8'));

/** Precision and recall of the diagnosis over all scenarios, which are each other's near-misses. */
export function measure(observations: readonly Observation[]): Measure {
  const told = observations.filter(({ passes }) => !passes);
  const named = told.flatMap(({ failure, found }) => found.map((one) => ({ failure, named: one })));
  const right = named.filter((one) => one.failure === one.named).length;
  const wrong = Map.groupBy(
    named.filter((one) => one.failure !== one.named),
    (one) => `${one.failure} ${one.named}`,
  );
  const pairs = new Set(
    observations.flatMap(({ scenario }) =>
      readScenario(scenario).near.map((near) => [scenario, near].sort().join(' ')),
    ),
  );
  return {
    scenarios: observations.length,
    failures: new Set(observations.map(({ failure }) => failure)).size,
    precision: named.length === 0 ? 1 : right / named.length,
    recall: told.length === 0 ? 1 : right / told.length,
    pairs: pairs.size,
    confused: [...wrong.values()].map((all) => ({ ...all[0]!, times: all.length })),
  };
}
