import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { PlatformError } from '../../errors/platform-error.ts';
import { processorOf } from '../bundle/binary-format.ts';

/** Unzipped: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
const MOST_BYTES = 262_144_000;

export interface ReadCode {
  code: { directory: string; hash: string };
  architecture: 'arm64' | 'x86_64';
}

/**
 * A folder of finished code, by its content. Its binaries say which processor it runs on; where there are none, it is
 * the cheaper one.
 */
export async function readCode(owner: string, directory: string): Promise<ReadCode> {
  if (!existsSync(directory)) throw codeMissing(owner, directory);
  const hash = createHash('sha256');
  const processors = new Set<string>();
  let bytes = 0;
  const walk = async (below: string): Promise<void> => {
    for (const name of (await readdir(join(directory, below))).sort()) {
      const path = below === '' ? name : `${below}/${name}`;
      const stat = await lstat(join(directory, path));
      if (stat.isDirectory()) await walk(path);
      else if (stat.isSymbolicLink()) hash.update(`\0${path}\0link ${await readlink(join(directory, path))}`);
      else if (stat.isFile()) {
        const content = await readFile(join(directory, path));
        hash.update(`\0${path}\0${content.length}\0`).update(content);
        bytes += content.length;
        if (path.endsWith('.node')) processors.add(processorOf(content) ?? 'another system');
      }
    }
  };
  await walk('');
  if (bytes > MOST_BYTES) throw codeTooLarge(owner, directory, bytes);
  const fits = [...processors].find((one) => one === 'arm64' || one === 'x64');
  // A package may bring binaries for several; one that fits is enough, none is not (F-103).
  if (processors.size > 0 && fits === undefined) throw codeForOthers(owner, directory);
  const architecture = processors.has('arm64') || fits === undefined ? 'arm64' : 'x86_64';
  return { code: { directory, hash: hash.digest('hex') }, architecture };
}

const codeMissing = (owner: string, directory: string) =>
  new PlatformError({
    id: 'open-next-incomplete',
    kind: 'failed',
    message: `${owner}: OpenNext's output names ${directory}, which is not there`,
    remedy: `platform site build ${owner.replace('sites.', '')} builds it anew`,
  });

const codeTooLarge = (owner: string, directory: string, bytes: number) =>
  new PlatformError({
    id: 'open-next-large',
    kind: 'failed',
    message: `${owner}: ${directory} has ${Math.round(bytes / 1024 ** 2)} MiB, and Lambda takes 250 unzipped`,
    remedy:
      'leave out what it does not need (outputFileTracingExcludes in next.config), or split it (functions in open-next.config.ts)',
  });

const codeForOthers = (owner: string, directory: string) =>
  new PlatformError({
    id: 'open-next-platform',
    kind: 'failed',
    message: `${owner}: the binaries in ${directory} are for another system than Linux, on which Lambda runs`,
    remedy:
      'Prisma: binaryTargets = ["linux-arm64-openssl-3.0.x"] in its schema; other packages: npm install --os=linux --cpu=arm64 --libc=glibc <package>; then build again',
  });
