import type { Bench } from '../bench.ts';
import type { StepInput } from '../break-steps.ts';

interface Listed {
  Versions?: { Key: string; VersionId: string }[];
  DeleteMarkers?: { Key: string; VersionId: string }[];
}

export async function emptyBucket({ bucket }: StepInput<'empty-bucket'>, { ask }: Bench): Promise<string> {
  let gone = 0;
  for (;;) {
    const { Versions = [], DeleteMarkers = [] } = await ask<Listed>('s3:ListObjectVersions', { Bucket: bucket });
    const found = [...Versions, ...DeleteMarkers];
    if (found.length === 0) return `bucket ${bucket} lost ${gone} versions`;
    for (const { Key, VersionId } of found) await ask('s3:DeleteObject', { Bucket: bucket, Key, VersionId });
    gone += found.length;
  }
}

export async function fillBucket({ bucket, objects }: StepInput<'fill-bucket'>, { ask }: Bench): Promise<string> {
  for (let index = 1; index <= objects; index += 1)
    await ask('s3:PutObject', { Bucket: bucket, Key: `left/${index}.txt`, Body: Buffer.from(`object ${index}`) });
  return `bucket ${bucket} has ${objects} objects more`;
}

export async function fillQueue({ url, messages }: StepInput<'fill-queue'>, { ask }: Bench): Promise<string> {
  for (let index = 1; index <= messages; index += 1)
    await ask('sqs:SendMessage', { QueueUrl: url, MessageBody: JSON.stringify({ message: index }) });
  return `${messages} messages wait in ${url}`;
}
