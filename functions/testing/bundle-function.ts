import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleNode } from '../../src/process/bundle/bundle-node.ts';

const ROOT = join(import.meta.dirname, '..', '..');

export interface Bundle {
  file: string;
  remove(): void;
}

/** What Lambda gets of a function that ships, to the byte: made by what a deployment makes it with. For several processes. */
export async function bundleFunction(name: string): Promise<Bundle> {
  const folder = mkdtempSync(join(tmpdir(), `function-${name}-`));
  const files = await bundleNode({
    name,
    written: `builtin:${name}`,
    path: join(ROOT, 'functions', name, 'handler.ts'),
    root: ROOT,
    shipped: true,
    handler: 'index.handler',
    runtime: 'nodejs22',
    architecture: 'arm64',
  });
  for (const [path, content] of files) writeFileSync(join(folder, path), content);
  return { file: join(folder, 'index.mjs'), remove: () => rmSync(folder, { recursive: true, force: true }) };
}
