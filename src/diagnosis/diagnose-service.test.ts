import { CloudWatchLogsClient, DeleteLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { BatchDeleteImageCommand, ECRClient } from '@aws-sdk/client-ecr';
import { DescribeTaskDefinitionCommand, ECSClient, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import {
  DeleteRuleCommand,
  DescribeListenersCommand,
  DescribeRulesCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  DeleteRolePolicyCommand,
  IAMClient,
  ListRolePoliciesCommand,
  UpdateAssumeRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { DeleteSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, it } from 'vitest';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { setBehaviour } from '../sandbox/services/ecs/runtime/behaviours.ts';
import { setShortage } from '../sandbox/services/ecs/shortages.ts';
import type { Deployable } from '../testing/deployable.ts';
import { brokenRollout, diagnosed, rollOut } from '../testing/sick-services.ts';
import { startDeployed } from '../testing/start-deployed.ts';
import { ecsServices, scaleTo, twoServices } from '../testing/two-services.ts';

const SECRET = 'demo/dev/app';
const PREFIX = 'ResourceInitializationError: unable to pull secrets or registry auth:';
type Behaviour = Parameters<typeof setBehaviour>[2];
const start = () => startDeployed({ yaml: twoServices(), sandbox: { expectUnknown: ['cloudtrail:LookupEvents'] } });

const secrets = ({ aws }: Deployable) => aws.client(SecretsManagerClient);
const push = (project: Deployable, value: string) =>
  secrets(project).send(new PutSecretValueCommand({ SecretId: SECRET, SecretString: value }));

async function definitionOf(project: Deployable, name: string) {
  const { taskDefinition } = (await ecsServices(project))[name]!;
  const answer = await project.aws.client(ECSClient).send(new DescribeTaskDefinitionCommand({ taskDefinition }));
  return answer.taskDefinition!;
}
const roleName = (arn: string | undefined) => arn!.slice(arn!.lastIndexOf('/') + 1);

it('says nothing of what is healthy, of an older rollout, and of what scaling took away', async () => {
  const project = await start();
  expect(await diagnosed(project, 'web')).toEqual({ causes: [], unseen: [] });
  await scaleTo(project, 'worker', 3);
  await scaleTo(project, 'worker', 1);
  expect(await diagnosed(project, 'worker')).toEqual({ causes: [], unseen: [] });
  setBehaviour(project.aws.scope, '*', { exit: { code: 3, afterMs: 1_000 } });
  const broken = await rollOut(project, 'worker');
  expect((await diagnosed(project, 'worker', { deployment: broken })).causes).toMatchObject([{ id: 'F-50' }]);
  // ECS went back: the newest rollout is the healthy one.
  expect(await diagnosed(project, 'worker')).toEqual({ causes: [], unseen: [] });
  expect((await diagnosed(project, 'worker', { since: 0 })).causes).toMatchObject([{ id: 'F-50' }]);
});

it('F-44 and not F-47, F-90, F-91: one prefix, told apart by what the secret holds', async () => {
  const project = await start();
  await push(project, '{"SIGNING_KEY":"canary-1"}');
  expect(await brokenRollout(project, 'worker')).toEqual({
    causes: [
      {
        id: 'F-44',
        subject: 'services.worker',
        certainty: 'certain',
        recurs: 'always',
        what: 'secret demo/dev/app has no key API_KEY',
        remedy: 'platform secrets push --env dev --sandbox, then platform redeploy worker --env dev --sandbox',
        evidence: [
          {
            call: 'ecs:DescribeTasks',
            read: 'tasks[0].stoppedReason',
            value: expect.stringMatching(`^${PREFIX} .* did not contain json key API_KEY$`),
          },
          { call: 'secretsmanager:GetSecretValue', read: 'keys', value: '["SIGNING_KEY"]' },
        ],
      },
    ],
    unseen: [],
  });
  await push(project, 'canary-2');
  expect((await brokenRollout(project, 'worker')).causes).toMatchObject([{ id: 'F-47', recurs: 'always' }]);
  await secrets(project).send(new DeleteSecretCommand({ SecretId: SECRET }));
  expect((await brokenRollout(project, 'worker')).causes).toMatchObject([
    { id: 'F-91', remedy: expect.stringMatching(/^platform secrets restore app --env dev --sandbox /) },
  ]);
  await secrets(project).send(new DeleteSecretCommand({ SecretId: SECRET, ForceDeleteWithoutRecovery: true }));
  expect((await brokenRollout(project, 'worker')).causes).toMatchObject([
    { id: 'F-90', what: 'there is no secret demo/dev/app' },
  ]);
});

it('F-46 and not F-44: a role without the right, by its own words and by its policies; a role that nobody can take on', async () => {
  const project = await start();
  const iam = project.aws.client(IAMClient);
  const definition = await definitionOf(project, 'worker');
  const RoleName = roleName(definition.executionRoleArn);
  const { PolicyNames = [] } = await iam.send(new ListRolePoliciesCommand({ RoleName }));
  const PolicyName = PolicyNames.find((name) => name.startsWith('Start'))!;
  await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  expect((await brokenRollout(project, 'worker')).causes).toMatchObject([
    {
      id: 'F-46',
      certainty: 'certain',
      what: expect.stringMatching(
        `^execution role ${RoleName} may not do secretsmanager:GetSecretValue on arn:aws:secretsmanager:`,
      ),
      evidence: [{}, { call: 'iam:SimulatePrincipalPolicy', value: 'implicitDeny' }],
    },
  ]);
  project.aws.faults.push({
    operation: 'SimulatePrincipalPolicy',
    times: 9,
    with: new AwsFault('AccessDenied', 'User is not authorized', { status: 403 }),
  });
  const unseen = await diagnosed(project, 'worker', { since: 0 });
  expect(unseen).toMatchObject({ causes: [{ id: 'F-46' }], unseen: [{ permission: 'iam:SimulatePrincipalPolicy' }] });

  const PolicyDocument = JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
  });
  await iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: roleName(definition.taskRoleArn), PolicyDocument }));
  expect((await brokenRollout(project, 'worker')).causes).toMatchObject([
    {
      id: 'F-46',
      what: expect.stringContaining('its trust policy'),
      evidence: [{ read: expect.stringMatching(/events\[\d+\]\.message$/) }, { call: 'iam:GetRole' }],
    },
  ]);
});

it('F-43 and not F-37: an image that ran, and is gone; F-48 and not F-46: a log group that is gone', async () => {
  const project = await start();
  const definition = await definitionOf(project, 'worker');
  const logs = project.aws.client(CloudWatchLogsClient);
  const logGroupName = definition.containerDefinitions![0]!.logConfiguration!.options!['awslogs-group']!;
  await logs.send(new DeleteLogGroupCommand({ logGroupName }));
  expect((await brokenRollout(project, 'worker')).causes).toMatchObject([
    {
      id: 'F-48',
      certainty: 'certain',
      remedy: expect.stringMatching(
        /^platform recover tasks --env dev.*, which makes it again, then platform deploy --env dev/,
      ),
    },
  ]);
  const [, repositoryName = '', imageDigest = ''] =
    /\/([^/]+)@(.+)$/.exec(definition.containerDefinitions![0]!.image!) ?? [];
  await project.aws
    .client(ECRClient)
    .send(new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageDigest }] }));
  expect((await brokenRollout(project, 'worker')).causes).toMatchObject([
    { id: 'F-43', evidence: [{}, { call: 'ecr:BatchGetImage', value: '[]' }, { call: 'ecs:DescribeServices' }] },
  ]);
});

it('F-49, F-50, F-81 and F-103: why a program ended, by its code and its last words', async () => {
  const project = await start();
  const ends = async (code: number, logs: string[], reason?: string) => {
    setBehaviour(project.aws.scope, '*', { exit: { code, afterMs: 1_000, ...(reason ? { reason } : {}) }, logs });
    return (await brokenRollout(project, 'worker')).causes.map(({ id, what }) => `${id} ${what}`);
  };
  expect(await ends(137, [], 'OutOfMemoryError: Container killed due to memory usage')).toEqual([
    'F-49 its program took more than 1024 MiB and was killed',
  ]);
  expect(await ends(1, ['FATAL: password authentication failed for user "app"'])).toEqual([
    'F-81 the database does not take the password of app',
  ]);
  expect(await ends(1, ["Error: Cannot find module 'express'", '  at x'])).toEqual([
    'F-103 its image lacks the module express',
  ]);
  expect(await ends(127, [])).toEqual([
    'F-50 its program ended with exit code 127: there is no such command in the image',
  ]);
});

it('F-64, F-65 and F-66: what the load balancer found, after ECS has ended the task', async () => {
  const project = await start();
  const answers = async (http: NonNullable<Behaviour>['http'], logs: string[] = []) => {
    setBehaviour(project.aws.scope, '*', { http, logs });
    return (await brokenRollout(project, 'web')).causes.map(({ id, what, certainty }) => `${id} ${certainty} ${what}`);
  };
  const code = (status: number) => ({ answer: { kind: 'status', code: status } as const });
  expect(await answers(code(404))).toEqual([
    'F-64 certain its health check asks for /, which the program does not know (404)',
  ]);
  expect(await answers(code(400), ["Invalid HTTP_HOST header: '10.0.0.7:8080'."])).toEqual([
    'F-65 certain it refuses the health check, which comes with 10.0.0.7:8080 as its Host',
  ]);
  expect(await answers({ answer: { kind: 'refused' } }, ['Listening on http://127.0.0.1:8080'])).toEqual([
    'F-66 certain it listens on 127.0.0.1:8080, which nobody outside its container reaches',
  ]);
  expect(await answers({ answer: { kind: 'timeout' } }, ['booting'])).toEqual([
    'F-66 certain it does not answer its health check within 5 s, though port 8080 is open to the load balancer',
  ]);
});

it('F-55 passes by itself, F-56 does not: tasks that are never started', async () => {
  const project = await start();
  const short = (reason: string) => setShortage(project.aws.scope, '*', { reason, times: 2 });
  short('Capacity is unavailable at this time. Please try again later or in a different availability zone');
  const rollout = await rollOut(project, 'worker');
  expect(await diagnosed(project, 'worker', { deployment: rollout })).toMatchObject({
    causes: [
      {
        id: 'F-55',
        recurs: 'passing',
        evidence: [
          { call: 'ecs:DescribeServices', read: expect.stringMatching(/^services\[0\]\.events\[\d+\]\.message$/) },
        ],
      },
    ],
  });
  short("You've reached the limit on the number of vCPUs you can run concurrently");
  expect((await brokenRollout(project, 'worker')).causes).toMatchObject([{ id: 'F-56', recurs: 'maybe' }]);
});

it('F-64 while the rollout is under way: by the target of a task that runs, with the line that it wrote', async () => {
  const project = await start();
  setBehaviour(project.aws.scope, '*', {
    http: { answer: { kind: 'status', code: 503 } },
    logs: ['Error: cannot read settings'],
  });
  await project.aws.world.setSpeed(1e-3);
  const { clusterArn: cluster, serviceName: service } = (await ecsServices(project)).web!;
  const answer = await project.aws
    .client(ECSClient)
    .send(new UpdateServiceCommand({ cluster, service, forceNewDeployment: true }));
  const deployment = answer.service!.deployments!.find(({ status }) => status === 'PRIMARY')!.id!;
  // The old task is healthy, and is not asked about.
  expect(await diagnosed(project, 'web', { deployment })).toEqual({ causes: [], unseen: [] });
  let found = await diagnosed(project, 'web', { deployment });
  for (let looks = 0; looks < 60 && found.causes.length === 0; looks += 1) {
    await project.aws.advance(2_000);
    found = await diagnosed(project, 'web', { deployment });
  }
  expect(found).toMatchObject({
    causes: [
      {
        id: 'F-64',
        recurs: 'maybe',
        evidence: [
          { call: 'elasticloadbalancing:DescribeTargetHealth', value: 'Health checks failed with these codes: [503]' },
          { call: 'elasticloadbalancing:DescribeTargetGroups', value: '/' },
          { call: 'logs:GetLogEvents', value: 'Error: cannot read settings' },
        ],
      },
    ],
    unseen: [],
  });
});

it('F-67: no listener leads to its target group; not F-67 as long as one does', async () => {
  const project = await start();
  expect(await diagnosed(project, 'web')).toEqual({ causes: [], unseen: [] });
  const elb = project.aws.client(ElasticLoadBalancingV2Client);
  const [{ targetGroupArn } = {}] = (await ecsServices(project)).web!.loadBalancers!;
  const { TargetGroups: [group] = [] } = await elb.send(
    new DescribeTargetGroupsCommand({ TargetGroupArns: [targetGroupArn!] }),
  );
  const { Listeners = [] } = await elb.send(
    new DescribeListenersCommand({ LoadBalancerArn: group!.LoadBalancerArns![0]! }),
  );
  for (const { ListenerArn } of Listeners) {
    const { Rules = [] } = await elb.send(new DescribeRulesCommand({ ListenerArn: ListenerArn! }));
    for (const { RuleArn, IsDefault } of Rules)
      if (!IsDefault) await elb.send(new DeleteRuleCommand({ RuleArn: RuleArn! }));
  }
  expect(await diagnosed(project, 'web')).toMatchObject({
    causes: [
      { id: 'F-67', certainty: 'certain', evidence: [{ read: 'TargetGroups[0].LoadBalancerArns', value: '[]' }] },
    ],
  });
});
