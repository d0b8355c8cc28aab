import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..', '..');
const RESULTS = join(ROOT, 'docs', 'reliability.json');
const PAGE = join(ROOT, 'docs', 'reliability.md');

/** One scene under one kind of interruption, every point of it. */
export interface SceneResult {
  /** `crash: a first deployment`. */
  name: string;
  points: number;
  /** Points that the run did not come to: it made fewer such calls than the one that was counted. */
  notMet: number;
  /** `<point>: <what went wrong>`. */
  wrong: string[];
  commit: string;
  /** ISO 8601, the day alone. */
  date: string;
  /** Real minutes. */
  minutes: number;
}

/** What is on record. */
export const readResults = (): SceneResult[] => (existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : []);

/** Puts one scene on record, in place of what was known of it, and writes the page anew. */
export function record(result: SceneResult): void {
  const others = readResults().filter(({ name }) => name !== result.name);
  const all = [...others, result].sort((a, b) => (a.name < b.name ? -1 : 1));
  writeFileSync(RESULTS, `${JSON.stringify(all, undefined, 2)}\n`);
  writeFileSync(PAGE, pageOf(all));
}

function pageOf(all: readonly SceneResult[]): string {
  const sum = (of: (result: SceneResult) => number) => all.reduce((total, result) => total + of(result), 0);
  const wrong = all.flatMap(({ name, wrong: of }) => of.map((what) => `* ${name}, ${what}`));
  return `# Reliability

What happens to a command that is killed, or that meets a fault, at any of its calls to AWS. Written by
\`npm run test:crash\`, scene by scene; every run of the tests takes a sample of the same points.

* **crash**: the process is killed before a call is served, or when it is done and not yet answered: at every call that
  changes something, and at the first and last call of every kind of read. Then the command is typed again. It has to
  end with 0, and the account has to hold what it holds after an uninterrupted run, ids and times aside.
* **fault**: a call is throttled, fails inside AWS, is lost, loses its answer, or meets an expired token. The command
  has to end with 0, or, with the expired token, with 4 and a way on; typed again it has to end as above.

| scene | points | not met again | wrong | commit | date | minutes |
| --- | --- | --- | --- | --- | --- | --- |
${all.map(rowOf).join('\n')}
| **all** | ${sum(({ points }) => points)} | ${sum(({ notMet }) => notMet)} | ${wrong.length} | | | ${sum(({ minutes }) => minutes)} |

"Not met again" are points whose run made fewer such calls than the one that was counted, and so was not interrupted.
${wrong.length === 0 ? '' : `\n## Wrong\n\n${wrong.join('\n')}\n`}`;
}

const rowOf = ({ name, points, notMet, wrong, commit, date, minutes }: SceneResult): string =>
  `| ${name} | ${points} | ${notMet} | ${wrong.length} | ${commit} | ${date} | ${minutes} |`;
