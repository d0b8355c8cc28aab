import { EC2Client, RevokeSecurityGroupEgressCommand } from '@aws-sdk/client-ec2';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { expect, it } from 'vitest';
import { setBehaviour } from '../sandbox/services/ecs/runtime/behaviours.ts';
import { startDeployed } from '../testing/start-deployed.ts';
import { ecsServices, twoServices } from '../testing/two-services.ts';

const start = () => startDeployed({ yaml: twoServices(), sandbox: { expectUnknown: ['cloudtrail:LookupEvents'] } });

it('F-45 in redeploy: the broken hop, where it was read, and the way out, above the error; exit 1', async () => {
  const project = await start();
  const [GroupId] = (await ecsServices(project)).worker!.networkConfiguration!.awsvpcConfiguration!.securityGroups!;
  const IpPermissions = [{ IpProtocol: '-1', IpRanges: [{ CidrIp: '0.0.0.0/0' }] }];
  await project.aws.client(EC2Client).send(new RevokeSecurityGroupEgressCommand({ GroupId, IpPermissions }));
  const { exitCode, stderr } = await project.platform('redeploy worker --wait-anyway --env dev --sandbox --yes');
  expect(exitCode).toBe(1);
  const told = stderr.slice(stderr.indexOf('\nworker: its tasks') + 1).replaceAll(GroupId!, 'sg-task');
  expect(told.replace(/"ResourceInitializationError[^\n]*"/, '"ResourceInitializationError…"')).toMatchInlineSnapshot(`
    "worker: its tasks do not reach ecr.api: security group sg-task of the task lets no HTTPS out (F-45)
      read: ecs:DescribeTasks tasks[0].stoppedReason = "ResourceInitializationError…"
      read: ec2:DescribeSecurityGroupRules SecurityGroupRules[IsEgress=true] = "none"
      fix: with what platform sandbox serve prints: aws ec2 authorize-security-group-egress --region us-east-1 --group-id sg-task --ip-permissions 'IpProtocol=tcp,FromPort=443,ToPort=443,IpRanges=[{CidrIp=0.0.0.0/0}]'
     then: platform redeploy worker --env dev --sandbox
    error: worker: ECS went back to the tasks before: its tasks do not reach ecr.api: security group sg-task of the task lets no HTTPS out (F-45)
      fix: with what platform sandbox serve prints: aws ec2 authorize-security-group-egress --region us-east-1 --group-id sg-task --ip-permissions 'IpProtocol=tcp,FromPort=443,ToPort=443,IpRanges=[{CidrIp=0.0.0.0/0}]'
     then: platform redeploy worker --env dev --sandbox
       id: redeploy-not-proven
    "
  `);
});

it('F-44 in run: a task that was not started has a cause too, and so has a program that ended (F-103)', async () => {
  const project = await start();
  const secrets = project.aws.client(SecretsManagerClient);
  await secrets.send(new PutSecretValueCommand({ SecretId: 'demo/dev/app', SecretString: '{"APIKEY":"canary-9"}' }));
  const run = await project.platform('run worker --env dev --sandbox --json -- ls');
  expect(run.exitCode).toBe(1);
  const { error } = run.json();
  expect(error).toMatchObject({
    id: 'task-not-started',
    remedy: expect.stringMatching(/^platform secrets push --env dev --sandbox, then the same command again; /),
    details: {
      causes: [{ id: 'F-44', subject: 'services.worker', evidence: [{}, { read: 'keys', value: '["APIKEY"]' }] }],
    },
  });
  expect(run.stdout + run.stderr).not.toContain('canary');

  await secrets.send(new PutSecretValueCommand({ SecretId: 'demo/dev/app', SecretString: '{"API_KEY":"canary-9"}' }));
  setBehaviour(project.aws.scope, '$ node x.js', {
    exit: { code: 1, afterMs: 1_000 },
    logs: ["Error: Cannot find module '/app/x.js'"],
  });
  const ended = await project.platform('run worker --env dev --sandbox --json -- node x.js');
  expect(ended.exitCode).toBe(1);
  expect(ended.json().error).toMatchObject({ id: 'task-failed', details: { causes: [{ id: 'F-103' }] } });
  const plain = await project.platform('run worker --env dev --sandbox --json -- ls');
  expect(plain.exitCode).toBe(0);
});
