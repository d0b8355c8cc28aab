import { DeleteRolePolicyCommand, IAMClient } from '@aws-sdk/client-iam';
import { Scheduler } from '@aws-sdk/client-scheduler';
import { expect, it } from 'vitest';
import { smallYaml, startDeployable } from '../testing/deployable.ts';
import { checked } from '../testing/doctor-checks.ts';

const trigger = '{ on: schedule, rate: "cron(0 6 * * ? *)", timezone: Europe/Berlin }';
const YAML = smallYaml(`functions: { report: { source: src/report.ts, trigger: ${trigger} } }`);
const FILES = {
  'src/report.ts': `export const handler = async (event: { source: string; time: string }) => {
  console.log(\`started by \${event.source} at \${new Date(event.time).toLocaleTimeString('en-GB', { timeZone: 'Europe/Berlin' })}\`);
};
`,
};

it('a schedule by the clock of a time zone starts its function, is paused, resumed and proven, and kept as it is', async () => {
  const project = await startDeployable({ yaml: YAML, files: FILES });
  const { succeed, aws } = project;
  const at = '--env dev --sandbox';
  const scheduler = aws.client(Scheduler, { account: '111111111111' });
  const deployed = (await succeed(`deploy ${at} --yes --json`)).json();
  expect(deployed.functions).toMatchObject([{ name: 'report', trigger: { on: 'rule', enabled: true } }]);
  const { Schedules = [] } = await scheduler.listSchedules({});
  const Name = Schedules[0]!.Name!;
  const standing = () => scheduler.getSchedule({ Name });
  const { LastModificationDate: _, $metadata: __, ...before } = await standing();
  expect(before).toMatchObject({
    ScheduleExpressionTimezone: 'Europe/Berlin',
    State: 'ENABLED',
    Target: { Arn: expect.stringMatching(/:live$/), DeadLetterConfig: { Arn: expect.any(String) } },
  });

  await aws.advance(25 * 3_600_000);
  await aws.settle();
  const { lines } = (await succeed(`logs report ${at} --since 48h --json`)).json();
  expect(lines.map(({ text }: { text: string }) => text).join('\n')).toMatch(/started by aws.scheduler at 06:00:00/);

  await succeed(`pause report ${at} --yes`);
  expect(await standing()).toMatchObject({ ...before, State: 'DISABLED' });
  project.forget();
  await succeed(`deploy ${at} --yes`);
  expect(project.writes()).toEqual([]);
  await succeed(`resume report ${at} --yes`);
  expect(await standing()).toMatchObject(before);
  expect((await succeed(`status ${at} --json`)).json().functions).toMatchObject([{ name: 'report', trigger: true }]);

  expect(await checked(project, 'event-targets')).toMatchObject({ exitCode: 0, checks: [{ status: 'ok' }] });
  const role = before.Target!.RoleArn!.split('/').at(-1)!;
  await aws
    .client(IAMClient, { account: '111111111111' })
    .send(new DeleteRolePolicyCommand({ RoleName: role, PolicyName: 'Start' }));
  expect(await checked(project, 'event-targets')).toMatchObject({
    exitCode: 1,
    checks: [{ failure: 'F-106', detail: expect.stringContaining('lacks lambda:InvokeFunction') }],
  });
  await scheduler.deleteSchedule({ Name });
  expect(await checked(project, 'event-targets')).toMatchObject({ exitCode: 1, checks: [{ failure: 'F-19' }] });
  await succeed(`destroy ${at} --yes`);
  expect((await scheduler.listSchedules({})).Schedules).toEqual([]);
});

it('a zone that nobody knows, and one that no clock goes by, are refused', async () => {
  const project = await startDeployable({ yaml: YAML, files: FILES });
  const said = async (other: string) => {
    project.configure(YAML.replace(trigger, other));
    const run = await project.platform('deploy --env dev --yes --json');
    expect(run.exitCode).toBe(2);
    return JSON.stringify(run.json().error);
  };
  expect(await said('{ on: schedule, rate: "cron(0 6 * * ? *)", timezone: Mars/Olympus }')).toMatch(
    /time zone of the IANA/,
  );
  expect(await said('{ on: schedule, rate: rate(1 hour), timezone: Europe/Berlin }')).toMatch(/goes by no clock/);
});
