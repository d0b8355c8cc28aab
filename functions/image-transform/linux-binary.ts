import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

/** The two packages with machine code that sharp loads on x86-64 Linux with glibc, which is what Lambda@Edge is. */
export const NATIVE = ['@img/sharp-linux-x64', '@img/sharp-libvips-linux-x64'] as const;

/**
 * The folder of `node_modules` that holds them: our own where this machine is such a Linux, else one that npm fills.
 * npm is told for which system, and the lock file for which bytes; no container and no compiler is needed.
 */
export async function linuxBinary(lockFolder: string, cacheFolder: string, own = ownModules()): Promise<string> {
  const { dependencies } = JSON.parse(await readFile(join(lockFolder, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  if (own !== undefined && (await holds(own, dependencies))) return own;

  const kept = join(cacheFolder, ['sharp-linux-x64', ...NATIVE.map((name) => dependencies[name])].join('-'));
  const modules = join(kept, 'node_modules');
  if (await holds(modules, dependencies)) return modules;

  await mkdir(cacheFolder, { recursive: true });
  const filling = await mkdtemp(join(cacheFolder, 'filling-'));
  try {
    await cp(lockFolder, filling, { recursive: true });
    await install(filling);
    await rm(kept, { recursive: true, force: true });
    // Another process may have been quicker; what it made has the same bytes.
    await rename(filling, kept).catch(async (error: Error) => {
      if (!(await holds(modules, dependencies))) throw error;
    });
  } finally {
    await rm(filling, { recursive: true, force: true });
  }
  return modules;
}

async function holds(modules: string, versions: Record<string, string>): Promise<boolean> {
  const found = await Promise.all(
    NATIVE.map(async (name) => {
      const text = await readFile(join(modules, name, 'package.json'), 'utf8').catch(() => '{}');
      return (JSON.parse(text) as { version?: string }).version === versions[name];
    }),
  );
  return found.every(Boolean);
}

async function install(folder: string): Promise<void> {
  const args = ['ci', '--os=linux', '--cpu=x64', '--libc=glibc', '--ignore-scripts', '--prefer-offline'];
  const windows = process.platform === 'win32';
  await promisify(execFile)(windows ? 'npm.cmd' : 'npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: folder,
    shell: windows,
  }).catch((error: Error & { stderr?: string }) => {
    throw new Error(`npm could not fetch sharp for Linux on x86-64: ${error.stderr?.trim() || error.message}`);
  });
}

/** Where our own sharp has its machine code, if it has any for this system. */
function ownModules(): string | undefined {
  try {
    const beside = createRequire(createRequire(import.meta.url).resolve('sharp'));
    return dirname(dirname(dirname(beside.resolve('@img/sharp-linux-x64/package'))));
  } catch {
    return undefined;
  }
}

/** The root of an installed package, found from a file inside or outside of it. */
export async function packageRoot(name: string, from: string): Promise<string> {
  let folder = dirname(createRequire(from).resolve(name));
  while (!(await isRootOf(folder, name))) {
    if (folder === dirname(folder)) throw new Error(`${name} is not installed`);
    folder = dirname(folder);
  }
  return folder;
}

async function isRootOf(folder: string, name: string): Promise<boolean> {
  const file = join(folder, 'package.json');
  if (!(await stat(file).catch(() => undefined))) return false;
  return (JSON.parse(await readFile(file, 'utf8')) as { name?: string }).name === name;
}
