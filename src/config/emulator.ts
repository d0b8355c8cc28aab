import { emulatorOfImage } from '../domain/emulators.ts';
import type { DeclaredEnvironment, File } from './file.ts';

/** Where an environment of kind `local` lives. */
export interface Emulated {
  emulator?: NonNullable<DeclaredEnvironment['emulator']>;
  endpoint?: string;
}

/**
 * What the environment says itself, else what `local.emulator` starts, else the sandbox, which is there on every machine.
 * A bare endpoint stays bare: nobody has said what answers there.
 */
export function emulatorOf({ kind, endpoint, emulator }: DeclaredEnvironment, local: File['local']): Emulated {
  if (kind !== 'local' || endpoint !== undefined)
    return { ...(emulator && { emulator }), ...(endpoint !== undefined && { endpoint }) };
  const started = local.emulator;
  const chosen = emulator ?? (started ? emulatorOfImage(started.image) : 'sandbox');
  const own = started !== undefined && chosen !== 'sandbox' && chosen !== 'aws';
  return { ...(chosen && { emulator: chosen }), ...(own && { endpoint: `http://127.0.0.1:${started.port}` }) };
}
