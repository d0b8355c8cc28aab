import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What decides what templates look like and how they are deployed. */
const PACKAGES = ['aws-cdk-lib', '@aws-cdk/toolkit-lib', 'constructs'];

/** Versions by name. Packages are looked at, not loaded. */
export function versions(verbose: boolean): Record<string, string> {
  const own = { platform: versionAbove(import.meta.dirname, 'platform') };
  if (!verbose) return own;
  return {
    ...own,
    node: process.versions.node,
    ...Object.fromEntries(
      PACKAGES.map((name) => [name, versionAbove(dirname(fileURLToPath(import.meta.resolve(name))), name)]),
    ),
  };
}

/** The version in the package.json of that name in the folder or above it. */
function versionAbove(folder: string, name: string): string {
  const found = readPackage(folder);
  if (found?.name === name && found.version) return found.version;
  if (folder === dirname(folder)) return 'unknown';
  return versionAbove(dirname(folder), name);
}

function readPackage(folder: string): { name?: string; version?: string } | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  } catch {
    return undefined;
  }
}
