import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Sample {
  /** Wall time of the whole process. */
  ms: number;
  /** Peak resident memory of the process itself, without its children; undefined where the system does not tell. */
  peakMb?: number;
}

export interface Measured {
  medianMs: number;
  minMs: number;
  maxMs: number;
  peakMb?: number;
}

const SAMPLE_EVERY_MS = 10;

/** Runs a program once, without a terminal; another exit code than expected is an error with what it said. */
export function runOnce(
  words: readonly string[],
  { cwd, env, exitCode = 0 }: { cwd: string; env: NodeJS.ProcessEnv; exitCode?: number },
): Promise<Sample> {
  return new Promise((resolve, reject) => {
    const startedAt = performance.now();
    const child = spawn(words[0]!, words.slice(1), { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    let peakKb: number | undefined;
    const look = setInterval(() => {
      peakKb = highWater(child.pid!) ?? peakKb;
    }, SAMPLE_EVERY_MS);
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (said += chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      clearInterval(look);
      const ms = performance.now() - startedAt;
      if (code !== exitCode) reject(new Error(`${words.join(' ')} exited with ${code}\n${said}`));
      else resolve({ ms, ...(peakKb === undefined ? {} : { peakMb: peakKb / 1024 }) });
    });
  });
}

/** Linux keeps the highest resident size of a process; what happens after the last look is missed. */
function highWater(pid: number): number | undefined {
  try {
    const line = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return line ? Number(line[1]) : undefined;
  } catch {
    return undefined;
  }
}

export function summary(samples: readonly Sample[]): Measured {
  const times = samples.map(({ ms }) => ms).sort((a, b) => a - b);
  const peaks = samples.flatMap(({ peakMb }) => (peakMb === undefined ? [] : [peakMb]));
  return {
    medianMs: times[Math.floor(times.length / 2)]!,
    minMs: times[0]!,
    maxMs: times.at(-1)!,
    ...(peaks.length > 0 ? { peakMb: Math.max(...peaks) } : {}),
  };
}

/** A B A B …, so that a machine that gets slower does so for both; the first round is not counted. */
export async function inTurn(runs: number, contenders: readonly (() => Promise<Sample>)[]): Promise<Measured[]> {
  const samples: Sample[][] = contenders.map(() => []);
  for (let round = 0; round <= runs; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      const sample = await contender();
      if (round > 0) samples[index]!.push(sample);
    }
  }
  return samples.map(summary);
}
