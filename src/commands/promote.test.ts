import { randomBytes } from 'node:crypto';
import { CloudWatchClient, DescribeAlarmsCommand, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { type Deployable, smallYaml, startDeployable } from '../testing/deployable.ts';
import { pushImage } from '../testing/push-image.ts';

const YAML = `project: demo
network: { nat: none }
services:
  web: { image: { context: . }, command: [serve], port: 8080, health: { path: / }, http: { certificate: none, insecure: true } }
environments:
  dev: { kind: dev, account: "111111111111" }
  staging: { kind: staging, account: "111111111111" }
delivery:
  promotion: [{ to: dev, on: "push:main" }, { to: staging, on: dispatch }]
`;

const DEV = '--env dev --sandbox';
const STAGING = '--env staging --sandbox';

const runs = async (project: Deployable, flags: string) =>
  (await project.succeed(`status ${flags} --json`)).json().services[0]?.digest;

describe('promote', () => {
  it('S4-125: copies what runs in dev by digest, deploys staging with it, and says what it looked at; again it changes nothing', async () => {
    const project = await startDeployable({ yaml: YAML });
    await project.succeed(`image init ${DEV} --yes`);
    // More than one piece of a layer, so that pieces are put together in their order.
    const text = randomBytes(6 * 1024 * 1024).toString('hex');
    const { digest } = await pushImage(project.aws, { repository: 'demo-dev-web', tag: 'one', text, index: true });
    await project.succeed(`deploy ${DEV} --yes --image web=one`);
    expect(await runs(project, DEV)).toBe(digest);

    const seen = (await project.succeed(`promote ${STAGING} --dry-run --json`)).json();
    expect(seen).toMatchObject({ from: 'dev', to: 'staging', images: { web: digest }, deployment: null });
    expect((await project.succeed(`status ${STAGING} --json`)).json().stacks).toEqual([]);
    expect(await project.platform(`promote ${STAGING}`)).toMatchObject({ exitCode: 2 });

    const outcome = (await project.succeed(`promote ${STAGING} --yes --json`)).json();
    expect(outcome.checks.map(({ id }: { id: string }) => id)).toEqual(['runs', 'smoke', 'alarms']);
    expect(outcome.deployment).toMatchObject({ environment: 'staging', services: [{ name: 'web', running: 1 }] });
    expect(await runs(project, STAGING)).toBe(digest);
    const again = (await project.succeed(`promote ${STAGING} --yes --json`)).json();
    expect(new Set(again.deployment.stacks.map(({ action }: { action: string }) => action))).toEqual(new Set(['none']));
  });

  it('S4-125: promotes nothing of an environment whose alarm rings, and leaves the next as it is', async () => {
    const yaml = `${smallYaml('queues: { jobs: {} }\nobservability: { alarms: true, alarmEmails: [ops@example.com] }')}delivery: { promotion: [{ to: dev, on: dispatch }, { to: prod, on: "after:dev" }] }\n`;
    const project = await startDeployable({ yaml });
    await project.succeed(`deploy ${DEV} --yes`);
    const client = project.aws.client(CloudWatchClient);
    const { MetricAlarms } = await client.send(new DescribeAlarmsCommand({ AlarmNamePrefix: 'demo-dev-' }));
    const AlarmName = MetricAlarms![0]!.AlarmName!;
    await client.send(new SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason: 'a rehearsal' }));
    project.forget();
    const refused = await project.platform('promote --env prod --sandbox --yes');
    expect(refused).toMatchObject({ exitCode: 1, stderr: expect.stringContaining(`the alarm ${AlarmName} rings`) });
    expect(refused.stderr).toContain('platform doctor --env dev --sandbox');
    expect(project.writes()).toEqual([]);
  });

  it('promotes nothing of what was never released, and nothing from nowhere', async () => {
    const project = await startDeployable({ yaml: YAML });
    const refused = [
      [`promote ${STAGING} --yes`, 1, 'promote-nothing'],
      [`promote ${DEV} --yes`, 2, 'promote-from-unknown'],
      [`promote ${STAGING} --from staging`, 2, 'promote-from-wrong'],
      [`promote ${STAGING} --from nowhere`, 2, 'promote-from-wrong'],
    ] as const;
    for (const [words, exitCode, id] of refused)
      expect(await project.platform(words), words).toMatchObject({ exitCode, stderr: expect.stringContaining(id) });
    expect(project.writes().filter((call) => !call.startsWith('sts:'))).toEqual([]);
  });
});
