import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

/**
 * The last word on a run of the tests:
 *
 *     node src/testing/second-look.ts <results.json of vitest> <what stray-errors.ts wrote> <its exit code>
 *
 * Where a few files failed they are run once more, alone: two cores that run a sandbox, its functions and a database
 * server for each of two tests can starve a process that another waits for. What passes then counts as passed and is
 * named, so that nobody takes it for steady. More failures than that are no matter of the machine.
 */
const MOST_FILES = 4;

interface Results {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: { name: string; status: string; assertionResults: { status: string; fullName: string }[] }[];
}

const read = (path: string): Results => JSON.parse(readFileSync(path, 'utf8'));
const say = (line: string) => process.stdout.write(`${line}\n`);

const [path = '', straysPath = '', exitCode = ''] = process.argv.slice(2);
const run = read(path);
const strays: string[] = JSON.parse(readFileSync(straysPath, 'utf8'));
const failedFiles = run.testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
const files = [...new Set([...failedFiles, ...strays])].map((name) => (name === '' ? '' : relative('', name)));
let status = Number(exitCode);
let failed = run.numFailedTests;

if (status !== 0 && files.length > 0 && files.length <= MOST_FILES && !files.includes('')) {
  say(`Once more, alone: ${files.join(', ')}`);
  const second = `${path}.second.json`;
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${second}`];
  status =
    spawnSync('npx', ['vitest', 'run', '--maxWorkers=1', ...reporters, ...files], { stdio: 'inherit' }).status ?? 1;
  failed = read(second).numFailedTests;
  const stillFailing = new Set(failuresOf(read(second)));
  for (const title of failuresOf(run)) if (!stillFailing.has(title)) say(`passed only when run again, alone: ${title}`);
  if (status === 0) for (const file of strays) say(`no stray error when run again, alone: ${relative('', file)}`);
}
say(`${run.numPassedTests + run.numFailedTests - failed} passed, ${failed} failed, ${run.numPendingTests} skipped`);
process.exitCode = status;

function failuresOf({ testResults }: Results): string[] {
  return testResults.flatMap(({ assertionResults }) =>
    assertionResults.filter((result) => result.status === 'failed').map(({ fullName }) => fullName),
  );
}
