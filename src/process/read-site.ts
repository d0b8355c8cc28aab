import { createHash } from 'node:crypto';
import { type Dirent, existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

export interface SiteFile {
  /** Path in the folder, with `/`. */
  key: string;
  path: string;
  bytes: number;
  /** As S3's ETag of an object that is written at once. */
  md5: string;
}

/** The files of a folder, by name; undefined when it is not there. Links are left out: they may lead anywhere. */
export async function readSite(folder: string): Promise<SiteFile[] | undefined> {
  if (!existsSync(folder)) return undefined;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: SiteFile[] = [];
  for (const path of entries.filter((entry) => entry.isFile()).map(pathOf)) {
    const content = await readFile(path);
    const key = relative(folder, path).split(sep).join('/');
    files.push({ key, path, bytes: content.length, md5: createHash('md5').update(content).digest('hex') });
  }
  return files.sort((a, b) => (a.key < b.key ? -1 : 1));
}

const pathOf = (entry: Dirent): string => join(entry.parentPath, entry.name);

export const contentOf = ({ path }: SiteFile): Promise<Buffer> => readFile(path);
