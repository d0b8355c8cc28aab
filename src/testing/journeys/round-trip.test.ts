import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, it, vi } from 'vitest';
import { startDeployable } from '../deployable.ts';

vi.setConfig({ testTimeout: 300_000 });

/** Something of every kind that can stay. */
const YAML = `project: demo
network: { nat: none }
databases: { main: { engine: aurora-postgres, databaseName: app, acu: { min: 0.5, max: 1 } } }
buckets: { files: {} }
queues: { jobs: {} }
secrets: { jwt: { source: generated, keys: { KEY: { generate: { length: 64 } } } } }
services:
  web:
    image: { context: . }
    uses: [db.main, bucket.files, queue.jobs]
    secrets: { KEY: "secret.jwt#KEY" }
environments:
  dev: { kind: dev, account: "111111111111" }
  staging: { kind: staging, account: "111111111111" }
  prod: { kind: prod, account: "111111111111" }
`;

it.each(['dev', 'staging', 'prod'])(
  'deploy, destroy, deploy again: %s comes back with what it left (S1-75, S1-76, S3-126, F-143, D19)',
  async (env) => {
    const project = await startDeployable({ yaml: YAML });
    const flags = `--env ${env} --sandbox`;
    const bucketOf = async () => (await project.succeed(`outputs buckets.files.name ${flags}`)).stdout.trim();
    const destroy = async () => {
      const { confirmations } = (await project.succeed(`destroy ${flags} --dry-run --json`)).json();
      const confirm = confirmations.map((name: string) => `--confirm ${name}`).join(' ');
      return (await project.succeed(`destroy ${flags} --yes ${confirm} --json`)).json();
    };
    await project.succeed(`deploy ${flags} --yes`);
    const bucket = await bucketOf();
    await project.aws.client(S3Client).send(new PutObjectCommand({ Bucket: bucket, Key: 'a', Body: 'precious' }));
    for (let round = 1; round <= 2; round += 1) {
      const { retained } = await destroy();
      const kept = retained.map(({ id }: { id: string }) => id);
      // A dev environment is to be got rid of, the others are to lose nothing.
      if (env === 'prod') expect(kept).toContain(bucket);
      await project.succeed(`deploy ${flags} --yes`);
      if (kept.includes(bucket)) expect(await bucketOf()).toBe(bucket);
      const left = (await project.succeed(`cleanup ${flags} --json`)).json().retained;
      const types = new Set(left.map(({ type }: { type: string }) => type));
      expect([...types].filter((type) => type !== 'AWS::RDS::DBClusterSnapshot')).toEqual([]);
      project.forget();
      await project.succeed(`deploy ${flags} --yes`);
      expect(project.writes()).toEqual([]);
    }
  },
);
