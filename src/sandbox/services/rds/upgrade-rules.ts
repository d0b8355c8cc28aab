import { compareVersions, type Engine, majorOf, resolveVersion } from './engines.ts';
import { invalidCombination } from './refusals.ts';

/** The version after a modification; refuses the way back, and a new major version that was not asked for by flag. */
export function upgradedVersion(
  engine: Engine,
  before: string,
  input: { EngineVersion?: string | undefined; AllowMajorVersionUpgrade?: boolean | undefined },
): string {
  // A major version alone means "that one": it is no request for a newer minor version.
  if (input.EngineVersion === undefined || input.EngineVersion === majorOf(before)) return before;
  const after = resolveVersion(engine, input.EngineVersion);
  if (compareVersions(after, before) < 0)
    throw invalidCombination(`Cannot upgrade ${engine} from ${before} to ${after}`);
  if (majorOf(after) !== majorOf(before) && !input.AllowMajorVersionUpgrade)
    throw invalidCombination(
      'The AllowMajorVersionUpgrade flag must be present when upgrading to a new major version.',
    );
  return after;
}
