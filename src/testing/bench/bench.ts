import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { inTurn, type Measured, runOnce } from './measure.ts';
import { application, createScene, PLATFORM, type Scene } from './scene.ts';

const RUNS = Number(process.env.BENCH_RUNS ?? 5);
const GROWTH = (process.env.BENCH_GROWTH ?? '1,10,50').split(',').map(Number);
const DEV = ['--env', 'dev', '--sandbox'];
const ORDINARY = 'an ordinary one';
const HOSTILE: Readonly<Record<string, string>> = {
  [ORDINARY]: application(1),
  '10 MB of keys': Array.from({ length: 500_000 }, (_, index) => `key${index}: some value`).join('\n'),
  'an alias bomb': [
    'a: &a [x, x, x, x, x, x, x, x, x, x]',
    ...'bcdefghij'
      .split('')
      .map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefghij'[index]}`).join(', ')}]`),
  ].join('\n'),
  'lists nested 100,000 deep': `a: ${'['.repeat(100_000)}`,
  'a key of 400 KB': `${'k'.repeat(400_000)}: 1`,
};
const lines: string[] = [];

function say(line = ''): void {
  lines.push(line);
  process.stdout.write(`${line}\n`);
}

const seconds = ({ medianMs }: Measured): string => (medianMs / 1000).toFixed(2);
const spread = ({ minMs, maxMs }: Measured): string => `${(minMs / 1000).toFixed(2)}–${(maxMs / 1000).toFixed(2)}`;
const memory = ({ peakMb }: Measured): string => (peakMb === undefined ? 'not told' : `${Math.round(peakMb)}`);

function row(what: string, ours: Measured, theirs: Measured, budget: string): void {
  const ratio = (ours.medianMs / theirs.medianMs).toFixed(2);
  say(
    `| ${what} | ${seconds(ours)} (${spread(ours)}) | ${memory(ours)} | ${seconds(theirs)} (${spread(theirs)}) | ${memory(theirs)} | ${ratio} | ${budget} |`,
  );
}

const [processor] = cpus();
say('# Performance');
say();
say(
  `Measured ${new Date().toISOString().slice(0, 10)} by \`npm run bench\` on ${cpus().length} × ${processor?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}, ${process.platform}.`,
);
say(
  `Whole processes; the contenders take turns and the first round is not counted. Seconds are medians of ${RUNS} runs with the least and the most; memory is the largest resident size in MB, seen every 10 ms. Ratios below 1 are in our favour.`,
);
say(
  'The application is one web service with a database and a queue; the peer is the `cdk` CLI 2.1148.1 on the same stacks and the same sandbox, with exports where we carry values.',
);
say();

const scene = await createScene(1);
try {
  await compare(scene);
} finally {
  scene.stop();
}
await growth();
await hostile();
if (process.argv.includes('--write')) {
  const page = join(import.meta.dirname, '..', '..', '..', 'docs', 'performance.md');
  writeFileSync(page, [lines.join('\n'), ...sectionsOfOthers(page)].join('\n\n').concat('\n'));
}

/** Figures of other measurements stand on the same page, each under its heading. */
function sectionsOfOthers(page: string): string[] {
  const sections = readFileSync(page, 'utf8')
    .split(/^(?=## )/m)
    .slice(1);
  return sections.filter((section) => !lines.includes(section.split('\n')[0]!)).map((section) => section.trimEnd());
}

async function compare({ directory, platform, ask, cdk }: Scene): Promise<void> {
  await platform('bootstrap', ...DEV, '--yes');
  await cdk('bootstrap', 'aws://444444444444/us-east-1');
  const first = await ask('deploy', ...DEV, '--yes');
  const firstSeconds = first.time.aws + first.time.ours;
  const theirFirst = await cdk('deploy', '--all', '--require-approval', 'never', '--concurrency', '8');

  const nothing = () => runOnce([process.execPath, '-e', '0'], { cwd: directory, env: process.env });
  const [bare, help, status] = await inTurn(RUNS * 2, [
    nothing,
    () => platform('--help'),
    () => platform('status', ...DEV),
  ]);
  say('| what | ours: s | MB | peer: s | MB | ratio | budget |');
  say('| --- | --- | --- | --- | --- | --- | --- |');
  row('`platform --help` against `node -e 0`', help!, bare!, '≤ 2');
  row('`platform status` against `node -e 0`', status!, bare!, 'none set');
  const [synth, theirSynth] = await inTurn(RUNS, [() => platform('synth', ...DEV), () => cdk('synth', '--quiet')]);
  row('`synth`', synth!, theirSynth!, '≤ 0.33');
  const [diff, theirDiff] = await inTurn(RUNS, [() => platform('diff', ...DEV), () => cdk('diff', '--all')]);
  row('`diff`, nothing changed', diff!, theirDiff!, '≤ 0.25');
  const deployWords = ['deploy', '--all', '--require-approval', 'never', '--concurrency', '8'];
  const [same, theirSame] = await inTurn(RUNS, [() => platform('deploy', ...DEV, '--yes'), () => cdk(...deployWords)]);
  row('`deploy`, nothing changed', same!, theirSame!, '≤ 0.25');
  say(
    `| first \`deploy\`, bootstrapped, one run | ${firstSeconds.toFixed(2)} | | ${(theirFirst.ms / 1000).toFixed(2)} | ${Math.round(theirFirst.peakMb ?? 0)} | ${(firstSeconds / (theirFirst.ms / 1000)).toFixed(2)} | < 30 s |`,
  );
  say();
  say(
    `Of our first deployment ${first.time.aws.toFixed(2)} s were waiting for the sandbox's CloudFormation and ${first.time.ours.toFixed(2)} s were ours.`,
  );
  say();
}

async function growth(): Promise<void> {
  say('## Growth');
  say();
  say('| services | stacks | `synth` s | `diff` s | no-op `deploy` s | MB of that |');
  say('| --- | --- | --- | --- | --- | --- |');
  for (const services of GROWTH) {
    const grown = await createScene(services);
    try {
      const { stacks } = await grown.ask('deploy', ...DEV, '--yes');
      const [synth, diff, same] = await inTurn(Math.min(RUNS, 3), [
        () => grown.platform('synth', ...DEV),
        () => grown.platform('diff', ...DEV),
        () => grown.platform('deploy', ...DEV, '--yes'),
      ]);
      say(
        `| ${services} | ${stacks.length} | ${seconds(synth!)} | ${seconds(diff!)} | ${seconds(same!)} | ${memory(same!)} |`,
      );
    } finally {
      grown.stop();
    }
  }
}

/** What a file that means harm costs before it is refused, against one that does not. */
async function hostile(): Promise<void> {
  say();
  say('## Hostile configuration');
  say();
  say('Each is refused with exit 2; `config show` of the bench application stands for comparison.');
  say();
  say('| file | s | MB |');
  say('| --- | --- | --- |');
  for (const [what, text] of Object.entries(HOSTILE)) {
    const directory = mkdtempSync(join(tmpdir(), 'bench-hostile-'));
    writeFileSync(join(directory, 'platform.yaml'), text);
    const words = [process.execPath, PLATFORM, 'config', 'show', '--env', 'dev'];
    const exitCode = what === ORDINARY ? 0 : 2;
    const [measured] = await inTurn(RUNS, [() => runOnce(words, { cwd: directory, env: process.env, exitCode })]);
    say(`| ${what} | ${seconds(measured!)} | ${memory(measured!)} |`);
  }
}
