import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, CreateLogGroupCommand, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeRepositoriesCommand, ECRClient } from '@aws-sdk/client-ecr';
import { CreateMultipartUploadCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { AwsFault } from '../sandbox/kernel/fault.ts';
import { type Deployable, QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';

const KEPT = smallYaml(`buckets: { files: { onDelete: retain } }\n${QUEUE}`);
const WORKER = smallYaml('services: { worker: { image: { context: . } } }').replace(
  /^network: .*$/m,
  'network: { nat: none }',
);
const PROD = '--env prod --sandbox';

const stacksOf = async ({ aws }: Deployable) =>
  ((await aws.client(CloudFormationClient).send(new DescribeStacksCommand({}))).Stacks ?? [])
    .map(({ StackName }) => StackName!)
    .filter((name) => name !== 'CDKToolkit');

async function fileIn(project: Deployable, env: string) {
  const bucket = (await project.platform(`outputs buckets.files.name --env ${env}`)).stdout.trim();
  await project.aws.client(S3Client).send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'precious' }));
  return bucket;
}

describe('what destroy leaves', () => {
  it('is in a ledger with its cost, taken back by the next deployment, again and again (F-143)', async () => {
    const project = await startDeployable({ yaml: KEPT });
    await project.succeed('deploy --env prod --yes');
    const bucket = await fileIn(project, 'prod');
    for (const round of [1, 2]) {
      const { retained } = (await project.succeed('destroy --env prod --confirm prod/environment --json')).json();
      expect(retained, String(round)).toContainEqual(expect.objectContaining({ id: bucket, monthlyCost: 0 }));
      const listed = (await project.succeed('cleanup --env prod --json')).json();
      expect(listed).toMatchObject({
        deleted: [],
        retained: [
          { type: 'AWS::S3::Bucket', id: bucket },
          { type: 'AWS::SQS::Queue', id: expect.stringContaining('DeadLetters'), monthlyCost: 0 },
        ],
      });
      expect((await project.succeed('diff --env prod')).stdout).toContain(
        `takes over ${bucket}, which is there already`,
      );
      await project.succeed('deploy --env prod --yes');
      expect((await project.succeed('outputs buckets.files.name --env prod')).stdout.trim()).toBe(bucket);
      const s3 = project.aws.client(S3Client);
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: 'a' }));
      expect(await Body!.transformToString()).toBe('precious');
      project.forget();
      await project.succeed('deploy --env prod --yes');
      expect(project.writes()).toEqual([]);
      expect((await project.succeed('cleanup --env prod --json')).json().retained).toEqual([]);
    }
  });

  it('cleanup deletes what is chosen, by its name alone, and knows what it does not (F-137, F-141, S3-127)', async () => {
    const project = await startDeployable({ yaml: smallYaml('buckets: { files: { onDelete: retain } }') });
    await project.succeed('deploy --env prod --yes');
    const bucket = await fileIn(project, 'prod');
    await project.succeed('destroy --env prod --confirm prod/environment');
    const logs = project.aws.client(CloudWatchLogsClient);
    await logs.send(new CreateLogGroupCommand({ logGroupName: 'demo-prod-tasks-WorkerLog-AAAA' }));
    await logs.send(new CreateLogGroupCommand({ logGroupName: 'demo-prodigy-tasks-Log' }));

    project.forget();
    const { retained } = (await project.succeed('cleanup --env prod --json')).json();
    expect(retained.map(({ id }: { id: string }) => id).sort()).toEqual([bucket, 'demo-prod-tasks-WorkerLog-AAAA']);
    for (const flags of ['', '--yes', '--yes --confirm prod/environment', `--yes --confirm dev/${bucket}`]) {
      const { exitCode, stderr } = await project.platform(`cleanup ${bucket} --env prod ${flags}`);
      expect(exitCode).toBe(2);
      expect(stderr).toContain(`--confirm prod/${bucket}`);
      expect(stderr).toContain('with 1 object versions');
    }
    const unknown = await project.platform('cleanup demo-prodigy-tasks-Log --env prod --yes');
    expect(unknown.exitCode).toBe(2);
    expect(unknown.stderr).toContain('id: cleanup-unknown');
    const dry = (await project.succeed(`cleanup ${bucket} --env prod --dry-run --json`)).json();
    expect(dry).toMatchObject({ dryRun: true, deleted: [], confirmations: [`prod/${bucket}`] });
    expect(project.writes()).toEqual([]);

    const ids = [bucket, 'demo-prod-tasks-WorkerLog-AAAA'];
    const confirm = ids.map((id) => `--confirm prod/${id}`).join(' ');
    const done = (await project.succeed(`cleanup ${ids.join(' ')} --env prod ${confirm} --json`)).json();
    expect(done.deleted.map(({ id }: { id: string }) => id)).toEqual(ids);
    expect(done.retained).toEqual([]);
    expect((await logs.send(new DescribeLogGroupsCommand({}))).logGroups).toMatchObject([
      { logGroupName: 'demo-prodigy-tasks-Log' },
    ]);
    expect((await project.succeed('cleanup --env prod')).stdout).toContain('has left nothing behind');
  });

  it('what was rehearsed is removed in the rehearsal, never in the real account; what is on its way out costs nothing', async () => {
    const yaml = smallYaml(
      'secrets: { app: { keys: { KEY: { generate: { length: 20 } } } } }\nservices: { worker: { image: { context: . }, secrets: { KEY: secret.app#KEY } } }',
    ).replace(/^network: .*$/m, 'network: { nat: none }');
    const project = await startDeployable({ yaml });
    await project.succeed('deploy --env prod --sandbox --yes');
    const down = (await project.succeed('destroy --env prod --sandbox --confirm prod/environment --json')).json();
    const id = 'demo/prod/app';
    const find = (all: { id: string }[]) => all.find((one) => one.id === id);
    const remove = `platform cleanup ${id} --env prod --sandbox --confirm prod/${id}`;
    expect(find(down.retained)).toMatchObject({ monthlyCost: 0.4, remove });
    const { stdout } = await project.succeed('cleanup --env prod --sandbox');
    expect(stdout).toContain('platform cleanup <name> --env prod --sandbox deletes one of them');
    const { retained } = (await project.succeed(`${remove.slice('platform '.length)} --json`)).json();
    const reason = 'scheduled for deletion, can be restored until it is gone';
    expect(find(retained)).toMatchObject({ monthlyCost: 0, remove: null, reason });
  });

  it('counts unfinished uploads of a bucket, and asks for its name (F-137)', async () => {
    const project = await startDeployable({ yaml: smallYaml('buckets: { files: {} }') });
    await project.succeed('deploy --env dev --yes');
    const bucket = await fileIn(project, 'dev');
    await project.aws.client(S3Client).send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: 'b' }));
    const { exitCode, stderr } = await project.platform('destroy --env dev --yes');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('1 object versions (1 KiB) and 1 unfinished uploads: they are deleted');
    await project.succeed('destroy --env dev --yes --confirm dev/buckets.files');
    expect(await stacksOf(project)).toEqual([]);
  });

  it('an interrupted destroy knows at its end what the first try has left', async () => {
    const project = await startDeployable({ yaml: KEPT });
    await project.succeed('deploy --env prod --yes');
    const bucket = await fileIn(project, 'prod');
    project.forget();
    // One of the two stacks goes, the other does not.
    const denied = new AwsFault('AccessDenied', 'User is not authorized to perform: cloudformation:DeleteStack');
    project.aws.faults.push({ service: 'cloudformation', operation: 'DeleteStack', skip: 1, with: denied });
    const first = await project.platform('destroy --env prod --confirm prod/environment');
    expect(first.exitCode).toBe(4);
    expect(await stacksOf(project)).toHaveLength(1);
    const second = (await project.succeed('destroy --env prod --confirm prod/environment --json')).json();
    expect(second.retained).toContainEqual(expect.objectContaining({ id: bucket, type: 'AWS::S3::Bucket' }));
    expect(second.retained).toContainEqual(expect.objectContaining({ type: 'AWS::SQS::Queue' }));
    project.forget();
    await project.succeed('destroy --env prod');
    expect(project.writes()).toEqual([]);
    expect(await stacksOf(project)).toEqual([]);
  });

  it('image repositories stay, and go with --images by their name and count (F-142)', async () => {
    const project = await startDeployable({ yaml: WORKER });
    await project.succeed(`deploy ${PROD} --yes`);
    const refused = await project.platform(`destroy ${PROD} --images --confirm prod/environment`);
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('Repository demo-prod-worker is deleted with its 1 images');
    expect(refused.stderr).toContain('--confirm prod/repositories.demo-prod-worker');
    const { retained } = (
      await project.succeed(
        `destroy ${PROD} --images --confirm prod/environment --confirm prod/repositories.demo-prod-worker --json`,
      )
    ).json();
    expect(retained.map(({ type }: { type: string }) => type)).not.toContain('AWS::ECR::Repository');
    const { repositories } = await project.aws.client(ECRClient).send(new DescribeRepositoriesCommand({}));
    expect(repositories!.map(({ repositoryName }) => repositoryName)).not.toContain('demo-prod-worker');
    expect(await stacksOf(project)).toEqual([]);
  });
});
