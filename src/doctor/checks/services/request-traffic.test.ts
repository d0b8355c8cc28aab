import { ElasticLoadBalancingV2 } from '@aws-sdk/client-elastic-load-balancing-v2';
import { expect, it } from 'vitest';
import { rules } from '../../../sandbox/services/elasticloadbalancing/state.ts';
import { checked } from '../../../testing/doctor-checks.ts';
import { ON_PRIMARY, standing, startShifting } from '../../../testing/shifting-service.ts';

it('request-traffic: healthy where the rule leads to the tasks', async () => {
  const { checks } = await checked(await startShifting(), 'request-traffic');
  expect(checks).toMatchObject([{ status: 'ok' }]);
});

it('request-traffic: sick where somebody else has written the rule; redeploy puts it right', async () => {
  const project = await startShifting();
  const rule = rules
    .in(project.aws.scope)
    .values()
    .find(({ Priority }) => Priority !== 'default')!;
  const groups = rule.Actions[0]!.ForwardConfig!.TargetGroups!;
  const TargetGroups = groups.map(({ TargetGroupArn, Weight = 0 }) => ({ TargetGroupArn, Weight: 100 - Weight }));
  await project.aws
    .client(ElasticLoadBalancingV2)
    .modifyRule({ RuleArn: rule.RuleArn, Actions: [{ Type: 'forward', ForwardConfig: { TargetGroups } }] });
  const { checks, exitCode } = await checked(project, 'request-traffic');
  expect(checks).toMatchObject([
    { status: 'problem', severity: 'error', subject: 'services.web', remedy: expect.stringContaining('redeploy web') },
  ]);
  expect(exitCode).toBe(1);
  await project.succeed('redeploy web --env dev --sandbox --yes');
  expect(standing(project)).toEqual(ON_PRIMARY);
});
