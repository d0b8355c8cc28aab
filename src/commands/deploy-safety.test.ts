import {
  CloudFormationClient,
  GetTemplateCommand,
  ListChangeSetsCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { DescribeDBClustersCommand, RDSClient } from '@aws-sdk/client-rds';
import { HeadBucketCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it } from 'vitest';
import { BUCKET, type Deployable, QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';

/** A network of our own: a database needs subnets that are there. */
const withDatabase = (settings: string, others = '') =>
  smallYaml(
    `databases: { main: { engine: aurora-postgres, acu: { min: 0.5, max: 1 }, ${settings} } }\n${others}`,
  ).replace(...OWN_NETWORK);
const OWN_NETWORK = [/^network: .*$/m, 'network: { nat: none }'] as const;

/** What only the name may agree to: nothing else does, and nothing is changed by trying. */
async function onlyByName(project: Deployable, name: string): Promise<void> {
  project.forget();
  const refusals = [
    await project.platform('deploy --env dev'),
    await project.platform('deploy --env dev --yes'),
    await project.platform(
      `deploy --env dev --yes --confirm ${name}s --confirm ${name.replace('dev/', '')} --confirm dev`,
    ),
    await project.platform(`deploy --env dev --yes --confirm ${name.toUpperCase()}`),
  ];
  for (const { exitCode, stderr } of refusals) {
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`--confirm ${name}`);
  }
  const declined = await project.platform('deploy --env dev --yes', { answer: () => 'yes' });
  expect(declined.exitCode).toBe(5);
  const dry = await project.platform('deploy --env dev --dry-run --json');
  expect(dry.json().confirmations).toEqual([name]);
  expect(dry.stderr).toContain(`would need --confirm ${name}: `);
  expect(project.writes()).toEqual([]);
}

describe('losing what cannot be made again', () => {
  it('replacing a database wants its name typed; --yes never answers it (F-87)', async () => {
    const project = await startDeployable({ yaml: withDatabase('databaseName: app, protect: false') });
    await project.succeed('deploy --env dev --yes');
    project.configure(withDatabase('databaseName: other, protect: false'));
    await onlyByName(project, 'dev/databases.main');

    const answers: string[] = [];
    const { exitCode } = await project.platform('deploy --env dev', {
      answer: (question) => {
        answers.push(question);
        return question.startsWith('Deploy') ? true : 'dev/databases.main';
      },
    });
    expect(exitCode).toBe(0);
    expect(answers).toMatchObject(
      [/^DatabaseMain\S+ \(AWS::RDS::DBCluster\)/, /^Deploy/].map((text) => expect.stringMatching(text)),
    );
    const { DBClusters } = await project.aws.client(RDSClient).send(new DescribeDBClustersCommand({}));
    expect(DBClusters).toMatchObject([{ DatabaseName: 'other' }]);
  });

  it('removing a bucket wants its name typed, and what is in it goes only then (F-137)', async () => {
    const project = await startDeployable({ yaml: smallYaml(`${BUCKET}\n${QUEUE}`) });
    await project.platform('deploy --env dev --yes');
    const bucket = (await project.platform('outputs buckets.files.name --env dev')).stdout.trim();
    const s3 = project.aws.client(S3Client);
    await s3.send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'x' }));
    project.configure(smallYaml(QUEUE));
    await onlyByName(project, 'dev/buckets.files');
    expect((await s3.send(new ListObjectsV2Command({ Bucket: bucket }))).KeyCount).toBe(1);

    const done = await project.platform('deploy --env dev --yes --confirm dev/buckets.files --json');
    expect(done.json().stacks).toMatchObject([{ action: 'none' }, { name: 'demo-dev-data', action: 'delete' }]);
    await expect(s3.send(new HeadBucketCommand({ Bucket: bucket }))).rejects.toThrow();
  });

  it('a bucket that could not be removed is named, because CloudFormation forgets it (F-20)', async () => {
    const project = await startDeployable({ yaml: smallYaml('buckets: { files: {}, others: {} }') });
    await project.platform('deploy --env dev --yes');
    const bucket = (await project.platform('outputs buckets.files.name --env dev')).stdout.trim();
    await project.aws.client(S3Client).send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'x' }));
    project.configure(smallYaml('buckets: { others: {} }'));
    const { exitCode, stderr } = await project.platform('deploy --env dev --yes --confirm dev/buckets.files');
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(
      new RegExp(`${bucket} \\(AWS::S3::Bucket\\) of demo-dev-data could not be removed and stays`),
    );
    const { retained } = (await project.succeed('cleanup --env dev --json')).json();
    expect(retained).toMatchObject([{ id: bucket, reason: expect.stringContaining('could not be removed') }]);
    await project.succeed(`cleanup ${bucket} --env dev --confirm dev/${bucket}`);
    expect((await project.succeed('cleanup --env dev --json')).json().retained).toEqual([]);
  });

  it('a stack that is protected and no longer configured wants its name typed (F-08)', async () => {
    const project = await startDeployable({ yaml: smallYaml(`buckets: { files: { onDelete: retain } }\n${QUEUE}`) });
    await project.platform('deploy --env prod --yes');
    project.configure(smallYaml(QUEUE));
    project.forget();
    const { exitCode, stderr } = await project.platform('deploy --env prod --yes');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('--confirm prod/stacks.data');
    expect(project.writes()).toEqual([]);
    expect((await project.platform('deploy --env prod --yes --confirm prod/stacks.data')).exitCode).toBe(0);
  });

  it('a protected database stops a deployment that would delete it, whatever is confirmed (F-85)', async () => {
    const project = await startDeployable({
      yaml: withDatabase('databaseName: app, protect: true, onDelete: destroy', QUEUE),
    });
    await project.succeed('deploy --env dev --yes');
    project.configure(smallYaml(QUEUE).replace(...OWN_NETWORK));
    project.forget();
    const { exitCode, json } = await project.platform('deploy --env dev --yes --confirm dev/databases.main --json');
    expect(exitCode).toBe(1);
    expect(json().error.problems).toMatchObject([{ rule: 'F-85' }]);
    expect(project.writes()).toEqual([]);
  });
});

describe('replacing the ground', () => {
  it('is refused whatever is confirmed, and by a dry run too (F-12)', async () => {
    const network = (cidr: string) =>
      smallYaml('').replace(/^network: .*$/m, `network: { cidr: ${cidr}, nat: none, isolated: false }`);
    const project = await startDeployable({ yaml: network('10.0.0.0/16') });
    await project.succeed('deploy --env dev --yes');
    project.configure(network('10.9.0.0/16'));
    project.forget();
    for (const flags of ['--yes', '--yes --confirm dev/network.Vpc', '--dry-run']) {
      const { exitCode, stderr } = await project.platform(`deploy --env dev ${flags}`);
      expect(exitCode).toBe(1);
      expect(stderr).toContain('id: plan-refused');
    }
    await project.platform('diff --env dev --out plan.json');
    expect((await project.platform('deploy --env dev --plan plan.json')).exitCode).toBe(1);
    expect(project.writes()).toEqual([]);
  });
});

describe('fewer availability zones', () => {
  it('take subnets away only when that was typed (F-12)', async () => {
    const network = (azs: number) =>
      smallYaml('').replace(/^network: .*$/m, `network: { azs: ${azs}, nat: none, isolated: false }`);
    const project = await startDeployable({ yaml: network(3) });
    await project.succeed('deploy --env dev --yes');
    project.configure(network(2));
    project.forget();
    const refused = await project.platform('deploy --env dev --yes');
    expect(refused.exitCode).toBe(2);
    expect(refused.stderr).toContain('--confirm dev/network.azs');
    expect(refused.stderr).toMatch(/Public3\S* \(AWS::EC2::Subnet\) of network is no longer configured/);
    expect(project.writes()).toEqual([]);
    await project.succeed('deploy --env dev --yes --confirm dev/network.azs');
    expect((await project.succeed('outputs --env dev --json')).json()).toBeDefined();
  });
});

describe('the second look, at the real change set', () => {
  it('stops a replacement that the plan did not know of, and leaves no change set behind', async () => {
    const project = await startDeployable({ yaml: smallYaml(BUCKET) });
    await project.succeed('deploy --env dev --yes');
    project.configure(smallYaml('buckets: { files: { cors: ["https://example.com"] } }'));
    const client = project.aws.client(CloudFormationClient);
    const StackName = 'demo-dev-data';

    /** Between the plan and the change set somebody gives the bucket a name, which our template would take back. */
    const answer = async () => {
      const { TemplateBody } = await client.send(new GetTemplateCommand({ StackName }));
      const template = JSON.parse(TemplateBody!);
      const bucket = Object.values(template.Resources as Record<string, { Type: string; Properties: object }>).find(
        ({ Type }) => Type === 'AWS::S3::Bucket',
      )!;
      Object.assign(bucket.Properties, { BucketName: 'named-by-hand' });
      await client.send(new UpdateStackCommand({ StackName, TemplateBody: JSON.stringify(template) }));
      await project.aws.settle();
      return true;
    };
    const { exitCode, stderr } = await project.platform('deploy --env dev', { answer });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(/id: change-not-approved/);
    await project.aws.client(S3Client).send(new HeadBucketCommand({ Bucket: 'named-by-hand' }));
    expect((await client.send(new ListChangeSetsCommand({ StackName }))).Summaries).toEqual([]);
  });

  it('somebody else who deploys while a person thinks is noticed, and nothing is changed', async () => {
    const project = await startDeployable({ yaml: smallYaml(BUCKET) });
    await project.succeed('deploy --env dev --yes');
    project.configure(smallYaml(`${BUCKET}\n${QUEUE}`));
    const { exitCode, stderr } = await project.platform('deploy --env dev', {
      answer: async () => {
        await project.succeed('deploy --env dev --yes');
        project.forget();
        return true;
      },
    });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('id: environment-overtaken');
    expect(project.writes()).toEqual([]);
  });
});
