import { expect, it } from 'vitest';
import { FAILURE_SECTIONS, failure } from '../../diagnosis/failures.ts';
import { failureProofs } from './failures-page.ts';

const all = FAILURE_SECTIONS.flatMap(([, failures]) => failures);

it('the catalogue has all of F-01 to F-150 once', () => {
  const numbers = all.map(({ id }) => Number(id.slice(2))).toSorted((a, b) => a - b);
  expect(numbers).toEqual(Array.from({ length: 150 }, (_, index) => index + 1));
  expect(failure('F-44').title).toBe('the secret does not have a key that the task is given');
  expect(() => failure('F-151')).toThrow('the catalogue has no failure F-151');
});

it('what is said to be implemented has a test, and what has none says why', () => {
  const proofs = failureProofs();
  const unproven = all.filter(({ id, notYet }) => notYet === undefined && !proofs.get(id)!.proven);
  expect(unproven.map(({ id, title }) => `${id} ${title}`)).toEqual([]);
});

it('what has a test that names it is not said to be missing', () => {
  const proofs = failureProofs();
  const built = all.filter(({ id, notYet }) => notYet !== undefined && proofs.get(id)!.proven);
  expect(built.map(({ id, notYet }) => `${id}: take away notYet: '${notYet}' in src/diagnosis/failures/`)).toEqual([]);
});

it('what is built has a scenario that makes it happen, or says why there is none', () => {
  const proofs = failureProofs();
  const wrong = all.filter(
    ({ id, notYet, noScenario }) =>
      notYet === undefined && proofs.get(id)!.scenarios.length > 0 === (noScenario !== undefined),
  );
  expect(wrong.map(({ id, title }) => `${id} ${title}`)).toEqual([]);
});
