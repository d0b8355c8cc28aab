import { invalidCombination, invalidValue, notSimulated } from './refusals.ts';

export type Engine = 'aurora-postgresql' | 'postgres';

/** Versions that aws-cdk-lib 2.276.0 lists as not deprecated (AuroraPostgresEngineVersion, PostgresEngineVersion). */
const VERSIONS: Record<Engine, Record<string, readonly number[]>> = {
  'aurora-postgresql': {
    11: [9, 21],
    12: [9, 22],
    13: [9, 16, 23],
    14: [6, 13, 15, 17, 18, 19, 20, 22],
    15: [8, 10, 12, 13, 14, 15, 17],
    16: [4, 6, 8, 9, 10, 11, 13],
    17: [4, 5, 6, 7, 9],
    18: [3, 4, 6],
  },
  postgres: {
    13: [15, 16, 18, 20, 21, 22, 23],
    14: [12, 13, 15, 17, 18, 19, 20, 21, 22],
    15: [7, 8, 10, 12, 13, 14, 15, 16, 17],
    16: [3, 4, 6, 8, 9, 10, 11, 12, 13],
    17: [2, 4, 5, 6, 7, 8, 9],
    18: [1, 2, 3],
  },
};

export const ENGINES = Object.keys(VERSIONS) as Engine[];

const DEFAULT_MAJOR = '17';

export function requireEngine(engine: string | undefined): Engine {
  if (engine === 'aurora-postgresql' || engine === 'postgres') return engine;
  if (/^(aurora-mysql|mysql|mariadb|oracle-|sqlserver-|db2-|neptune|docdb|custom-)/.test(engine ?? ''))
    throw notSimulated(`the engine ${engine}`);
  throw invalidValue(`Invalid DB engine: ${engine}`);
}

export const versionsOf = (engine: Engine): string[] =>
  Object.entries(VERSIONS[engine]).flatMap(([major, minors]) => minors.map((minor) => `${major}.${minor}`));

/** What a new database gets: the version asked for, the newest of a major version, or the default. */
export function resolveVersion(engine: Engine, version: string | undefined): string {
  const wanted = version ?? DEFAULT_MAJOR;
  if (versionsOf(engine).includes(wanted)) return wanted;
  const newest = VERSIONS[engine][wanted]?.at(-1);
  if (newest === undefined) throw invalidCombination(`Cannot find version ${version} for ${engine}`);
  return `${wanted}.${newest}`;
}

export const majorOf = (version: string): string => version.split('.')[0]!;

export const familyOf = (engine: Engine, version: string): string => `${engine}${majorOf(version)}`;

export const compareVersions = (a: string, b: string): number => a.localeCompare(b, 'en', { numeric: true });

export const upgradeTargets = (engine: Engine, version: string): string[] =>
  versionsOf(engine).filter((target) => compareVersions(target, version) > 0);

/**
 * Serverless v2 capacity: zero (pausing) and 256 from 13.15, 14.12, 15.7 and 16.3 on
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless-v2-auto-pause.html
 */
export function capacityRange(version: string): { min: number; max: number } {
  const since: Record<string, number> = { 13: 15, 14: 12, 15: 7, 16: 3 };
  const major = majorOf(version);
  const minor = Number(version.split('.')[1]);
  const canPause = Number(major) > 16 || minor >= (since[major] ?? Infinity);
  return canPause ? { min: 0, max: 256 } : { min: 0.5, max: 128 };
}
