import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { PlatformError } from '../../errors/platform-error.ts';
import { type Processor, processorOf } from './binary-format.ts';
import type { BundleFiles, FunctionSource } from './bundle-functions.ts';
import { findPackage, type PackageFile, PLATFORM, readPackage } from './packages-as-they-are.ts';

/** Files of packages that stay folders, and of all that they need, as `node_modules` beside the bundle. */
export function filesOf(packages: ReadonlySet<string>, source: FunctionSource): BundleFiles {
  const files: BundleFiles = new Map();
  const placed = new Map<string, string>();
  for (const folder of [...packages].sort()) place(folder, 'node_modules', { files, placed, source });
  return files;
}

interface Work {
  files: BundleFiles;
  /** Folder of the package at each place in the bundle. */
  placed: Map<string, string>;
  source: FunctionSource;
}

/** Puts a package where Node.js finds it, one version for all as far as that goes. */
function place(folder: string, into: string, work: Work): void {
  const { files, placed, source } = work;
  const { name = '', ...facts } = readPackage(folder);
  const top = join('node_modules', name);
  const spot = (placed.get(top) ?? folder) === folder ? top : join(into, name);
  if (placed.get(spot) === folder) return;
  placed.set(spot, folder);
  const own = readFolder(folder);
  if (name === '@prisma/client') for (const [path, content] of generatedClient(folder)) files.set(path, content);
  checkBinaries(name, name === '@prisma/client' ? generatedClient(folder) : own, source);
  for (const [path, content] of own) files.set(join(spot, path), content);
  checkPlatform(name, facts, folder, source);
  for (const dependency of Object.keys({ ...facts.dependencies, ...facts.optionalDependencies }).sort()) {
    const found = findPackage(dependency, folder);
    // An optional one may be missing, and those of other platforms do nothing there.
    if (found && fits(readPackage(found), source)) place(found, join(spot, 'node_modules'), work);
  }
}

const cpuOf = ({ architecture }: FunctionSource): Processor => (architecture === 'arm64' ? 'arm64' : 'x64');

/** https://docs.npmjs.com/cli/configuring-npm/package-json#os */
function fits({ os, cpu, libc }: PackageFile, source: FunctionSource): boolean {
  const allows = (list: string[] | undefined, value: string) =>
    !list || (list.some((one) => !one.startsWith('!')) ? list.includes(value) : !list.includes(`!${value}`));
  return allows(os, 'linux') && allows(cpu, cpuOf(source)) && allows(libc, 'glibc');
}

/** Packages with one build per platform have that of the machine they were installed on, and no other (F-103). */
function checkPlatform(
  name: string,
  { optionalDependencies = {} }: PackageFile,
  folder: string,
  source: FunctionSource,
) {
  const wanted = Object.keys(optionalDependencies).filter(
    (one) => PLATFORM.test(one) && !one.includes('musl') && one.includes(`linux-${cpuOf(source)}`),
  );
  if (wanted.length > 0 && !wanted.some((one) => findPackage(one, folder))) throw otherPlatform(name, source);
}

function checkBinaries(name: string, files: BundleFiles, source: FunctionSource): void {
  const made = [...files].flatMap(([path, content]) => (path.endsWith('.node') ? [processorOf(content)] : []));
  if (made.length > 0 && !made.includes(cpuOf(source))) throw otherPlatform(name, source);
}

function otherPlatform(name: string, source: FunctionSource): PlatformError {
  const cpu = cpuOf(source);
  return new PlatformError({
    id: 'function-platform',
    kind: 'failed',
    message: `functions.${source.name}: ${name} is installed for another platform, and the function runs on Linux for ${cpu}`,
    remedy: `npm install --os=linux --cpu=${cpu} --libc=glibc ${name}, beside what is installed; or write architecture: ${source.architecture === 'arm64' ? 'x86_64' : 'arm64'}`,
  });
}

/** Prisma generates its client beside the package: https://www.prisma.io/docs/orm/prisma-client */
function generatedClient(folder: string): BundleFiles {
  const generated = join(dirname(dirname(folder)), '.prisma');
  const files: BundleFiles = new Map();
  if (!existsSync(generated)) return files;
  for (const [path, content] of readFolder(generated)) files.set(join('node_modules', '.prisma', path), content);
  return files;
}

/** Everything in a folder but the packages below it, links that lead out of it left out. */
function readFolder(folder: string): BundleFiles {
  const files: BundleFiles = new Map();
  const root = realpathSync(folder);
  const walk = (at: string) => {
    for (const name of readdirSync(at).sort()) {
      const path = join(at, name);
      const stat = lstatSync(path);
      if (stat.isDirectory()) {
        if (name !== 'node_modules') walk(path);
      } else if (stat.isFile()) files.set(relative(root, path), readFileSync(path));
    }
  };
  walk(root);
  return files;
}
