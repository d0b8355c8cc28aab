import { expect, it, onTestFinished } from 'vitest';
import { prepareCrash } from '../reliability/crash.ts';
import { runPoints, seedOr } from '../reliability/run-points.ts';
import { SCENES } from '../reliability/scenes.ts';

const SEED = seedOr(21_388);
/** Of each scene; `npm run test:crash` kills at every point. */
const extent = { few: 3, asked: process.env.CRASH_POINTS, seed: SEED };
const HOURS = 4 * 3_600_000;

it.each(SCENES)(
  `$name, killed at some of its calls (CRASH_SEED=${SEED}), ends the same when it is typed again`,
  { timeout: HOURS },
  async (scene) => {
    const crash = await prepareCrash(scene);
    onTestFinished(() => crash.close());
    const attempt = crash.killAt;
    const { tried, wrong } = await runPoints(crash.points, extent, {
      name: `crash: ${scene.name}`,
      beside: 2,
      attempt,
    });
    expect(tried).toBeGreaterThan(0);
    expect(wrong.map((verdict) => `${verdict.point}: ${verdict.wrong}`)).toEqual([]);
  },
);
