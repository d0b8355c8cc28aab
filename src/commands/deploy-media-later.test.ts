import { GetBucketPolicyCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { smallYaml, startDeployable } from '../testing/deployable.ts';

it('S0-55: a bucket that stands gets a site and loses it, and its one policy passes from stack to stack (F-119)', async () => {
  const bare = smallYaml('buckets: { media: { access: cdn, onDelete: destroy } }');
  const shown = smallYaml(
    'buckets: { media: { access: cdn, onDelete: destroy } }\nsites: { pictures: { kind: media, bucket: bucket.media } }',
  );
  const project = await startDeployable({ yaml: bare });
  const at = '--env dev --sandbox --yes';
  const { outputs } = (await project.succeed(`deploy ${at} --json`)).json();
  const s3 = project.aws.client(S3Client, { account: '111111111111' });
  const sids = async () => {
    const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket: outputs['buckets.media.name'] }));
    return JSON.parse(Policy!).Statement.map(({ Sid }: { Sid: string }) => Sid);
  };
  expect(await sids()).toEqual(['RequireTls']);

  project.configure(shown);
  await project.succeed(`deploy ${at}`);
  expect(await sids()).toEqual(['RequireTls', 'CloudFrontReads']);
  project.forget();
  await project.succeed(`deploy ${at}`);
  expect(project.writes()).toEqual([]);

  project.configure(bare);
  await project.succeed(`deploy ${at} --confirm dev/sites.LogsBucket8640D480`);
  expect(await sids()).toEqual(['RequireTls']);
  project.forget();
  await project.succeed(`deploy ${at}`);
  expect(project.writes()).toEqual([]);
});
