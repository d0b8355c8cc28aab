import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { KNOWN } from './known.ts';
import { live } from './life.ts';
import { outputsOf, taskOf } from './look.ts';
import { type SystemProject, startSystem } from './system-project.ts';

/** A file in the bucket is seen under the address of the CDN that `outputs` says. */
async function showsFile(project: SystemProject, environment: string): Promise<void> {
  const { aws, accountOf } = project;
  const outputs = await outputsOf(project, environment);
  await aws
    .client(S3Client, { account: accountOf(environment) })
    .send(new PutObjectCommand({ Bucket: outputs['buckets.media.name'], Key: 'a/photo.jpg', Body: 'picture' }));
  const { host } = new URL(outputs['sites.media.url']!);
  expect(host).toMatch(/\.cloudfront\.net$/);
  const answer = await fetch(`${aws.endpoint}/_cloudfront/${host}/a/photo.jpg`);
  expect([answer.status, await answer.text()]).toEqual([200, 'picture']);
}

it('S0-29: Tango dev, whose media are reachable under the CDN’s own host', async () => {
  const project = await startSystem('tango');
  await live(project, 'dev', { known: KNOWN.tango.dev!, once: () => showsFile(project, 'dev') });
});

it('S3-09 S3-10 S3-107: Tango prod, its image from ECR, its credentials from Secrets Manager, its alarms without asking', async () => {
  const project = await startSystem('tango');
  const once = async () => {
    await showsFile(project, 'prod');
    const { containerDefinitions = [] } = await taskOf(project, 'prod', 'web');
    const [{ image, secrets = [] } = {}] = containerDefinitions;
    expect(image).toMatch(/^111111111111\.dkr\.ecr\.us-east-1\.\S+\/tango-backend@sha256:/);
    const stripe = secrets.find(({ name }) => name === 'STRIPE_SECRET_KEY');
    expect(stripe?.valueFrom).toContain(':secret:tango/app-secrets');
  };
  const { stacks } = await live(project, 'prod', { known: KNOWN.tango.prod!, once });
  expect(stacks.map(({ name }: { name: string }) => name)).toContain('tango-prod-observability');
});
