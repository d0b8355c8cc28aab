import { expect, it } from 'vitest';
import { callPoints } from '../testing/reliability/call-points.ts';
import { FAULTS, type FaultKind, prepareFaults } from '../testing/reliability/faults.ts';
import { runPoints, seedOr } from '../testing/reliability/run-points.ts';
import { SCENES } from '../testing/reliability/scenes.ts';

const SEED = seedOr(20_261_129);
/** Of each scene; `npm run test:crash` meets every fault at every point. */
const extent = { few: 3, asked: process.env.FAULT_MEETINGS, seed: SEED };
const HOURS = 4 * 3_600_000;

it.each(SCENES)(
  `$name, with a fault of the network or of AWS at some of its calls (CRASH_SEED=${SEED}), retries or says how to go on`,
  { timeout: HOURS },
  async (scene) => {
    const faulty = await prepareFaults(scene);
    const meetings = callPoints(faulty.calls)
      .filter(({ moment }) => moment === 'before')
      .flatMap((point) => (Object.keys(FAULTS) as FaultKind[]).map((kind) => ({ point, kind })));
    const { tried, wrong } = await runPoints(meetings, extent, {
      name: `fault: ${scene.name}`,
      beside: 1,
      attempt: ({ point, kind }) => faulty.meet(point, kind),
    });
    expect(tried).toBeGreaterThan(0);
    expect(wrong.map((verdict) => `${verdict.point}: ${verdict.wrong}`)).toEqual([]);
  },
);
