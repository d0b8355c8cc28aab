import { GetBucketLoggingCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { loadBalancers } from '../sandbox/services/elasticloadbalancing/state.ts';
import { bucketNamed } from '../sandbox/services/s3/state.ts';
import type { Deployable } from '../testing/deployable.ts';
import { startDeployed } from '../testing/start-deployed.ts';

const FLAGS = '--env dev --sandbox';

const yaml = (accessLogs?: boolean) => `project: demo
network: { nat: none }
buckets: { files: {} }
services:
  web:
    image: { context: . }
    port: 8080
    health: { path: / }
    http: { certificate: none, insecure: true }
${accessLogs === undefined ? '' : `observability: { accessLogs: ${accessLogs} }`}
environments:
  dev: { kind: dev, account: "111111111111" }
`;

const balancer = ({ aws }: Deployable) => loadBalancers.in(aws.scope).values()[0];

it('an environment that runs begins to log who asks for what, replaces nothing, and ends it again', async () => {
  const project = await startDeployed({ yaml: yaml() });
  const before = balancer(project)!;
  expect(before.attributes['access_logs.s3.enabled']).toBe('false');

  project.configure(yaml(true));
  const diff = (await project.succeed(`diff ${FLAGS} --json`)).json();
  const changes = diff.stacks.flatMap(({ changes: all }: { changes: object[] }) => all);
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

  // The load balancer is told that it is over; the bucket is not empty, so that it stays until somebody has it deleted.
  project.configure(yaml(false));
  const plan = (await project.succeed(`deploy ${FLAGS} --dry-run --json`)).json();
  expect(plan.confirmations).toEqual([expect.stringMatching(/^dev\/data\.AccessLogsBucket/)]);
  const end = await project.succeed(`deploy ${FLAGS} --yes --confirm ${plan.confirmations[0]}`);
  expect(balancer(project)!.attributes['access_logs.s3.enabled']).toBe('false');
  expect(end.stderr).toContain(`${logs} (AWS::S3::Bucket) of demo-dev-data could not be removed and stays`);
  expect((await project.succeed(`cleanup ${FLAGS} --dry-run`)).stdout).toContain(logs);
});

it('an environment goes with its access logs, which are nobody’s to throw away by --yes', async () => {
  const project = await startDeployed({ yaml: yaml(true) });
  const logs = balancer(project)!.attributes['access_logs.s3.bucket']!;
  const { confirmations } = (await project.succeed(`destroy ${FLAGS} --dry-run --json`)).json();
  expect(confirmations).toHaveLength(1);
  await project.succeed(`destroy ${FLAGS} --yes --confirm ${confirmations[0]}`);
  expect(bucketNamed(project.aws.scope, logs)).toBeUndefined();
});
