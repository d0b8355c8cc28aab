import { expect } from 'vitest';
import type { Deployable } from './deployable.ts';

/** What one group of `deploy --preflight` says, and that nothing was changed for it. */
export async function preflightGroup(project: Deployable, id: string, flags = '--env dev') {
  project.forget();
  const run = await project.platform(`deploy ${flags} --preflight --json`);
  expect(project.writes()).toEqual([]);
  return run.json().groups.find(({ group }: { group: string }) => group === id);
}
