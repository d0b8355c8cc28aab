import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

// `npm run test:crash`: every point of every scene, and docs/reliability.md with what came of it.

const REPOSITORY = join(import.meta.dirname, '..', '..', '..');

interface Line {
  name: string;
  point: string;
  reached?: boolean;
  wrong?: string;
}

const folder = mkdtempSync(join(tmpdir(), 'reliability-'));
const results = join(folder, 'results.jsonl');
writeFileSync(results, '');
const startedAt = Date.now();
const { status } = spawnSync(
  process.execPath,
  [
    join(REPOSITORY, 'node_modules', 'vitest', 'vitest.mjs'),
    'run',
    'src/testing/journeys/crash.test.ts',
    'src/commands/faults.test.ts',
  ],
  {
    cwd: REPOSITORY,
    stdio: 'inherit',
    env: { ...process.env, CRASH_POINTS: 'all', FAULT_MEETINGS: 'all', RELIABILITY_RESULTS: results },
  },
);
const lines = readFileSync(results, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line): Line => JSON.parse(line));
rmSync(folder, { recursive: true });
writeFileSync(join(REPOSITORY, 'docs', 'reliability.md'), page(lines, (Date.now() - startedAt) / 60_000));
process.exitCode = status ?? 1;

function page(all: readonly Line[], minutes: number): string {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: REPOSITORY, encoding: 'utf8' }).trim();
  const names = [...new Set(all.map(({ name }) => name))].sort();
  const row = (name: string, of: readonly Line[]) =>
    `| ${name} | ${of.length} | ${of.filter(({ reached }) => reached === false).length} | ${of.filter(({ wrong }) => wrong).length} |`;
  const wrong = all.filter((line) => line.wrong);
  return `# Reliability

What happens to a command that is killed, or that meets a fault, at any of its calls to AWS. Written by
\`npm run test:crash\`; every run of the tests takes a sample of the same points.

* **crash**: the process is killed before a call is served, or when it is done and not yet answered: at every call that
  changes something, and at the first and last call of every kind of read. Then the command is typed again. It has to
  end with 0, and the account has to hold what it holds after an uninterrupted run, ids and times aside.
* **fault**: a call is throttled, fails inside AWS, is lost, loses its answer, or meets an expired token. The command
  has to end with 0, or, with the expired token, with 4 and a way on; typed again it has to end as above.

Commit ${commit}, ${new Date().toISOString().slice(0, 10)}, ${availableParallelism()} processors, ${Math.round(minutes)} minutes.

| scene | points | not met again | wrong |
| --- | --- | --- | --- |
${names
  .map((name) =>
    row(
      name,
      all.filter((line) => line.name === name),
    ),
  )
  .join('\n')}
${row('**all**', all)}

"Not met again" are points whose run made fewer such calls than the one that was counted, and so was not interrupted.
${wrong.length === 0 ? '' : `\n## Wrong\n\n${wrong.map((line) => `* ${line.name}, ${line.point}: ${line.wrong!.replace(/\s+/g, ' ').slice(0, 300)}`).join('\n')}\n`}`;
}
