import type { Waiver } from '../project.ts';
import { parsePath, type ValuePath } from '../value-path.ts';

export interface CompiledWaiver extends Waiver {
  /** Undefined for a path that cannot be understood, which covers nothing. */
  covered?: ValuePath;
}

export const compileWaivers = (waivers: readonly Waiver[]): CompiledWaiver[] =>
  waivers.map((waiver) => ({ ...waiver, covered: waiver.path === undefined ? [] : parsePath(waiver.path) }));

/** A waiver for `databases.main` covers everything inside. */
export function waives(
  waiver: CompiledWaiver,
  rule: string,
  environment: string | undefined,
  path: ValuePath,
): boolean {
  if (waiver.rule !== rule) return false;
  if (waiver.environment !== undefined && waiver.environment !== environment) return false;
  return waiver.covered?.every((step, index) => String(step) === String(path[index])) ?? false;
}
