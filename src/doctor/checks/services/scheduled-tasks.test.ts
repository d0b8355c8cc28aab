import { EventBridge } from '@aws-sdk/client-eventbridge';
import { describe, expect, it } from 'vitest';
import { setBehaviour } from '../../../sandbox/services/ecs/runtime/behaviours.ts';
import { type Deployable, smallYaml } from '../../../testing/deployable.ts';
import { startDeployed } from '../../../testing/start-deployed.ts';

const yaml = smallYaml(`services:
  worker:
    image: { context: . }
    command: [work]
    scheduledTasks: { clean-up: { rate: rate(10 minutes), command: [clean, up] } }`).replace(
  /^network: .*$/m,
  'network: { nat: none }',
);
const FLAGS = '--env dev --sandbox';
const start = () => startDeployed({ yaml });
const tenMinutes = 600_000;

async function rules({ aws }: Deployable) {
  const { Rules = [] } = await aws.client(EventBridge).listRules({});
  return Rules.filter(({ ScheduleExpression }) => ScheduleExpression);
}

describe('the check of scheduled tasks', () => {
  it('scheduled-tasks: healthy while they are switched on and end well', async () => {
    const project = await start();
    await project.aws.advance(tenMinutes + 60_000);
    const { checks } = (await project.succeed(`doctor ${FLAGS} --only scheduled-tasks --json`)).json();
    expect(checks.find(({ id }: { id: string }) => id === 'scheduled-tasks')).toMatchObject({
      status: 'ok',
      detail: '1 scheduled task',
    });
  });

  it('scheduled-tasks: sick where the last run failed, because nobody waits for it; its log says why', async () => {
    const project = await start();
    setBehaviour(project.aws.scope, '$ clean up', { logs: ['no such table'], exit: { code: 3, afterMs: 1000 } });
    await project.aws.advance(tenMinutes + 60_000);
    const { checks } = (await project.platform(`doctor ${FLAGS} --only scheduled-tasks --json`)).json();
    expect(checks.find(({ id }: { id: string }) => id === 'scheduled-tasks')).toMatchObject({
      status: 'problem',
      severity: 'warning',
      subject: 'services.worker.scheduledTasks.clean-up',
      evidence: [{ read: 'tasks[0].containers[].exitCode', value: 'app 3' }],
      remedy: expect.stringMatching(/^platform logs worker --task [0-9a-f]{32} --env dev --sandbox/),
    });
    const { stdout } = await project.succeed(`logs worker --stopped ${FLAGS}`);
    expect(stdout).toContain('no such table');
  });

  it('scheduled-tasks: sick where somebody switched the rule off; --fix has it started again', async () => {
    const project = await start();
    const [rule] = await rules(project);
    await project.aws.client(EventBridge).disableRule({ Name: rule!.Name });
    const broken = await project.platform(`doctor ${FLAGS} --only scheduled-tasks`);
    expect(broken.stdout).toContain('its rule is switched off');
    await project.succeed(`doctor ${FLAGS} --only scheduled-tasks --fix --yes`);
    expect(await rules(project)).toMatchObject([{ State: 'ENABLED' }]);
  });
});
