import { readScenario, scenarioNames } from './read-scenarios.ts';

/** The contract of `sandbox scenarios --json`. */
export interface ListedScenario {
  id: string;
  failure: string;
  title: string;
  when: 'deployed' | 'undeployed';
  happens: string;
  aws: { says: string; source: string }[];
  near: string[];
  /** What a person types then; names in braces are filled by `sandbox break`. */
  command: string;
}

/** All scenarios, by the number of their failure. */
export function listScenarios(): ListedScenario[] {
  return scenarioNames()
    .map(describeScenario)
    .sort((a, b) => numberOf(a) - numberOf(b) || a.id.localeCompare(b.id, 'en'));
}

/** All about one; throws `scenario-unknown`. */
export function describeScenario(name: string): ListedScenario {
  const { id, failure, title, when, happens, aws, near, command } = readScenario(name);
  return { id, failure, title, when, happens, aws, near, command };
}

const numberOf = ({ failure }: ListedScenario): number => Number(failure.slice(2));
