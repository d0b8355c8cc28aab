import { DeleteBucketCommand, ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { BUCKET, smallYaml } from '../../../testing/deployable.ts';
import { checked } from '../../../testing/doctor-checks.ts';
import { startDeployed } from '../../../testing/start-deployed.ts';

it('buckets: healthy where they are there; buckets: sick where somebody deleted one (F-19); --fix asks, has its stack make it again, looks again', async () => {
  const project = await startDeployed({ yaml: smallYaml(BUCKET) });
  expect((await checked(project, 'buckets')).checks).toMatchObject([{ status: 'ok', detail: '1 bucket' }]);
  const s3 = project.aws.client(S3Client);
  const { Buckets } = await s3.send(new ListBucketsCommand({}));
  const Bucket = Buckets!.map(({ Name }) => Name!).find((name) => name.startsWith('demo-dev-data-'))!;
  await s3.send(new DeleteBucketCommand({ Bucket }));
  expect(await checked(project, 'buckets')).toMatchObject({
    exitCode: 1,
    checks: [
      {
        subject: Bucket,
        failure: 'F-19',
        handling: 'ASK',
        evidence: [{ call: 's3:HeadBucket', value: 'absent' }],
        remedy: 'platform recover data --env dev --sandbox makes it again, empty',
      },
    ],
  });
  const fixed = await checked(project, 'buckets', '--env dev --sandbox --fix --yes');
  expect(fixed).toMatchObject({ exitCode: 0, document: { fixes: [{ outcome: 'fixed' }] } });
});
