import { DescribeTaskDefinitionCommand, ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, it } from 'vitest';
import { breakLock, lookAtLock } from '../release/lock.ts';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { targetGroups } from '../sandbox/services/elasticloadbalancing/state.ts';
import type { Deployable } from '../testing/deployable.ts';
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
import { stateObjects } from '../testing/state-objects.ts';
import { ecsServices } from '../testing/two-services.ts';

const FLAGS = '--env dev --sandbox';
const DEPLOY = `deploy ${FLAGS} --yes --json`;
const LONG = 'rollout: { type: blue-green, bakeMinutes: 110 }';
const EXPIRED = new AwsFault('ExpiredTokenException', 'The security token included in the request is expired');

/** Runs a command that has to succeed, and lets no request go to where nothing is healthy meanwhile. */
async function lit(project: Deployable, words: string) {
  const { done, dark } = await neverDark(project, project.platform(words));
  expect({ dark, stderr: done.exitCode === 0 ? '' : done.stderr }).toEqual({ dark: [], stderr: '' });
  return done;
}

/** What the service gives its container. */
async function variables(project: Deployable) {
  const { taskDefinition } = (await ecsServices(project)).web!;
  const ecs = project.aws.client(ECSClient);
  const described = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition }));
  return described.taskDefinition!.containerDefinitions![0]!.environment!.map(({ name, value }) => `${name}=${value}`);
}

it('rollback moves requests to the tasks of the release before, whichever group these join', async () => {
  const project = await startShifting();
  project.configure(shiftingYaml(`${BLUE_GREEN}, env: { RELEASE: "2" }`, ', domain: shop.example.com'));
  await lit(project, DEPLOY);
  expect(standing(project)).toEqual(ON_PRIMARY);
  expect(await variables(project)).toContain('RELEASE=2');
  await lit(project, `rollback ${FLAGS} --yes --json`);
  expect(standing(project)).toEqual(ON_ALTERNATE);
  expect(await toldTraffic(project)).toEqual(['0', '100']);
  expect(await variables(project)).not.toContain('RELEASE=2');
});

it('redeploy changes sides and tells CloudFormation; scale, pause and resume stay where they are', async () => {
  const project = await startShifting();
  const { services } = (await lit(project, `redeploy web ${FLAGS} --yes --json`)).json();
  expect(services).toMatchObject([{ name: 'web', settled: true, running: 2, healthy: 2 }]);
  expect(standing(project)).toEqual(ON_PRIMARY);
  expect(await toldTraffic(project)).toEqual(['100', '0']);
  await project.succeed(`scale web 3 ${FLAGS} --yes`);
  expect(standing(project)).toEqual([
    { weight: 100, healthy: 3 },
    { weight: 0, healthy: 0 },
  ]);
  await project.succeed(`pause web ${FLAGS} --yes`);
  await project.succeed(`resume web ${FLAGS} --yes`);
  expect(standing(project)).toMatchObject([{ weight: 100, healthy: 3 }, { weight: 0 }]);
});

it('deploy run again after it was killed in the middle ends where it would have, and doctor finds nothing', async () => {
  const project = await startShifting(LONG);
  project.configure(shiftingYaml(`${LONG}, env: { RELEASE: "2" }`));
  const cut = await atStage(project, 'BAKE_TIME', {
    begin: () => project.platform(DEPLOY),
    act: () => {
      project.aws.faults.push({ service: 'cloudformation', skip: 0, times: 1_000, with: EXPIRED });
    },
  });
  expect(cut.exitCode).toBe(4);
  project.aws.faults.length = 0;
  const place = { objects: stateObjects(project.aws), environment: 'dev', now: Date.now };
  const held = await lookAtLock(place);
  if (held) await breakLock(place, held);
  const { services } = (await lit(project, DEPLOY)).json();
  expect(services).toMatchObject([{ name: 'web', running: 2, healthy: 2 }]);
  expect(standing(project)).toEqual(ON_PRIMARY);
  expect(await toldTraffic(project)).toEqual(['100', '0']);
  expect(rolloutsOf(project)).toHaveLength(2);
  const { checks } = (await project.platform(`doctor ${FLAGS} --json`)).json();
  const ill = checks.filter(({ status }: { status: string }) => status === 'problem' || status === 'unknown');
  expect(ill).toEqual([]);
});

it('Ctrl-C while it bakes takes the requests back', async () => {
  const project = await startShifting(LONG);
  const first = (await ecsServices(project)).web!.taskDefinition;
  project.configure(shiftingYaml(`${LONG}, env: { RELEASE: "2" }`));
  let press: () => void = () => {};
  let said = '';
  const run = await atStage(project, 'BAKE_TIME', {
    begin: () =>
      project.platform(DEPLOY, {
        during: (interrupt) => {
          press = interrupt;
        },
        hear: (stderr) => {
          said = stderr;
        },
      }),
    act: async () => {
      while (!said.includes('waiting for alarms')) await new Promise((turn) => setImmediate(turn));
      press();
      // Nothing ends by itself while the cancelling is on its way, however slow this machine is.
      while (!project.asked().includes('cloudformation:CancelUpdateStack'))
        await new Promise((turn) => setImmediate(turn));
    },
  });
  expect(run.exitCode).toBe(1);
  expect(run.stderr).toContain('waiting for alarms with all requests moved, 100% of the requests');
  expect(project.asked()).toContain('ecs:StopServiceDeployment');
  expect(standing(project)).toEqual(ON_ALTERNATE);
  expect((await ecsServices(project)).web!.taskDefinition).toBe(first);
});

it('comes from rolling and goes back with the same service and no request lost', async () => {
  const project = await startShifting('');
  const before = (await ecsServices(project)).web!;
  project.configure(shiftingYaml(`${BLUE_GREEN}, env: { RELEASE: "2" }`));
  await lit(project, DEPLOY);
  const moved = (await ecsServices(project)).web!;
  expect(moved.serviceArn).toBe(before.serviceArn);
  expect(moved.deploymentConfiguration).toMatchObject({ strategy: 'BLUE_GREEN', bakeTimeInMinutes: 5 });
  expect(standing(project)).toEqual(ON_PRIMARY);

  await lit(project, `redeploy web ${FLAGS} --yes --json`);
  expect(standing(project)).toEqual(ON_ALTERNATE);
  project.configure(shiftingYaml('env: { RELEASE: "3" }'));
  await lit(project, DEPLOY);
  const back = (await ecsServices(project)).web!;
  expect(back.serviceArn).toBe(before.serviceArn);
  expect(back.loadBalancers).toEqual(before.loadBalancers);
  expect(back.deploymentConfiguration?.strategy).toBe('ROLLING');
  expect(standing(project)).toEqual([{ weight: 1, healthy: 2 }]);
  expect(targetGroups.in(project.aws.scope).values()).toHaveLength(1);
  const { stacks } = (await lit(project, DEPLOY)).json();
  expect(stacks.filter(({ action }: { action: string }) => action !== 'none')).toEqual([]);
});

it('recover tells a stack again where its requests go, when that failed before', async () => {
  const project = await startShifting();
  const { clusterArn: cluster, serviceName: service } = (await ecsServices(project)).web!;
  await project.aws.client(ECSClient).send(new UpdateServiceCommand({ cluster, service, forceNewDeployment: true }));
  await project.aws.settle();
  expect(standing(project)).toEqual(ON_PRIMARY);
  const groups = targetGroups.in(project.aws.scope);
  const { loadBalancers = [] } = (await ecsServices(project)).web!;
  const alternate = groups.get(loadBalancers[0]!.advancedConfiguration!.alternateTargetGroupArn!)!;
  groups.delete(alternate.TargetGroupArn);
  project.configure(shiftingYaml(BLUE_GREEN, ', domain: shop.example.com'));
  const failed = await project.platform(DEPLOY);
  expect(failed.json().error).toMatchObject({
    id: 'traffic-not-told',
    remedy: expect.stringContaining('recover service-web'),
  });
  groups.put(alternate.TargetGroupArn, alternate);
  const { after, steps } = (await lit(project, `recover service-web ${FLAGS} --yes --json`)).json();
  expect(steps).toMatchObject([{ do: 'tell-traffic', class: 'AUTO' }, { do: 'prove' }]);
  expect(after).toBe('UPDATE_COMPLETE');
  expect(await toldTraffic(project)).toEqual(['100', '0']);
  await lit(project, DEPLOY);
  expect(standing(project)).toEqual(ON_PRIMARY);
});

it('recover takes shares that ECS has written for no difference, and makes a lost rule again with its requests', async () => {
  const project = await startShifting();
  const web = (await ecsServices(project)).web!;
  await project.aws
    .client(ECSClient)
    .send(new UpdateServiceCommand({ cluster: web.clusterArn, service: web.serviceName, forceNewDeployment: true }));
  await project.aws.settle();
  const idle = (await lit(project, `recover service-web ${FLAGS} --yes --json`)).json();
  expect({ steps: idle.steps, reconcile: idle.reconcile }).toEqual({ steps: [], reconcile: [] });
  expect(standing(project)).toEqual(ON_PRIMARY);

  const { productionListenerRule: RuleArn } = web.loadBalancers![0]!.advancedConfiguration!;
  await project.aws.client(ElasticLoadBalancingV2).deleteRule({ RuleArn });
  const { steps, reconcile } = (await project.succeed(`recover service-web ${FLAGS} --yes --json`)).json();
  expect(steps).toMatchObject([{ do: 'restore' }, { do: 'prove' }]);
  expect(reconcile.filter((text: string) => text.includes('differs'))).toEqual([]);
  const now = standing(project);
  expect(now.filter(({ weight, healthy }) => weight === 100 && healthy === 2)).toHaveLength(1);
  expect(await toldTraffic(project)).toEqual(now.map(({ weight }) => String(weight)));
  await lit(project, DEPLOY);
});

it('refuses what would make its rule or its target groups anew', async () => {
  const project = await startShifting();
  project.forget();
  project.configure(shiftingYaml(BLUE_GREEN).replace('port: 8080', 'port: 9090'));
  const { exitCode, json } = await project.platform(DEPLOY);
  expect(exitCode).toBe(1);
  expect(json().error).toMatchObject({ id: 'traffic-route-replaced' });
  expect(standing(project)).toEqual(ON_ALTERNATE);
});

it.each([
  ['canary', 'CANARY'],
  ['linear', 'LINEAR'],
])('a %s rollout ends with everything on the new tasks, and destroy leaves nothing of it', async (type, strategy) => {
  const how = `rollout: { type: ${type}, percent: 40, minutes: 5, bakeMinutes: 5 }`;
  const project = await startShifting(how);
  project.configure(shiftingYaml(`${how}, env: { RELEASE: "2" }`));
  await lit(project, DEPLOY);
  expect(standing(project)).toEqual(ON_PRIMARY);
  expect(rolloutsOf(project).at(-1)).toMatchObject({ status: 'SUCCESSFUL', deploymentConfiguration: { strategy } });
  await project.succeed(`destroy ${FLAGS} --yes --confirm dev/environment`);
  expect(targetGroups.in(project.aws.scope).values()).toEqual([]);
});

it('rollback leads from moved requests back to tasks that replace each other, and no request is lost', async () => {
  const project = await startShifting('');
  project.configure(shiftingYaml(`${BLUE_GREEN}, env: { RELEASE: "2" }`));
  await lit(project, DEPLOY);
  await lit(project, `redeploy web ${FLAGS} --yes`);
  expect(standing(project)).toEqual(ON_ALTERNATE);
  await lit(project, `rollback ${FLAGS} --yes`);
  expect(standing(project)).toEqual([{ weight: 1, healthy: 2 }]);
  expect(await variables(project)).not.toContain('RELEASE=2');
});

/** Cut off at so many starts of an update; each step of the way there and back is a state to go on from. */
it.each([2, 3, 4])(
  'a change of the rollout that is cut off in step %i is brought to its end by the next deployment',
  async (step) => {
    const project = await startShifting('');
    const cutOff = async (yaml: string) => {
      project.configure(yaml);
      project.aws.faults.push({ operation: 'ExecuteChangeSet', skip: step - 1, times: 1_000, with: EXPIRED });
      const { done, dark } = await neverDark(project, project.platform(DEPLOY));
      expect({ exitCode: done.exitCode, dark }).toEqual({ exitCode: 4, dark: [] });
      project.aws.faults.length = 0;
      const place = { objects: stateObjects(project.aws), environment: 'dev', now: Date.now };
      const held = await lookAtLock(place);
      if (held) await breakLock(place, held);
      await lit(project, DEPLOY);
    };
    await cutOff(shiftingYaml(`${BLUE_GREEN}, env: { RELEASE: "2" }`));
    expect(standing(project)).toEqual(ON_PRIMARY);
    await cutOff(shiftingYaml('env: { RELEASE: "3" }'));
    expect(standing(project)).toEqual([{ weight: 1, healthy: 2 }]);
  },
);
