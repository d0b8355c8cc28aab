import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundle } from '../shared/bundle.ts';

export interface Bundle {
  file: string;
  remove(): void;
}

/** The one file that Lambda gets, for several processes. */
export async function bundleFunction(name: string): Promise<Bundle> {
  const folder = mkdtempSync(join(tmpdir(), `function-${name}-`));
  const file = join(folder, 'index.js');
  await bundle(join(import.meta.dirname, '..', name, 'handler.ts'), file);
  return { file, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
