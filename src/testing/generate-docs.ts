import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { DOCUMENTS } from './docs/documents.ts';

const root = resolve(import.meta.dirname, '../..');

for (const { path, content } of DOCUMENTS) {
  const file = resolve(root, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, await content());
}
