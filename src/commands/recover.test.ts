import { CloudFormationClient, DeleteStackCommand } from '@aws-sdk/client-cloudformation';
import { DescribeDBClusterSnapshotsCommand, DescribeDBClustersCommand, RDSClient } from '@aws-sdk/client-rds';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DeleteQueueCommand, GetQueueUrlCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { BUCKET, type Deployable, QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';
import { FAILING, FAILING_BESIDE_PROTECTED, stuckStacks } from '../testing/stuck-stacks.ts';

const STACK = 'demo-dev-messaging';

async function project(blocks = QUEUE) {
  const deployable = await startDeployable({ yaml: smallYaml(blocks) });
  return { ...deployable, scene: stuckStacks(deployable) };
}

/** The second time there is nothing to do, and nothing is done. */
async function isDone({ platform, forget, writes }: Deployable, words: string): Promise<void> {
  forget();
  const again = await platform(words);
  expect(again).toMatchObject({ exitCode: 0 });
  expect(again.stdout).toContain('there is nothing to do');
  expect(writes()).toEqual([]);
}

/** Nobody agreed to it: exit 2, and nothing is changed. */
async function needs({ platform, forget, writes }: Deployable, words: string, flag: string): Promise<string> {
  forget();
  const refused = await platform(words);
  expect(refused.stderr).toContain(flag);
  expect(refused).toMatchObject({ exitCode: 2 });
  expect(writes()).toEqual([]);
  return refused.stderr;
}

describe('platform recover', () => {
  it('ROLLBACK_COMPLETE: explains, asks, deletes the shell and says what stays (F-01)', async () => {
    const it = await project();
    await it.scene.create(STACK, FAILING);
    const said = await needs(it, 'recover messaging', '--yes');
    expect(said).toContain(`${STACK} is ROLLBACK_COMPLETE; it has never stood`);
    expect(said).toContain('It began with Bad (AWS::S3::Bucket)');
    expect(said).toContain('(AWS::SQS::Queue) stays, whatever becomes of the stack');
    const done = await it.succeed('recover messaging --yes --json');
    expect(done.json()).toMatchObject({
      stack: STACK,
      before: 'ROLLBACK_COMPLETE',
      after: null,
      cause: { id: 'Bad' },
      steps: [{ do: 'delete-stack', class: 'ASK' }],
      reconcile: [
        expect.stringContaining('belongs to no stack any more'),
        'platform deploy --env dev creates the stack again',
      ],
    });
    expect(await it.scene.status(STACK)).toBeUndefined();
    await isDone(it, 'recover messaging');
  });

  it('REVIEW_IN_PROGRESS: asks and discards what nobody executed (F-02)', async () => {
    const it = await project();
    await it.scene.review(STACK, FAILING);
    await needs(it, `recover ${STACK}`, '--yes');
    await it.succeed(`recover ${STACK} --yes`);
    expect(await it.scene.status(STACK)).toBeUndefined();
  });

  it('UPDATE_ROLLBACK_FAILED: begins nothing that can only fail again (F-03, F-19)', async () => {
    const it = await project();
    await it.scene.loseQueue(STACK);
    expect(await it.scene.status(STACK)).toBe('UPDATE_ROLLBACK_FAILED');
    it.forget();
    const { exitCode, json } = await it.platform('recover messaging --yes --json');
    expect(exitCode).toBe(1);
    expect(json().error).toMatchObject({
      id: 'recover-blocked',
      remedy: expect.stringContaining('platform recover messaging --skip Q'),
      problems: [{ rule: 'F-19', path: 'messaging.Q' }],
    });
    expect(it.writes()).toEqual([]);
  });

  it('UPDATE_ROLLBACK_FAILED: a skip is listed, typed, and proven by drift (F-03, S3-81)', async () => {
    const it = await project();
    await it.scene.loseQueue(STACK);
    await needs(it, 'recover messaging --skip Q --yes', '--confirm dev/messaging.Q');
    await needs(it, 'recover messaging --skip Q --yes --confirm dev/messaging.q', '--confirm dev/messaging.Q');
    const other = await it.platform('recover messaging --skip Other --yes --json');
    expect(other.json().error.remedy).toBe('only these can be: Q');

    const done = await it.succeed('recover messaging --skip Q --yes --confirm dev/messaging.Q --json');
    expect(done.json()).toMatchObject({
      before: 'UPDATE_ROLLBACK_FAILED',
      after: 'UPDATE_COMPLETE',
      steps: [
        { do: 'skip', class: 'TYPED', confirm: 'dev/messaging.Q' },
        { do: 'continue-rollback', class: 'ASK' },
        { do: 'restore', class: 'ASK', resource: 'Q' },
        { do: 'prove', class: 'AUTO' },
      ],
      drift: [{ id: 'Q', status: 'IN_SYNC' }],
      reconcile: [expect.stringContaining('platform deploy --env dev hands on the address')],
    });
    await isDone(it, 'recover messaging');
  });

  it('a stack at rest: makes again what was deleted behind its back, and nothing else (F-19)', async () => {
    const it = await project();
    const queue = (QueueName: string, VisibilityTimeout = 30) => ({
      Type: 'AWS::SQS::Queue',
      Properties: { QueueName, VisibilityTimeout },
    });
    await it.scene.create(STACK, { Resources: { A: queue('demo-a'), B: queue('demo-b') } });
    const sqs = it.aws.client(SQSClient);
    const url = async (QueueName: string) => (await sqs.send(new GetQueueUrlCommand({ QueueName }))).QueueUrl!;
    await sqs.send(new DeleteQueueCommand({ QueueUrl: await url('demo-a') }));
    await it.aws.settle();
    await needs(it, 'recover messaging', '--yes');
    await sqs.send(
      new SetQueueAttributesCommand({ QueueUrl: await url('demo-b'), Attributes: { VisibilityTimeout: '99' } }),
    );
    const more = await it.platform('recover messaging --yes');
    expect(more).toMatchObject({ exitCode: 1 });
    expect(more.stderr).toContain(
      'A of demo-dev-messaging was not brought in line: the same change set would change B',
    );
    await sqs.send(
      new SetQueueAttributesCommand({ QueueUrl: await url('demo-b'), Attributes: { VisibilityTimeout: '30' } }),
    );
    const done = await it.succeed('recover messaging --yes --json');
    expect(done.json()).toMatchObject({
      after: 'UPDATE_COMPLETE',
      drift: [{ status: 'IN_SYNC' }, { status: 'IN_SYNC' }],
    });
    await url('demo-a');
    await isDone(it, 'recover messaging');
  });

  it('UPDATE_ROLLBACK_FAILED: makes again what went with what was lost, a queue’s policy (F-03, F-19)', async () => {
    const it = await project();
    const statement = { Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: { 'Fn::GetAtt': ['Q', 'Arn'] } };
    const PolicyDocument = { Version: '2012-10-17', Statement: [statement] };
    const template = (VisibilityTimeout: number) => ({
      Resources: {
        Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'demo-q', VisibilityTimeout } },
        Policy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [{ Ref: 'Q' }], PolicyDocument } },
      },
    });
    await it.scene.create(STACK, template(30));
    const sqs = it.aws.client(SQSClient);
    const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'demo-q' }));
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    await it.scene.update(STACK, template(60));
    const done = await it.succeed('recover messaging --skip Q --yes --confirm dev/messaging.Q --json');
    expect(done.json().drift).toMatchObject([{ status: 'IN_SYNC' }, { status: 'IN_SYNC' }]);
    await isDone(it, 'recover messaging');
  });

  it('UPDATE_FAILED: rolls back what was told not to, and proves it (F-03)', async () => {
    const it = await project();
    const queue = { Type: 'AWS::SQS::Queue', Properties: {} };
    await it.scene.create(STACK, { Resources: { Q: queue } });
    await it.scene.update(
      STACK,
      { Resources: { Q: { ...queue, Properties: { VisibilityTimeout: 60 } }, ...FAILING.Resources } },
      { DisableRollback: true },
    );
    expect(await it.scene.status(STACK)).toBe('UPDATE_FAILED');
    await needs(it, 'recover messaging', '--yes');
    const done = (await it.succeed('recover messaging --yes --json')).json();
    expect(done).toMatchObject({ after: 'UPDATE_ROLLBACK_COMPLETE', drift: [{ id: 'Q', status: 'IN_SYNC' }] });
    await isDone(it, 'recover messaging');
  });

  it('CREATE_FAILED: deletes what never stood, after a yes (F-01, not F-05)', async () => {
    const it = await project();
    await it.scene.create(STACK, FAILING, { DisableRollback: true });
    expect(await it.scene.status(STACK)).toBe('CREATE_FAILED');
    await needs(it, 'recover messaging', '--yes');
    await it.succeed('recover messaging --yes');
    expect(await it.scene.status(STACK)).toBeUndefined();
  });

  it('ROLLBACK_FAILED: snapshot, protection lifted once its name was typed, deletion (F-05, F-85, S3-79, S3-80)', async () => {
    const it = await project();
    const DATA = 'demo-dev-data';
    await it.scene.create(DATA, FAILING_BESIDE_PROTECTED);
    expect(await it.scene.status(DATA)).toBe('ROLLBACK_FAILED');
    const said = await needs(it, `recover ${DATA} --yes`, '--confirm dev/data.Main');
    expect(said).toContain('the database is protected against deletion (F-85)');
    const done = await it.succeed(`recover ${DATA} --yes --confirm dev/data.Main --json`);
    expect(done.json()).toMatchObject({ before: 'ROLLBACK_FAILED', after: null, confirmations: ['dev/data.Main'] });
    const rds = it.aws.client(RDSClient);
    const { DBClusters } = await rds.send(new DescribeDBClustersCommand({}));
    expect(DBClusters).toEqual([]);
    const { DBClusterSnapshots } = await rds.send(new DescribeDBClusterSnapshotsCommand({}));
    expect(DBClusterSnapshots).toMatchObject([
      { DBClusterSnapshotIdentifier: expect.stringMatching(/^demo-main-recover-\d{10}$/), Status: 'available' },
    ]);
    await isDone(it, `recover ${DATA}`);
  });

  it('DELETE_FAILED: what has stood goes only by its name, and its objects by theirs (F-07, F-137)', async () => {
    const it = await project(BUCKET);
    const DATA = 'demo-dev-data';
    await it.succeed('deploy --env dev --yes');
    const bucket = (await it.platform('outputs buckets.files.name --env dev')).stdout.trim();
    await it.aws.client(S3Client).send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'x' }));
    await it.aws.client(CloudFormationClient).send(new DeleteStackCommand({ StackName: DATA }));
    await it.aws.settle();
    expect(await it.scene.status(DATA)).toBe('DELETE_FAILED');
    await needs(it, 'recover data --yes', '--confirm dev/buckets.files');
    await needs(it, 'recover data --yes --confirm dev/buckets.files', '--confirm dev/stacks.data');
    const said = await it.succeed('recover data --dry-run');
    expect(said.stdout).toContain('It needs --confirm dev/buckets.files --confirm dev/stacks.data');
    const done = await it.succeed('recover data --yes --confirm dev/buckets.files --confirm dev/stacks.data --json');
    expect(done.json()).toMatchObject({ before: 'DELETE_FAILED', after: null });
    await isDone(it, 'recover data');
  });

  it('DELETE_FAILED: leaves behind what is listed, and says so (F-07)', async () => {
    const it = await project(BUCKET);
    const DATA = 'demo-dev-data';
    await it.succeed('deploy --env dev --yes');
    const bucket = (await it.platform('outputs buckets.files.name --env dev')).stdout.trim();
    await it.aws.client(S3Client).send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'x' }));
    await it.aws.client(CloudFormationClient).send(new DeleteStackCommand({ StackName: DATA }));
    await it.aws.settle();
    const { blocked } = (await it.succeed('recover data --dry-run --json')).json();
    const done = await it.succeed(`recover data --retain ${blocked[0].id} --yes --confirm dev/stacks.data --json`);
    expect(done.json().reconcile).toContain(
      `${bucket} (AWS::S3::Bucket) was left behind and belongs to no stack any more`,
    );
  });

  it('lists what is stuck and what each needs, without a stack', async () => {
    const it = await project();
    const nothing = await it.succeed('recover');
    expect(nothing.stdout).toBe('Nothing of dev is stuck\n');
    await it.scene.loseQueue(STACK);
    const { stacks } = (await it.succeed('recover --json')).json();
    expect(stacks).toMatchObject([
      { id: 'messaging', status: 'UPDATE_ROLLBACK_FAILED', command: 'platform recover messaging --env dev' },
    ]);
    expect((await it.succeed('recover')).stdout).toContain(
      `messaging  ${STACK} is UPDATE_ROLLBACK_FAILED: Q (AWS::SQS::Queue)`,
    );
  });

  it('knows the stacks of the environment, and no others', async () => {
    const it = await project();
    await it.scene.create('elsewhere', FAILING);
    const { exitCode, stderr } = await it.platform('recover elsewhere');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('id: stack-missing');
    await isDone(it, 'recover data');
  });

  it('a person at the terminal is asked step by step, and may say no', async () => {
    const it = await project();
    await it.scene.loseQueue(STACK);
    it.forget();
    const declined = await it.platform('recover messaging --skip Q', {
      answer: (question) => (question.includes('dev/messaging.Q') ? 'dev/messaging.Q' : false),
    });
    expect(declined).toMatchObject({ exitCode: 5 });
    expect(it.writes()).toEqual([]);
  });
});

describe('platform rollback continue', () => {
  it('finds every rollback that got stuck, and leaves other states to recover (F-03, S3-81)', async () => {
    const it = await project();
    expect((await it.succeed('rollback continue')).stdout).toBe(
      'No rollback of dev is stuck: there is nothing to do\n',
    );
    await it.scene.loseQueue(STACK);
    await it.scene.create('demo-dev-data', FAILING);
    const other = await it.platform('rollback continue data --yes');
    expect(other).toMatchObject({ exitCode: 1 });
    expect(other.stderr).toContain('platform recover data');
    expect(await it.platform('rollback continue --skip Q --yes')).toMatchObject({ exitCode: 2 });
    const blocked = await it.platform('rollback continue --yes');
    expect(blocked).toMatchObject({ exitCode: 1 });
    const done = await it.succeed('rollback continue messaging --skip Q --yes --confirm dev/messaging.Q --json');
    expect(done.json()).toMatchObject({
      environment: 'dev',
      stacks: [{ id: 'messaging', after: 'UPDATE_COMPLETE' }],
    });
    expect((await it.succeed('rollback continue messaging')).stdout).toContain('there is nothing to do');
  });
});
