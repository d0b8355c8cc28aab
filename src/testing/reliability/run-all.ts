import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readResults, record } from './results.ts';
import { SCENES } from './scenes.ts';

// `npm run test:crash [-- --missing] [-- <part of a scene's name>]`: every point of every scene, and docs/reliability.md
// with what came of it. Each scene is put on record when it is over, so that a run can be ended and taken up again with
// `--missing`: what is on record is then left out.

const REPOSITORY = join(import.meta.dirname, '..', '..', '..');
const KINDS = { crash: 'src/testing/journeys/crash.test.ts', fault: 'src/commands/faults.test.ts' } as const;
type Kind = keyof typeof KINDS;

interface Line {
  point: string;
  reached?: boolean;
  wrong?: string;
}

const words = process.argv.slice(2);
const onlyMissing = words.includes('--missing');
const part = words.find((word) => !word.startsWith('--')) ?? '';
const known = onlyMissing ? readResults().map(({ name }) => name) : [];
const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { cwd: REPOSITORY, encoding: 'utf8' }).trim();
const wanted = SCENES.map(({ name }) => name).filter((name) => name.includes(part));

// Both kinds side by side: crashes wait for processes, faults for this one.
const ends = await Promise.all((Object.keys(KINDS) as Kind[]).map(runKind));
process.exitCode = ends.every(Boolean) ? 0 : 1;

async function runKind(kind: Kind): Promise<boolean> {
  let good = true;
  for (const scene of wanted) {
    const name = `${kind}: ${scene}`;
    if (known.includes(name)) continue;
    const startedAt = Date.now();
    const { passed, lines } = await runScene(kind, scene);
    good &&= passed;
    // Without a line nothing was tried: vitest has said why, and there is nothing to put on record.
    if (lines.length === 0) continue;
    record({
      name,
      points: lines.length,
      notMet: lines.filter(({ reached }) => reached === false).length,
      wrong: lines.flatMap(({ point, wrong }) =>
        wrong ? [`${point}: ${wrong.replace(/\s+/g, ' ').slice(0, 300)}`] : [],
      ),
      commit,
      date: new Date().toISOString().slice(0, 10),
      minutes: Math.round((Date.now() - startedAt) / 60_000),
    });
  }
  return good;
}

async function runScene(kind: Kind, scene: string): Promise<{ passed: boolean; lines: Line[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'reliability-'));
  const results = join(folder, 'results.jsonl');
  writeFileSync(results, '');
  const vitest = join(REPOSITORY, 'node_modules', 'vitest', 'vitest.mjs');
  // vitest puts a space before names that stand in no group, quotes around what fills them in, and cuts it at 40 characters.
  const named = `^ ?'?${scene.slice(0, 30)}`;
  const child = spawn(process.execPath, [vitest, 'run', KINDS[kind], '-t', named], {
    cwd: REPOSITORY,
    stdio: 'inherit',
    env: { ...process.env, CRASH_POINTS: 'all', FAULT_MEETINGS: 'all', RELIABILITY_RESULTS: results },
  });
  const status = await new Promise<number | null>((end) => child.on('close', end));
  const lines = readFileSync(results, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): Line => JSON.parse(line));
  rmSync(folder, { recursive: true });
  return { passed: status === 0, lines };
}
