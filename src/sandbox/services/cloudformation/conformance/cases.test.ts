import { expect, it } from 'vitest';
import { actAsOf } from '../as-of.ts';
import { stackScene } from '../stack-scene.ts';
import { CASES } from './all-cases.ts';
import { RECORDINGS } from './recordings.ts';
import { UPDATE_TEMPLATES } from './update-cases.ts';

it('has one row for each recorded case, and none besides', () => {
  expect([...Object.keys(CASES), ...Object.keys(UPDATE_TEMPLATES)].sort()).toEqual(Object.keys(RECORDINGS).sort());
});

const runnable = Object.entries(CASES).flatMap(([key, each]) => ('run' in each ? [[key, each.run] as const] : []));

it.each(runnable)('answers as AWS did: %s', async (key, run) => {
  const scene = await stackScene();
  actAsOf(scene.sandbox.world, RECORDINGS[key]![0]);
  await run(scene);
});
