import { expect, it } from 'vitest';
import { SCENES } from './scenes.ts';

it('tells every scene from the others by the beginning of its name, by which a run over all points chooses it', () => {
  const beginnings = SCENES.map(({ name }) => name.slice(0, 30));
  const taken = beginnings.filter((one) => SCENES.filter(({ name }) => name.startsWith(one)).length > 1);
  expect(taken).toEqual([]);
});
