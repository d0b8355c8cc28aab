import { describe, expect, it } from 'vitest';
import { PlatformError } from '../../errors/platform-error.ts';
import { placesIn } from './fill-places.ts';
import { parseScenario, readScenario, scenarioNames } from './read-scenarios.ts';

const scenarios = scenarioNames().map(readScenario);

describe.each(scenarios.map((scenario) => [scenario.id, scenario] as const))('scenario %s', (id, scenario) => {
  it('names near-misses that are there, are of another failure, and name it in turn', () => {
    for (const name of scenario.near) {
      const other = scenarios.find((one) => one.id === name);
      expect(other, name).toBeDefined();
      expect(other!.near, name).toContain(id);
      expect(other!.failure, name).not.toBe(scenario.failure);
    }
  });

  it('says how it is known, and how it comes in order again', () => {
    const { exit } = scenario.expect;
    const steps = scenario.break.flatMap((step) => Object.keys(step));
    // Calls that fail would fail for ever.
    if (steps.includes('fault')) expect(exit === 0 || scenario.heal.length > 0).toBe(true);
  });
});

const VALID = `title: It breaks
failure: F-44
happens: Somebody does something.
break: [{ delete-role: { role: a } }]
command: platform status
expect: { exit: 1, error: some-error }
`;

describe('a scenario that is wrong', () => {
  it('is accepted when it is right', () => {
    expect(parseScenario('own', 'own.yaml', VALID)).toMatchObject({ id: 'own', when: 'deployed', near: [], fix: [] });
  });

  it.each([
    ['failure: F-44', 'failure: 44', 'failure', 3],
    ['title: It breaks', 'titel: It breaks', 'titel', 1],
    ['delete-role', 'delete-rol', 'break[0].delete-rol', 4],
    ['{ role: a }', '{ roles: a }', 'break[0].delete-role.roles', 4],
    ['[{ delete-role: { role: a } }]', '[]', 'break', 4],
    ['platform status', 'aws sts', 'command', 5],
    ['exit: 1', 'exit: yes', 'expect.exit', 6],
    ['title: It breaks', 'title: [', '', 2],
  ])('%s → %s is told at its place', (right, wrong, path, line) => {
    try {
      parseScenario('own', 'own.yaml', VALID.replace(right, wrong));
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(PlatformError);
      const { id, kind, problems } = error as PlatformError;
      expect([id, kind]).toEqual(['scenario-invalid', 'usage']);
      expect(problems.map((one) => one.path)).toContain(path);
      expect(problems.find((one) => one.path === path)!.file).toBe('own.yaml');
      expect(problems.find((one) => one.path === path)!.line).toBeLessThanOrEqual(line);
    }
  });
});

it('names in braces are found in keys and in texts', () => {
  expect(placesIn({ a: ['{env}', 'x {service.id} y'], b: { '{queue}': '{not a place}' } })).toEqual([
    'env',
    'service.id',
    'queue',
  ]);
});
