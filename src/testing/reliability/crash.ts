import { rmSync } from 'node:fs';
import { type CallPoint, callPoints, pointText } from './call-points.ts';
import { difference } from './difference.ts';
import { endState } from './end-state.ts';
import type { Scene } from './scene.ts';
import { Stage } from './stage.ts';

/** How a command that was killed, and typed again, came out. */
export interface Verdict {
  point: string;
  /** False: this run made fewer such calls and was not killed. */
  reached: boolean;
  /** What is not as after an uninterrupted run; absent: nothing. */
  wrong?: string;
}

export interface Crash {
  readonly scene: Scene;
  readonly points: readonly CallPoint[];
  /** Kills the command at the point, types it again, and compares with how an uninterrupted run ends. */
  killAt(point: CallPoint): Promise<Verdict>;
  close(): void;
}

/** Runs a scene once without interruption, to know its calls and its end. */
export async function prepareCrash(scene: Scene): Promise<Crash> {
  const prepared = await Stage.prepare(scene);
  const stage = await Stage.copy(prepared);
  const { ended, calls } = await stage.callsOf(scene.words);
  if (ended.exitCode !== 0) throw new Error(`${scene.name} ends with ${ended.exitCode}: ${ended.stderr}`);
  const end = await endOf(stage);
  await stage.close();
  return {
    scene,
    points: callPoints(calls),
    killAt: async (point) => {
      const copy = await Stage.copy(prepared);
      try {
        const killed = await copy.run(scene.words, point);
        const again = await copy.run(scene.words);
        const wrong =
          again.exitCode === 0
            ? difference(end, await endOf(copy))
            : `typed again it ends with ${again.exitCode ?? 'no exit code'}:\n${again.stderr}`;
        return { point: pointText(point), reached: killed.exitCode === null, ...(wrong ? { wrong } : {}) };
      } finally {
        await copy.close();
      }
    },
    close: () => rmSync(prepared, { recursive: true, force: true }),
  };
}

async function endOf(stage: Stage): Promise<unknown> {
  await stage.sandbox.world.settle();
  return endState(stage.connection());
}
