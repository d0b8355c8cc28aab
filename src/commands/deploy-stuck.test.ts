import {
  CloudFormationClient,
  CreateChangeSetCommand,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { BUCKET, type Deployable, QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';

const STACK = 'demo-dev-messaging';

async function statusOf({ aws }: Deployable, stack = STACK): Promise<string | undefined> {
  const { Stacks } = await aws.client(CloudFormationClient).send(new DescribeStacksCommand({ StackName: stack }));
  return Stacks?.[0]?.StackStatus;
}

/** Two buckets of one name, of which the second cannot be made. */
const taken = { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'demo-taken-twice' } };
const kept = { Type: 'AWS::SQS::Queue', DeletionPolicy: 'Retain', Properties: {} };
const FAILING = {
  Resources: { Kept: kept, Good: { ...taken, DependsOn: 'Kept' }, Bad: { ...taken, DependsOn: 'Good' } },
};

const create = async ({ aws }: Deployable, template: object, StackName = STACK) => {
  await aws
    .client(CloudFormationClient)
    .send(new CreateStackCommand({ StackName, TemplateBody: JSON.stringify(template) }));
  await aws.settle();
};

/** What holds for whatever is stuck: shown and asked before anything goes. */
async function isAskedFor(project: Deployable, texts: string[]): Promise<void> {
  project.forget();
  const refused = await project.platform('deploy --env dev');
  expect(refused.exitCode).toBe(2);
  for (const text of texts) expect(refused.stderr).toContain(text);
  expect(project.writes()).toEqual([]);
}

/** Time stands still until the program has looked at a stack so often that it must be waiting for it. */
async function whileItWaits({ aws, platform }: Deployable, begin: () => Promise<unknown>, words: string) {
  await aws.world.setSpeed(1e-6);
  await begin();
  aws.calls.length = 0;
  const finished = platform(words);
  const looks = () => aws.calls.filter(({ operation }) => operation === 'DescribeStacks').length;
  while (looks() < 5) await new Promise((done) => setImmediate(done));
  await aws.world.setSpeed(1e6);
  return finished;
}

describe('what a deployment finds', () => {
  it('ROLLBACK_COMPLETE: shows the cause, asks, deletes the shell and creates again (F-01)', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE) });
    await create(project, FAILING);
    expect(await statusOf(project)).toBe('ROLLBACK_COMPLETE');
    await isAskedFor(project, [
      `${STACK} is ROLLBACK_COMPLETE: Bad (AWS::S3::Bucket) failed: `,
      'It is deleted and made again',
    ]);
    const done = (await project.platform('deploy --env dev --yes --json')).json();
    expect(done.stacks).toMatchObject([{ name: STACK, action: 'recreate' }]);
    expect(await statusOf(project)).toBe('CREATE_COMPLETE');
  });

  it('REVIEW_IN_PROGRESS: asks, discards what nobody executed, and creates (F-02)', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE) });
    await project.aws.client(CloudFormationClient).send(
      new CreateChangeSetCommand({
        StackName: STACK,
        ChangeSetName: 'left',
        ChangeSetType: 'CREATE',
        TemplateBody: JSON.stringify({ Resources: { Q: kept } }),
      }),
    );
    await project.aws.settle();
    expect(await statusOf(project)).toBe('REVIEW_IN_PROGRESS');
    await isAskedFor(project, [`${STACK} is REVIEW_IN_PROGRESS`]);
    await project.succeed('deploy --env dev --yes');
    expect(await statusOf(project)).toBe('CREATE_COMPLETE');
  });

  it('*_IN_PROGRESS: waits for the end, and plans from there (F-06)', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE) });
    await project.platform('deploy --env dev --yes');
    project.configure(smallYaml('queues: { jobs: { visibilitySeconds: 99 } }'));
    const touch = new UpdateStackCommand({
      StackName: STACK,
      UsePreviousTemplate: true,
      Tags: [{ Key: 'by', Value: 'hand' }],
    });
    const begin = () => project.aws.client(CloudFormationClient).send(touch);
    const { exitCode, stderr } = await whileItWaits(project, begin, 'deploy --env dev --yes');
    expect(stderr).toContain(`Waiting for ${STACK}, which is UPDATE_IN_PROGRESS`);
    expect(exitCode).toBe(0);
    expect(await statusOf(project)).toBe('UPDATE_COMPLETE');
  });

  it('*_IN_PROGRESS: what ends badly is asked about, not deleted unseen (F-06, F-01)', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE) });
    const failing = new CreateStackCommand({ StackName: STACK, TemplateBody: JSON.stringify(FAILING) });
    const begin = () => project.aws.client(CloudFormationClient).send(failing);
    const { exitCode, stderr } = await whileItWaits(project, begin, 'deploy --env dev');
    expect(stderr).toContain(`Waiting for ${STACK}, which is CREATE_IN_PROGRESS`);
    expect(stderr).toContain(`${STACK} is ROLLBACK_COMPLETE: Bad (AWS::S3::Bucket) failed: `);
    expect(exitCode).toBe(2);
    expect(await statusOf(project)).toBe('ROLLBACK_COMPLETE');
  });

  it('UPDATE_ROLLBACK_FAILED: stops with the cause and the way out (F-03)', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE) });
    await create(project, {
      Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 30 } } },
      Outputs: { Url: { Value: { Ref: 'Q' } } },
    });
    const client = project.aws.client(CloudFormationClient);
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName: STACK }));
    const url = Stacks![0]!.Outputs![0]!.OutputValue!;
    await project.aws.client(SQSClient).send(new DeleteQueueCommand({ QueueUrl: url }));
    await client.send(
      new UpdateStackCommand({
        StackName: STACK,
        TemplateBody: JSON.stringify({
          Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { VisibilityTimeout: 60 } } },
        }),
      }),
    );
    await project.aws.settle();
    expect(await statusOf(project)).toBe('UPDATE_ROLLBACK_FAILED');
    project.forget();
    const { exitCode, json } = await project.platform('deploy --env dev --yes --json');
    expect(exitCode).toBe(1);
    expect(json().error).toMatchObject({
      id: 'deploy-blocked',
      remedy: 'platform recover messaging --env dev',
      problems: [{ rule: 'F-03', message: expect.stringContaining('Q (AWS::SQS::Queue) failed: ') }],
    });
    expect(project.writes()).toEqual([]);
  });

  it('ROLLBACK_FAILED: stops, deletes nothing, and says what is in the way (F-05)', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE) });
    await create(project, {
      Resources: {
        Main: {
          Type: 'AWS::RDS::DBCluster',
          DeletionPolicy: 'Delete',
          Properties: {
            Engine: 'aurora-postgresql',
            MasterUsername: 'app',
            MasterUserPassword: 'not-a-real-one',
            DeletionProtection: true,
          },
        },
        Good: { ...taken, DependsOn: 'Main' },
        Bad: { ...taken, DependsOn: 'Good' },
      },
    });
    expect(await statusOf(project)).toBe('ROLLBACK_FAILED');
    project.forget();
    const { exitCode, json } = await project.platform('deploy --env dev --yes --json');
    expect(exitCode).toBe(1);
    expect(json().error).toMatchObject({
      id: 'deploy-blocked',
      problems: [{ rule: 'F-05', message: expect.stringContaining('Bad (AWS::S3::Bucket) failed: ') }],
    });
    expect(project.writes()).toEqual([]);
  });

  it('DELETE_FAILED: wants the name of what would be lost, and finishes the deletion (F-07)', async () => {
    const project = await startDeployable({ yaml: smallYaml(BUCKET) });
    await project.platform('deploy --env dev --yes');
    const bucket = (await project.platform('outputs buckets.files.name --env dev')).stdout.trim();
    await project.aws.client(S3Client).send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'x' }));
    await project.aws.client(CloudFormationClient).send(new DeleteStackCommand({ StackName: 'demo-dev-data' }));
    await project.aws.settle();
    expect(await statusOf(project, 'demo-dev-data')).toBe('DELETE_FAILED');
    project.forget();
    const refused = await project.platform('deploy --env dev --yes');
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('--confirm dev/buckets.files');
    expect(project.writes()).toEqual([]);
    const again = await project.platform('deploy --env dev --yes --confirm dev/buckets.files');
    expect(again.exitCode).toBe(0);
    expect(await statusOf(project, 'demo-dev-data')).toBe('CREATE_COMPLETE');
  });
});
