import { expect, it } from 'vitest';
import { synthesize } from '../testing/synthesize.ts';
import { wholeSettings } from '../testing/whole-settings.ts';

const { texts } = synthesize(wholeSettings());

/** A tripwire: a changed logical id here is a replaced resource at everybody's. */
it.each(Object.keys(texts))('keeps the template of %s as it was', async (id) => {
  await expect(`${texts[id]}\n`).toMatchFileSnapshot(`__snapshots__/${id}.json`);
});
