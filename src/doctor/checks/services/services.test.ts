import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchLogsClient, DeleteLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { BatchDeleteImageCommand, ECRClient } from '@aws-sdk/client-ecr';
import {
  DescribeTaskDefinitionCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
} from '@aws-sdk/client-ecs';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import type { Deployable } from '../../../testing/deployable.ts';
import { checked } from '../../../testing/doctor-checks.ts';
import { pushImage } from '../../../testing/push-image.ts';
import { startDeployed } from '../../../testing/start-deployed.ts';
import { ecsServices, twoServices } from '../../../testing/two-services.ts';

const start = () => startDeployed({ yaml: twoServices(), sandbox: { expectUnknown: ['cloudtrail:LookupEvents'] } });
const FIX = '--env dev --sandbox --fix';

const definitionOf = async (project: Deployable, name: string) => {
  const { taskDefinition } = (await ecsServices(project))[name]!;
  return (await project.aws.client(ECSClient).send(new DescribeTaskDefinitionCommand({ taskDefinition })))
    .taskDefinition!;
};

/** As somebody does it by hand: behind the back of every template. */
async function runs(project: Deployable, name: string, change: (definition: Record<string, unknown>) => void) {
  const { family, executionRoleArn, taskRoleArn, cpu, memory, networkMode, requiresCompatibilities, ...rest } =
    await definitionOf(project, name);
  const input = {
    family: family!,
    executionRoleArn,
    taskRoleArn,
    cpu,
    memory,
    networkMode,
    requiresCompatibilities,
    containerDefinitions: rest.containerDefinitions!,
    runtimePlatform: rest.runtimePlatform,
  };
  change(input as Record<string, unknown>);
  const ecs = project.aws.client(ECSClient);
  const { taskDefinition } = await ecs.send(new RegisterTaskDefinitionCommand(input));
  const { clusterArn: cluster, serviceName: service } = (await ecsServices(project))[name]!;
  await ecs.send(
    new UpdateServiceCommand({ cluster, service, taskDefinition: taskDefinition!.taskDefinitionArn, desiredCount: 0 }),
  );
  await project.aws.settle();
}

describe('images', () => {
  it('images: healthy where the registry has what services run; log-groups: healthy where they are there; circuit-breaker: healthy where it is on; old-values: healthy where tasks are younger than secrets (not F-94)', async () => {
    const run = await checked(await start(), 'images log-groups circuit-breaker old-values');
    expect(run.checks).toMatchObject([{ status: 'ok' }, { status: 'ok' }, { status: 'ok' }, { status: 'ok' }]);
    expect(run.exitCode).toBe(0);
  });

  it('images: sick where one is gone that runs (F-43); another service is none of its business', async () => {
    const project = await start();
    const { containerDefinitions } = await definitionOf(project, 'worker');
    const [, repositoryName, imageDigest] = /amazonaws\.com\/(.+)@(sha256:.+)$/.exec(containerDefinitions![0]!.image!)!;
    await project.aws
      .client(ECRClient)
      .send(new BatchDeleteImageCommand({ repositoryName, imageIds: [{ imageDigest }] }));
    expect(await checked(project, 'images')).toMatchObject({
      exitCode: 1,
      checks: [{ subject: 'services.worker', failure: 'F-43', evidence: [{ call: 'ecr:DescribeImages' }] }],
    });
    const web = (await project.platform('doctor web --env dev --sandbox --json')).json();
    expect(web.checks.find(({ id }: { id: string }) => id === 'images')).toMatchObject({ status: 'ok' });
    expect(web.checks.map(({ group }: { group: string }) => group)).not.toContain('this machine');
  });

  it('images: sick where one is for another processor (F-35)', async () => {
    const project = await start();
    const { containerDefinitions } = await definitionOf(project, 'worker');
    const repository = /amazonaws\.com\/(.+)@/.exec(containerDefinitions![0]!.image!)![1]!;
    const { digest } = await pushImage(project.aws, { repository, tag: 'arm', architectures: ['arm64'] });
    await runs(project, 'worker', (input) => {
      (input.containerDefinitions as { image: string }[])[0]!.image =
        `111111111111.dkr.ecr.us-east-1.amazonaws.com/${repository}@${digest}`;
    });
    expect((await checked(project, 'images')).checks).toMatchObject([
      {
        subject: 'services.worker',
        failure: 'F-35',
        evidence: [
          { call: 'ecr:BatchGetImage', read: expect.stringContaining('image-platform'), value: '["linux/arm64"]' },
          { call: 'ecs:DescribeTaskDefinition', value: 'linux/amd64' },
        ],
      },
    ]);
  });
});

describe('images with attestations', () => {
  it('images: sick where an image lists attestations (F-41), and not F-41 where it is an index alone', async () => {
    const project = await start();
    const { containerDefinitions } = await definitionOf(project, 'worker');
    const repository = /amazonaws\.com\/(.+)@/.exec(containerDefinitions![0]!.image!)![1]!;
    const becomes = async (tag: string, attested: boolean) => {
      const { digest } = await pushImage(project.aws, { repository, tag, index: true, attested });
      await runs(project, 'worker', (input) => {
        (input.containerDefinitions as { image: string }[])[0]!.image =
          `111111111111.dkr.ecr.us-east-1.amazonaws.com/${repository}@${digest}`;
      });
      return (await checked(project, 'images')).checks;
    };
    expect(await becomes('plain', false)).toMatchObject([{ status: 'ok' }]);
    expect(await becomes('attested', true)).toMatchObject([
      {
        subject: 'services.worker',
        severity: 'warning',
        failure: 'F-41',
        remedy: expect.stringContaining('--rebuild'),
      },
    ]);
  });
});

describe('log groups', () => {
  it('log-groups: sick where one is gone (F-48); --fix makes it again without asking, with its days, and looks again', async () => {
    const project = await start();
    const { containerDefinitions } = await definitionOf(project, 'web');
    const name = containerDefinitions![0]!.logConfiguration!.options!['awslogs-group']!;
    const logs = project.aws.client(CloudWatchLogsClient);
    const group = async () =>
      (await logs.send(new DescribeLogGroupsCommand({ logGroupNamePrefix: name }))).logGroups!.find(
        ({ logGroupName }) => logGroupName === name,
      );
    const before = await group();
    await logs.send(new DeleteLogGroupCommand({ logGroupName: name }));
    expect(await checked(project, 'log-groups')).toMatchObject({
      exitCode: 1,
      checks: [
        {
          subject: 'services.web',
          failure: 'F-48',
          handling: 'AUTO',
          evidence: [{ call: 'logs:DescribeLogGroups', read: name, value: 'absent' }],
        },
      ],
    });
    const dry = await checked(project, 'log-groups', `${FIX} --dry-run`);
    expect(dry.document.fixes).toMatchObject([{ outcome: 'dry-run' }]);
    expect(await group()).toBeUndefined();
    const fixed = await checked(project, 'log-groups', FIX);
    expect(fixed).toMatchObject({ exitCode: 0, document: { fixes: [{ outcome: 'fixed' }] } });
    expect((await group())!.retentionInDays).toBe(before!.retentionInDays);
    expect(before!.retentionInDays).toBeGreaterThan(0);
  });
});

describe('values and rollouts', () => {
  it('old-values: sick where a value is newer than the tasks (F-94); --fix asks, replaces them, looks again', async () => {
    const project = await start();
    await project.aws
      .client(SecretsManagerClient)
      .send(new PutSecretValueCommand({ SecretId: 'demo/dev/app', SecretString: '{"API_KEY":"canary-9a"}' }));
    const run = await checked(project, 'old-values');
    expect(run).toMatchObject({
      exitCode: 0,
      checks: [
        {
          subject: 'services.worker',
          severity: 'warning',
          failure: 'F-94',
          detail: '1 task holds the old value of API_KEY of secret demo/dev/app',
          remedy: 'platform redeploy worker --env dev --sandbox',
        },
      ],
    });
    const fixed = await checked(project, 'old-values', `${FIX} --yes`);
    expect(fixed).toMatchObject({
      exitCode: 0,
      checks: [{ status: 'ok' }],
      document: { fixes: [{ outcome: 'fixed' }] },
    });
    expect(JSON.stringify([run, fixed])).not.toContain('canary');
  });

  it('circuit-breaker: sick where somebody has switched it off (F-13)', async () => {
    const project = await start();
    const { clusterArn: cluster, serviceName: service } = (await ecsServices(project)).web!;
    await project.aws.client(ECSClient).send(
      new UpdateServiceCommand({
        cluster,
        service,
        deploymentConfiguration: { deploymentCircuitBreaker: { enable: true, rollback: false } },
      }),
    );
    await project.aws.settle();
    expect((await checked(project, 'circuit-breaker')).checks).toMatchObject([
      {
        subject: 'services.web',
        severity: 'warning',
        failure: 'F-13',
        evidence: [{ read: 'services[0].deploymentConfiguration.deploymentCircuitBreaker' }],
      },
    ]);
  });
});

describe('exec', () => {
  it('exec: healthy where every link holds', async () => {
    const project = await start();
    const folder = mkdtempSync(join(tmpdir(), 'path-'));
    writeFileSync(join(folder, 'session-manager-plugin'), '#!/bin/sh\necho 1.2.700.0\n', { mode: 0o755 });
    const env = { PATH: `${folder}:/bin:/usr/bin` };
    const run = await project.platform('doctor --exec worker --env dev --sandbox --json', { env });
    expect(run.json().checks).toMatchObject([{ id: 'exec', status: 'ok' }]);
  });

  it('exec: sick where the plugin is missing (F-59), link by link with what was read', async () => {
    const project = await start();
    const run = await project.platform('doctor --exec worker --env dev --sandbox --json', { env: { PATH: '' } });
    expect(run.json().checks).toContainEqual(
      expect.objectContaining({ id: 'exec', subject: 'plugin', failure: 'F-59', status: 'problem' }),
    );
  });

  it('wants a service that there is', async () => {
    const project = await start();
    for (const words of ['doctor wbe', 'doctor --exec wbe']) {
      const run = await project.platform(`${words} --env dev --sandbox`);
      expect(run).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('web') });
    }
  });
});
