import { StopServiceDeploymentCommand } from '@aws-sdk/client-ecs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { answerOf } from '../../../testing/answer-of.ts';
import { setBehaviour } from './runtime/behaviours.ts';
import { shiftScene } from './shift-scene.ts';

const BROKEN = 'public.ecr.aws/shop/broken:1';
const CONFIGURATIONS = [
  { strategy: 'BLUE_GREEN' as const, bakeTimeInMinutes: 5 },
  {
    strategy: 'CANARY' as const,
    bakeTimeInMinutes: 3,
    canaryConfiguration: { canaryPercent: 10, canaryBakeTimeInMinutes: 4 },
  },
  {
    strategy: 'LINEAR' as const,
    bakeTimeInMinutes: 0,
    linearConfiguration: { stepPercent: 30, stepBakeTimeInMinutes: 2 },
  },
];

const acts = fc.array(
  fc.oneof(
    fc.record({ do: fc.constant('wait' as const), seconds: fc.integer({ min: 1, max: 600 }) }),
    fc.constantFrom({ do: 'good' as const }, { do: 'bad' as const }, { do: 'stop' as const }, { do: 'scale' as const }),
  ),
  { minLength: 2, maxLength: 7 },
);

it('whatever is begun, stopped, scaled or fails in between, requests go to healthy tasks and come to rest where they run', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...CONFIGURATIONS), acts, async (configuration, sequence) => {
      const scene = await shiftScene();
      setBehaviour(scene.scope, BROKEN, { exit: { code: 1, afterMs: 1_000 } });
      await scene.begun({ ...configuration, deploymentCircuitBreaker: { enable: true, rollback: true } });
      const lit = async () => {
        const shares = await scene.shares();
        expect(shares[0] + shares[1]).toBe(100);
        for (const [index, group] of [scene.blue, scene.green].entries())
          if (shares[index]! > 0) expect(await scene.healthy(group)).toBeGreaterThan(0);
        return shares;
      };
      let wished = 2;
      for (const act of sequence) {
        if (act.do === 'wait') await scene.advance(act.seconds * 1000);
        if (act.do === 'good') await scene.update({ taskDefinition: await scene.register() });
        if (act.do === 'bad') {
          const taskDefinition = await scene.register({ containerDefinitions: [{ image: BROKEN }] });
          await scene.update({ taskDefinition });
        }
        if (act.do === 'scale') {
          wished = 5 - wished;
          await scene.update({ desiredCount: wished });
        }
        if (act.do === 'stop') {
          const { serviceDeploymentArn } = await scene.latest();
          // One that is over, or on its way back, is refused.
          await answerOf(scene.ecs.send(new StopServiceDeploymentCommand({ serviceDeploymentArn })));
        }
        await lit();
      }
      await scene.settle();
      const shares = await lit();
      const serving = [scene.blue, scene.green].filter((_, index) => shares[index]! > 0);
      expect(serving).toHaveLength(1);
      expect(await scene.healthy(serving[0]!)).toBe(wished);
      const { runningCount, deployments } = await scene.service();
      expect({ runningCount, states: deployments!.map(({ rolloutState }) => rolloutState) }).toEqual({
        runningCount: wished,
        states: ['COMPLETED'],
      });
      await scene.close();
    }),
    { numRuns: 15 },
  );
});
