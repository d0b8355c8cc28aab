import { CloudWatch } from '@aws-sdk/client-cloudwatch';
import { ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { setBehaviour } from '../sandbox/services/ecs/runtime/behaviours.ts';
import type { Deployable } from '../testing/deployable.ts';
import { hasAsked, haveFailed, holdTime } from '../testing/hold-time.ts';
import {
  atStage,
  BLUE_GREEN,
  neverDark,
  ON_ALTERNATE,
  ON_PRIMARY,
  rolloutsOf,
  shiftingYaml,
  standing,
  startShifting,
  toldTraffic,
} from '../testing/shifting-service.ts';
import { ecsServices } from '../testing/two-services.ts';

const FLAGS = '--env dev --sandbox';
const DEPLOY = `deploy ${FLAGS} --yes --json`;
/** A state that lasts, whatever the machine has to do meanwhile. */
const LONG = 'rollout: { type: blue-green, bakeMinutes: 110 }';
const release = (name: string, more = BLUE_GREEN): string => `${more}, env: { RELEASE: "${name}" }`;

/** Deploys, and lets no request go to where nothing is healthy meanwhile. */
async function deployed(project: Deployable) {
  const { done, dark } = await neverDark(project, project.platform(DEPLOY));
  expect({ dark, stderr: done.exitCode === 0 ? '' : done.stderr }).toEqual({ dark: [], stderr: '' });
  return done.json();
}

describe('a service whose requests ECS moves', () => {
  it('is proven where they go, and deployed again to no change', async () => {
    const project = await startShifting();
    expect(standing(project)).toEqual(ON_ALTERNATE);
    expect(await toldTraffic(project)).toEqual(['0', '100']);
    project.forget();
    const { stacks } = await deployed(project);
    expect(stacks.filter(({ action }: { action: string }) => action !== 'none')).toEqual([]);
    expect(project.writes()).toEqual([]);

    project.configure(shiftingYaml(release('2')));
    const { services } = await deployed(project);
    expect(services).toMatchObject([{ name: 'web', running: 2, healthy: 2 }]);
    expect(standing(project)).toEqual(ON_PRIMARY);
    expect(await toldTraffic(project)).toEqual(['100', '0']);
    const { services: now } = (await project.succeed(`status ${FLAGS} --json`)).json();
    expect(now).toMatchObject([{ name: 'web', healthy: 2, rollout: 'COMPLETED' }]);
  });

  it('keeps them where its tasks are when its rule changes, alone or with a release', async () => {
    const project = await startShifting();
    project.configure(shiftingYaml(BLUE_GREEN, ', domain: shop.example.com'));
    await deployed(project);
    expect(standing(project)).toEqual(ON_ALTERNATE);

    project.configure(shiftingYaml(release('2'), ', domain: www.example.com'));
    await deployed(project);
    expect(standing(project)).toEqual(ON_PRIMARY);
    expect((await ecsServices(project)).web!.runningCount).toBe(2);
  });

  it('gets its new rule although somebody has had ECS move the requests since', async () => {
    const project = await startShifting();
    const web = (await ecsServices(project)).web!;
    await project.aws
      .client(ECSClient)
      .send(new UpdateServiceCommand({ cluster: web.clusterArn, service: web.serviceName, forceNewDeployment: true }));
    await project.aws.settle();
    expect(standing(project)).toEqual(ON_PRIMARY);
    expect(await toldTraffic(project)).toEqual(['0', '100']);
    expect(
      (await project.succeed(`diff ${FLAGS} --json`)).json().stacks.map(({ action }: { action: string }) => action),
    ).not.toContain('update');
    project.configure(shiftingYaml(BLUE_GREEN, ', domain: shop.example.com'));
    await deployed(project);
    expect(standing(project)).toEqual(ON_PRIMARY);
  });

  it('is taken back by an alarm that rings while it bakes (F-107)', async () => {
    const project = await startShifting(LONG);
    const cloudWatch = project.aws.client(CloudWatch);
    const { MetricAlarms = [] } = await cloudWatch.describeAlarms({ AlarmNamePrefix: 'demo-dev-service-web-' });
    expect(MetricAlarms).toHaveLength(2);
    const { AlarmName } = MetricAlarms[0]!;
    project.configure(shiftingYaml(release('broken', LONG)));
    const failed = await atStage(project, 'BAKE_TIME', {
      begin: () => project.platform(DEPLOY),
      act: async () => {
        expect(standing(project)).toMatchObject([{ weight: 100 }, { weight: 0 }]);
        await cloudWatch.setAlarmState({ AlarmName, StateValue: 'ALARM', StateReason: '1 datapoint [50.0]' });
      },
    });
    expect(failed.exitCode).toBe(1);
    expect(failed.json().error.details.causes[0]).toMatchObject({ id: 'F-107', certainty: 'certain' });
    expect(standing(project)).toEqual(ON_ALTERNATE);
    expect(rolloutsOf(project).at(-1)).toMatchObject({ status: 'ROLLBACK_SUCCESSFUL' });
  });

  it('is taken back at its first tasks that fail, before a request reached them', async () => {
    const project = await startShifting();
    project.configure(shiftingYaml(`${BLUE_GREEN}, command: [crash]`, ', domain: shop.example.com'));
    setBehaviour(project.aws.scope, '$ crash', { exit: { code: 1, afterMs: 1_000 } });
    await project.aws.world.setSpeed(1000);
    // Both tasks are judged before those that ECS starts in their place have ended too.
    const work = holdTime(project, DEPLOY, [
      { from: haveFailed(project, 2), until: hasAsked(project, 'cloudformation:CancelUpdateStack'), speed: 1e6 },
    ]);
    const { done, dark } = await neverDark(project, work);
    expect(done.json().error).toMatchObject({ id: 'rollout-stopped', details: { causes: [{ id: 'F-50' }] } });
    expect(dark).toEqual([]);
    expect(standing(project)).toEqual(ON_ALTERNATE);
    expect(rolloutsOf(project).at(-1)).toMatchObject({ status: 'ROLLBACK_SUCCESSFUL', lifecycleStage: 'SCALE_UP' });

    // Its rule was brought up first, and the next deployment begins with it as it is.
    project.configure(shiftingYaml(BLUE_GREEN, ', domain: shop.example.com'));
    await deployed(project);
    expect(standing(project)).toEqual(ON_ALTERNATE);
  });

  it('goes back with its requests when something else in its stack fails after they have moved', async () => {
    const project = await startShifting();
    const yaml = shiftingYaml(release('2'), ', domain: shop.example.com');
    // More than there may be at most, which only Application Auto Scaling refuses.
    const refused = 'overrides: { service-web/Scaling/Target: { properties: { MinCapacity: 50 } } }';
    project.configure(`${yaml}${refused}\n`);
    const { done, dark } = await neverDark(project, project.platform(DEPLOY));
    expect({ exitCode: done.exitCode, dark }).toEqual({ exitCode: 1, dark: [] });
    expect(done.stderr).toContain('ScalingTarget');
    expect(rolloutsOf(project).map(({ status }) => status)).toEqual(['SUCCESSFUL', 'SUCCESSFUL', 'SUCCESSFUL']);
    expect(standing(project)).toEqual(ON_ALTERNATE);
    project.configure(yaml);
    await deployed(project);
    expect(standing(project)).toEqual(ON_PRIMARY);
  });

  it('is deployed by a change set that was reviewed, but for what takes more than one', async () => {
    const project = await startShifting();
    project.configure(shiftingYaml(release('2')));
    await project.succeed(`diff ${FLAGS} --change-set one`);
    await project.succeed(`deploy ${FLAGS} --change-set one --yes`);
    expect(standing(project)).toEqual(ON_PRIMARY);
    project.configure(shiftingYaml(release('3'), ', domain: shop.example.com'));
    await project.succeed(`diff ${FLAGS} --change-set two`);
    const refused = await project.platform(`deploy ${FLAGS} --change-set two --yes --json`);
    expect(refused.json().error).toMatchObject({ id: 'change-set-not-enough' });
    expect(standing(project)).toEqual(ON_PRIMARY);
  });
});
