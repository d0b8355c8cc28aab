import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DescribeDBClusterSnapshotsCommand, DescribeDBClustersCommand, RDSClient } from '@aws-sdk/client-rds';
import { HeadBucketCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { Aws } from '../aws/aws.ts';
import { BUCKET, type Deployable, QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';

const STATE_BUCKET = 'platform-demo-111111111111-us-east-1';

async function stacksOf({ aws }: Deployable): Promise<string[]> {
  const { Stacks = [] } = await aws.client(CloudFormationClient).send(new DescribeStacksCommand({}));
  return Stacks.map(({ StackName }) => StackName!).filter((name) => name !== 'CDKToolkit');
}

const fullBucket = async (project: Deployable, env = 'dev') => {
  const bucket = (await project.platform(`outputs buckets.files.name --env ${env}`)).stdout.trim();
  await project.aws.client(S3Client).send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'x'.repeat(2000) }));
  return bucket;
};

describe('platform destroy', () => {
  it('takes a dev environment down after a yes, says what stays, and has nothing to do the second time (S1-21)', async () => {
    const project = await startDeployable({ yaml: smallYaml(`${BUCKET}\n${QUEUE}`) });
    await project.succeed('deploy --env dev --yes');
    project.forget();
    expect((await project.platform('destroy --env dev')).exitCode).toBe(2);
    expect((await project.platform('destroy --env dev', { answer: () => false })).exitCode).toBe(5);
    expect(project.writes()).toEqual([]);

    const { json } = await project.succeed('destroy --env dev --yes --json');
    expect(json()).toEqual({
      deleted: ['demo-dev-data', 'demo-dev-messaging'],
      retained: [
        expect.objectContaining({ id: STATE_BUCKET, reason: 'holds the releases of this project', monthlyCost: null }),
      ],
      dryRun: false,
      confirmations: [],
    });
    expect(await stacksOf(project)).toEqual([]);
    project.forget();
    expect((await project.succeed('destroy --env dev --json')).json()).toMatchObject({ deleted: [] });
    expect(project.writes()).toEqual([]);
    await project.succeed('deploy --env dev --yes');
  });

  it('wants the name of a prod environment typed; --yes is not enough, and nothing is changed without it', async () => {
    const project = await startDeployable({ yaml: smallYaml(QUEUE) });
    await project.succeed('deploy --env prod --yes');
    project.forget();
    for (const flags of ['', '--yes', '--yes --confirm prod', '--yes --confirm dev/environment']) {
      const { exitCode, stderr } = await project.platform(`destroy --env prod ${flags}`);
      expect(exitCode).toBe(2);
      expect(stderr).toContain('--confirm prod/environment');
    }
    const dry = (await project.succeed('destroy --env prod --dry-run --json')).json();
    expect(dry).toMatchObject({
      dryRun: true,
      confirmations: ['prod/environment'],
      deleted: ['demo-prod-messaging', 'demo-prod-observability'],
    });
    expect(project.writes()).toEqual([]);
    await project.succeed('destroy --env prod --confirm prod/environment');
    expect(await stacksOf(project)).toEqual([]);
  });

  it('what prod left behind is named, and is in nobody’s way afterwards (F-143)', async () => {
    const project = await startDeployable({
      yaml: smallYaml(`buckets: { files: { onDelete: retain } }\n${QUEUE}`),
    });
    await project.succeed('deploy --env prod --yes');
    const bucket = await fullBucket(project, 'prod');
    const { retained } = (await project.succeed('destroy --env prod --confirm prod/environment --json')).json();
    expect(retained).toContainEqual({
      type: 'AWS::S3::Bucket',
      id: bucket,
      reason: 'kept when its stack is deleted',
      monthlyCost: 0,
      region: 'us-east-1',
      since: expect.stringMatching(/^\d{4}-/),
      remove: `platform cleanup ${bucket} --env prod --confirm prod/${bucket}`,
    });
    await project.aws.client(S3Client).send(new HeadBucketCommand({ Bucket: bucket }));
    await project.succeed('deploy --env prod --yes');
  });

  it('empties a full bucket only when its name was typed (F-137)', async () => {
    const project = await startDeployable({ yaml: smallYaml(BUCKET) });
    await project.succeed('deploy --env dev --yes');
    const bucket = await fullBucket(project);
    project.forget();
    const { exitCode, stderr } = await project.platform('destroy --env dev --yes');
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`Bucket ${bucket} holds 1 object versions (2 KiB): they are deleted`);
    expect(stderr).toContain('--confirm dev/buckets.files');
    expect(project.writes()).toEqual([]);
    await project.succeed('destroy --env dev --yes --confirm dev/buckets.files');
    expect(await stacksOf(project)).toEqual([]);
  });

  it('lifts the protection of a database only when its name was typed, and leaves a snapshot (F-85)', async () => {
    const database =
      'databases: { main: { engine: aurora-postgres, databaseName: app, acu: { min: 0.5, max: 1 }, protect: true, onDelete: snapshot } }';
    const project = await startDeployable({
      yaml: smallYaml(database).replace(/^network: .*$/m, 'network: { nat: none }'),
    });
    await project.succeed('deploy --env dev --yes');
    project.forget();
    const { exitCode, stderr } = await project.platform('destroy --env dev --yes');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--confirm dev/databases.main');
    expect(project.writes()).toEqual([]);
    const dry = (await project.succeed('destroy --env dev --dry-run --json')).json();
    const promised = dry.retained.filter(({ type }: { type: string }) => type === 'AWS::RDS::DBClusterSnapshot');
    expect(promised).toMatchObject([{ id: expect.stringMatching(/^demo-dev-data-snapshot-\w+-\*$/), remove: null }]);
    expect(project.writes()).toEqual([]);
    const { retained } = (await project.succeed('destroy --env dev --yes --confirm dev/databases.main --json')).json();
    const rds = project.aws.client(RDSClient);
    expect((await rds.send(new DescribeDBClustersCommand({}))).DBClusters).toEqual([]);
    const { DBClusterSnapshots } = await rds.send(new DescribeDBClusterSnapshotsCommand({}));
    expect(DBClusterSnapshots).toHaveLength(1);
    const [snapshot] = DBClusterSnapshots!;
    expect(snapshot!.DBClusterSnapshotIdentifier).toMatch(new RegExp(`^${promised[0].id.replace('*', '\\w+$')}`));
    expect(retained).toContainEqual(
      expect.objectContaining({
        type: 'AWS::RDS::DBClusterSnapshot',
        id: DBClusterSnapshots![0]!.DBClusterSnapshotIdentifier,
      }),
    );
  });

  it('finds its stacks when the state is lost, and finishes what is half gone', async () => {
    const project = await startDeployable({ yaml: smallYaml(`${BUCKET}\n${QUEUE}`) });
    await project.succeed('deploy --env dev --yes');
    const { s3, cloudFormation } = new Aws({
      account: '111111111111',
      region: 'us-east-1',
      endpoint: project.aws.endpoint,
      fenced: true,
      credentials: async () => project.aws.credentials,
      variables: {},
    });
    await s3.emptyBucket(STATE_BUCKET);
    await s3.deleteBucket(STATE_BUCKET);
    await cloudFormation.deleteStack('demo-dev-messaging');
    await project.aws.settle();
    const { json } = await project.succeed('destroy --env dev --yes --json');
    expect(json()).toMatchObject({ deleted: ['demo-dev-data'], retained: [] });
    expect(await stacksOf(project)).toEqual([]);
  });

  it('leaves secrets alone, and says so', async () => {
    const yaml = smallYaml(
      'secrets: { app: { keys: { API_KEY: {} } } }\nservices: { worker: { image: { context: . }, secrets: { API_KEY: "secret.app#API_KEY" } } }',
    ).replace(/^network: .*$/m, 'network: { nat: none }');
    const project = await startDeployable({ yaml });
    await project.succeed('deploy --env sandbox --yes');
    const { json } = await project.succeed('destroy --env sandbox --yes --json');
    const secret = json().retained.find(({ type }: { type: string }) => type === 'AWS::SecretsManager::Secret');
    expect(secret).toMatchObject({ id: expect.stringContaining('app') });
    const { account } = (await project.platform('status --env sandbox --json')).json();
    const client = project.aws.client(SecretsManagerClient, { account });
    expect((await client.send(new DescribeSecretCommand({ SecretId: secret.id }))).DeletedDate).toBeUndefined();
  });
});
