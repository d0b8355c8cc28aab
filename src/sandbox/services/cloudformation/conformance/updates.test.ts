import { expect, it } from 'vitest';
import { runUpdate } from './run-update.ts';
import { RECORDED_UPDATES, UPDATE_TEMPLATES } from './update-cases.ts';

it('has templates for every recorded update', () => {
  expect(Object.keys(UPDATE_TEMPLATES).sort()).toEqual(Object.keys(RECORDED_UPDATES).sort());
});

it.each(Object.keys(RECORDED_UPDATES))('answers as AWS did: %s', async (key) => {
  await runUpdate(key, UPDATE_TEMPLATES[key]!, RECORDED_UPDATES[key]!);
});
