import { existsSync } from 'node:fs';
import type { Scope } from '../../../../kernel/scope.ts';
import type { Engine } from '../../../../machine/engine.ts';
import { findImage } from '../../../ecr/find-image.ts';
import { parseManifest } from '../../../ecr/manifest.ts';
import { blobs } from '../../../ecr/state.ts';
import { parseImage } from '../../image-reference.ts';

/** Which image a container is to run, and for which processor its task is. */
interface Wanted {
  image: string;
  digest?: string | undefined;
  architecture: string;
}

/** As Linux registers emulators of other processors. */
const EMULATORS: Readonly<Record<string, string>> = {
  amd64: '/proc/sys/fs/binfmt_misc/qemu-x86_64',
  arm64: '/proc/sys/fs/binfmt_misc/qemu-aarch64',
};

/**
 * Whether the machine's engine can run an image: it has, or emulates, the processor, and there is something in the
 * image. What a registry outside the sandbox has is seen when it is pulled.
 */
export function isOnMachine(scope: Scope, { image, digest, architecture }: Wanted, engine: Engine): boolean {
  if (!emulates(engine, architecture)) return false;
  const { ecr, repository, tag } = parseImage(image);
  if (!ecr) return true;
  const registry = { world: scope.world, ...ecr };
  const row = findImage(registry, repository, { digest, tag });
  const { config } = (row && parseManifest(row.manifest)) ?? {};
  // An index speaks of images; a placeholder is a single one.
  if (!config) return row !== undefined;
  const blob = blobs.in(registry).get(`${repository}@${config.digest}`);
  if (!blob) return false;
  const labels = (JSON.parse(scope.world.blobs.get(blob.address).toString('utf8')) as ImageConfig).config?.Labels;
  return labels?.['platform.placeholder'] !== 'true';
}

interface ImageConfig {
  config?: { Labels?: Record<string, string> | null };
}

/** Engines in a virtual machine (Docker Desktop) bring their emulators along. */
const emulates = ({ facts }: Engine, architecture: string): boolean =>
  facts.architecture === architecture || process.platform !== 'linux' || existsSync(EMULATORS[architecture] ?? '');
