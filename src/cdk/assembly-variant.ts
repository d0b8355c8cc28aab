import { createHash } from 'node:crypto';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TemplateJson } from './cdk.ts';

/**
 * A cloud assembly beside the first one with another template for one stack. The template's asset is named by the hash
 * of its content, and a name that is in the bucket already is never uploaded again, so the name has to change with it.
 */
export function writeVariant(directory: string, stackId: string, template: TemplateJson): string {
  const variant = `${directory}-${stackId}-wide`;
  rmSync(variant, { recursive: true, force: true });
  cpSync(directory, variant, { recursive: true });
  const text = JSON.stringify(template, undefined, 1);
  const assets = join(variant, `${stackId}.assets.json`);
  const manifest = join(variant, 'manifest.json');
  const { files } = JSON.parse(readFileSync(assets, 'utf8')) as { files: Record<string, { source: { path: string } }> };
  const file = `${stackId}.template.json`;
  const before = Object.keys(files).find((id) => files[id]!.source.path === file)!;
  const after = createHash('sha256').update(text).digest('hex');
  for (const one of [assets, manifest]) writeFileSync(one, readFileSync(one, 'utf8').replaceAll(before, after));
  writeFileSync(join(variant, file), text);
  return variant;
}
