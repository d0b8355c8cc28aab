import { expect, it } from 'vitest';
import { fidelityPages } from '../testing/docs/fidelity-page.ts';
import { SERVICES } from './services/registry.ts';

it('every service says in a page how it differs from AWS', () => {
  const pages = fidelityPages();
  expect(Object.keys(SERVICES).filter((name) => !pages.includes(name))).toEqual([]);
});
