import { GetBucketLoggingCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { loadBalancers } from '../sandbox/services/elasticloadbalancing/state.ts';
import { bucketNamed } from '../sandbox/services/s3/state.ts';
import type { Deployable } from '../testing/deployable.ts';
import { startDeployed } from '../testing/start-deployed.ts';

const FLAGS = '--env dev --sandbox';

const yaml = (accessLogs: boolean) => `project: demo
network: { nat: none }
buckets: { files: {} }
services:
  web:
    image: { context: . }
    port: 8080
    health: { path: / }
    http: { certificate: none, insecure: true }
observability: { accessLogs: ${accessLogs} }
environments:
  dev: { kind: dev, account: "111111111111" }
`;

const balancer = ({ aws }: Deployable) => loadBalancers.in(aws.scope).values()[0];

it('an environment that runs begins to log who asks for what, replaces nothing, and goes with its logs', async () => {
  const project = await startDeployed({ yaml: yaml(false) });
  const before = balancer(project)!;
  expect(before.attributes['access_logs.s3.enabled']).toBe('false');

  project.configure(yaml(true));
  const plan = (await project.succeed(`diff ${FLAGS} --json`)).json();
  const changes = plan.stacks.flatMap(({ changes: all }: { changes: object[] }) => all);
  expect(changes.filter(({ replacement }: { replacement?: string }) => replacement !== 'never')).toEqual([]);
  const { outputs } = (await project.succeed(`deploy ${FLAGS} --yes --json`)).json();

  const after = balancer(project)!;
  expect(after.LoadBalancerArn).toBe(before.LoadBalancerArn);
  const logs = after.attributes['access_logs.s3.bucket']!;
  expect(outputs['observability.accessLogs.bucket']).toBe(logs);
  const s3 = project.aws.client(S3Client);
  const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: logs }));
  expect(Contents.map(({ Key }) => Key)).toEqual(['balancer/AWSLogs/111111111111/ELBAccessLogTestFile']);
  const { LoggingEnabled } = await s3.send(new GetBucketLoggingCommand({ Bucket: outputs['buckets.files.name'] }));
  expect(LoggingEnabled).toMatchObject({ TargetBucket: logs, TargetPrefix: 'buckets/files/' });

  project.forget();
  await project.succeed(`deploy ${FLAGS} --yes`);
  expect(project.writes()).toEqual([]);

  // What somebody asked is nobody's to throw away by `--yes`.
  const { confirmations } = (await project.succeed(`destroy ${FLAGS} --dry-run --json`)).json();
  expect(confirmations).toHaveLength(1);
  await project.succeed(`destroy ${FLAGS} --yes --confirm ${confirmations[0]}`);
  expect(bucketNamed(project.aws.scope, logs)).toBeUndefined();
});
