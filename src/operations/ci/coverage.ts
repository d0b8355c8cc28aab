import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Context } from '../../context.ts';
import { COVERAGE_REPORTS, coveragePercent, readCoverage } from '../../domain/test-coverage.ts';
import { PlatformError } from '../../errors/platform-error.ts';

/** The contract of `ci coverage --json`. */
export interface CoverageOutcome {
  report: string;
  covered: number;
  total: number;
  percent: number;
  least: number;
}

/** Whether tests ran enough of the lines. Throws `coverage-too-low` where they did not. */
export async function coverage(
  { directory }: Pick<Context, 'directory'>,
  { least, report }: { least: number; report?: string },
): Promise<CoverageOutcome> {
  const paths = report === undefined ? COVERAGE_REPORTS.map(({ path }) => path) : [report];
  for (const path of paths) {
    const text = await readFile(join(directory, path), 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const found = readCoverage(text);
    if (found === undefined) throw unreadable(path);
    // Rounded down: 79.99 is not 80.
    const percent = Math.floor(coveragePercent(found) * 100) / 100;
    if (percent < least) throw tooLow(path, percent, least);
    return { report: path, ...found, percent, least };
  }
  throw noReport(paths);
}

const tooLow = (path: string, percent: number, least: number) =>
  new PlatformError({
    id: 'coverage-too-low',
    kind: 'failed',
    message: `Tests ran ${percent} % of the lines, and ${least} % are asked for (${path})`,
    remedy: 'test more of it, or lower coverage in delivery.ci.steps',
  });

const unreadable = (path: string) =>
  new PlatformError({
    id: 'coverage-unreadable',
    kind: 'failed',
    message: `${path} is no report of coverage that is known`,
    remedy: 'have it written as Clover, LCOV, Cobertura or as the JSON summary of Istanbul',
  });

const noReport = (paths: readonly string[]) =>
  new PlatformError({
    id: 'coverage-missing',
    kind: 'failed',
    message: `There is no report of coverage: ${paths.join(', ')}`,
    remedy: 'run the tests with their coverage first, or name the file with --report',
  });
