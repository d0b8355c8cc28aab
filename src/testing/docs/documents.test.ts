import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, it } from 'vitest';
import { DOCUMENTS } from './documents.ts';

const root = resolve(import.meta.dirname, '../../..');

it.each(DOCUMENTS)('$path is what `npm run docs` writes', async ({ path, content }) => {
  expect(readFileSync(resolve(root, path), 'utf8') === (await content()), `${path} is old: npm run docs`).toBe(true);
});
