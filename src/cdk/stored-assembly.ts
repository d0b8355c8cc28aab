import { rmSync } from 'node:fs';
import { buildStoredApp, type StoredStack } from '../../infra/stored-app.ts';

/** A cloud assembly of templates that are there already. What lay in the folder goes. */
export function writeStored(directory: string, stacks: readonly StoredStack[], qualifier: string): void {
  rmSync(directory, { recursive: true, force: true });
  buildStoredApp(stacks, { outdir: directory, qualifier }).synth();
}
