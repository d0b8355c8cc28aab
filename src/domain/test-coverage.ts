/** Lines that tests ran, of all there are. */
export interface Coverage {
  covered: number;
  total: number;
}

type Reading = (text: string) => Coverage | undefined;

/**
 * What test runners leave behind, in the order of looking. Jest and Vitest write the first two unless told otherwise
 * (https://jestjs.io/docs/configuration#coveragereporters-arraystring--string-options, https://vitest.dev/config/coverage),
 * coverage.py the last when it is asked for XML.
 */
export const COVERAGE_REPORTS: readonly { path: string; read: Reading }[] = [
  { path: 'coverage/clover.xml', read: readClover },
  { path: 'coverage/lcov.info', read: readLcov },
  { path: 'coverage/coverage-summary.json', read: readSummary },
  { path: 'coverage.xml', read: readCobertura },
];

/** Any report, by what it looks like. */
export function readCoverage(text: string): Coverage | undefined {
  for (const { read } of COVERAGE_REPORTS) {
    const found = read(text);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** A share of nothing is whole: what has no lines misses none. */
export const coveragePercent = ({ covered, total }: Coverage): number => (total === 0 ? 100 : (covered / total) * 100);

/** The metrics of the project stand before those of its files. Its statements are what it has for lines. */
function readClover(text: string): Coverage | undefined {
  const metrics = /<project\b[^>]*>\s*<metrics\b([^>]*)>/.exec(text)?.[1];
  if (metrics === undefined) return undefined;
  return counted(/\bcoveredstatements="(\d+)"/.exec(metrics)?.[1], /\bstatements="(\d+)"/.exec(metrics)?.[1]);
}

function readLcov(text: string): Coverage | undefined {
  const sum = (key: string) =>
    [...text.matchAll(new RegExp(`^${key}:(\\d+)\\s*$`, 'gm'))].reduce((all, [, count]) => all + Number(count), 0);
  return /^LF:\d+/m.test(text) ? { covered: sum('LH'), total: sum('LF') } : undefined;
}

function readSummary(text: string): Coverage | undefined {
  try {
    const { covered, total } = JSON.parse(text).total.lines;
    return counted(String(covered), String(total));
  } catch {
    return undefined;
  }
}

function readCobertura(text: string): Coverage | undefined {
  const root = /<coverage\b([^>]*)>/.exec(text)?.[1] ?? '';
  return counted(/\blines-covered="(\d+)"/.exec(root)?.[1], /\blines-valid="(\d+)"/.exec(root)?.[1]);
}

const counted = (covered: string | undefined, total: string | undefined): Coverage | undefined =>
  /^\d+$/.test(covered ?? '') && /^\d+$/.test(total ?? '')
    ? { covered: Number(covered), total: Number(total) }
    : undefined;
