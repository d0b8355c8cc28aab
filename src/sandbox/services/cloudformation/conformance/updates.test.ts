import { expect, it } from 'vitest';
import { runUpdate } from './run-update.ts';
import { DIFFERENT_UPDATES, RECORDED_UPDATES, UPDATE_TEMPLATES } from './update-cases.ts';

it('has templates for every recorded update', () => {
  expect(Object.keys(UPDATE_TEMPLATES).sort()).toEqual(Object.keys(RECORDED_UPDATES).sort());
});

const equal = Object.keys(RECORDED_UPDATES).filter((key) => !(key in DIFFERENT_UPDATES));

it.each(equal)('answers as AWS did: %s', async (key) => {
  await runUpdate(key, UPDATE_TEMPLATES[key]!, RECORDED_UPDATES[key]!);
});

it.each(Object.keys(DIFFERENT_UPDATES))('still answers otherwise: %s', async (key) => {
  await expect(runUpdate(key, UPDATE_TEMPLATES[key]!, RECORDED_UPDATES[key]!)).rejects.toThrow();
});
