import { expect, it } from 'vitest';
import { appendLogEvents } from '../sandbox/services/logs/append-log-events.ts';
import { smallYaml } from '../testing/deployable.ts';
import { startDeployed } from '../testing/start-deployed.ts';

const FLAGS = '--env dev --sandbox';
const YAML = smallYaml(
  'services: { orders: { image: { context: . }, command: [orders] }, mails: { image: { context: . }, command: [mails] } }',
).replace(/^network: .*$/m, 'network: { nat: none }');

it('platform logs shows all components together, by time, each line with whose it is (S2-100)', async () => {
  const project = await startDeployed({ yaml: YAML });
  const { outputs } = (await project.succeed(`deploy ${FLAGS} --yes --json`)).json();
  const now = Date.now();
  const write = (service: string, ...lines: [secondsAgo: number, message: string][]) =>
    appendLogEvents(
      project.aws.scope,
      outputs[`services.${service}.logGroup`],
      `${service}/app/0a1b`,
      lines.map(([secondsAgo, message]) => ({ message, timestamp: now - secondsAgo * 1000 })),
    );
  write('orders', [50, 'placed'], [30, 'charged']);
  write('mails', [40, 'greeted'], [20, 'sent']);
  const { lines } = (await project.succeed(`logs ${FLAGS} --json`)).json();
  expect(lines.map(({ component, text }: Record<string, string>) => `${component} ${text}`)).toEqual([
    'orders placed',
    'mails greeted',
    'orders charged',
    'mails sent',
  ]);
  const { stdout } = await project.succeed(`logs ${FLAGS}`);
  expect(stdout).toMatch(/ mails 0a1b {2}greeted\n/);
});
