import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, normalize, sep } from 'node:path';
import type { World } from '../../../kernel/world.ts';
import { readZip } from '../zip.ts';

/** Unpacks an archive once, into a folder named for it; an entry that leads out of it is left out. */
export function unpack(blob: string, code: string, world: World): string {
  const folder = join(code, blob);
  if (existsSync(folder)) return folder;
  const draft = `${folder}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  for (const entry of readZip(world.blobs.get(blob)) ?? []) {
    const file = normalize(join(draft, entry.name));
    if (!file.startsWith(draft + sep)) continue;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, entry.bytes(), { mode: entry.mode | 0o400 });
  }
  renameSync(draft, folder);
  return folder;
}
