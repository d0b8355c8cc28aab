import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../../context.ts';
import { isTracked } from '../../process/git.ts';
import { onPath } from '../../process/on-path.ts';
import { PLUGIN_PAGE, pluginVersion } from '../../process/session-plugin.ts';

/** Where a program lies; undefined when none of PATH's folders has it. */
export const programOnPath = (name: string, { variables }: Pick<Context, 'variables'>): Promise<string | undefined> =>
  onPath(name, variables);

export const sessionPlugin = async ({ variables }: Pick<Context, 'variables'>) => ({
  version: await pluginVersion(variables),
  page: PLUGIN_PAGE,
});

export interface EnvFileLook {
  /** Beside platform.yaml. */
  path: string;
  /** Permission bits, `0644`; absent where the system has none. */
  mode?: string;
  /** Other users of this machine can read it. */
  openToOthers: boolean;
  /** Git keeps it; undefined outside a repository and without git. */
  tracked: boolean | undefined;
}

/** Examples are for everybody to read, and lie in git. */
const EXAMPLE = /\.(example|sample|template|dist|schema)$/;

/** The files beside platform.yaml that hold secrets: `.env` and `.env.<anything>`. Only looked at, never read. */
export async function envFiles(root: string): Promise<EnvFileLook[]> {
  const names = (await readdir(root)).filter((name) => /^\.env(\.|$)/.test(name) && !EXAMPLE.test(name)).sort();
  const looked = await Promise.all(
    names.map(async (path): Promise<EnvFileLook[]> => {
      const found = await stat(join(root, path));
      if (!found.isFile()) return [];
      const tracked = await isTracked(root, path).catch(() => undefined);
      // Windows has no such bits.
      if (process.platform === 'win32') return [{ path, openToOthers: false, tracked }];
      const bits = found.mode & 0o777;
      return [{ path, mode: bits.toString(8).padStart(4, '0'), openToOthers: (bits & 0o077) !== 0, tracked }];
    }),
  );
  return looked.flat();
}
