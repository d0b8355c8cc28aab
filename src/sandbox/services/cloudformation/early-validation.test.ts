import { DescribeChangeSetCommand, DescribeEventsCommand } from '@aws-sdk/client-cloudformation';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { actAsOf } from './as-of.ts';
import { stackScene, topic } from './stack-scene.ts';

const bucket = { Resources: { Staging: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'taken' } } } };

it('F-10 F-15 refuses a name that is taken before anything is made, and says where it stands', async () => {
  const scene = await stackScene();
  await scene.sandbox.client(S3Client).send(new CreateBucketCommand({ Bucket: 'taken' }));
  const id = await scene.changeSet(bucket);
  const described = await scene.client.send(new DescribeChangeSetCommand({ ChangeSetName: id }));
  expect(described).toMatchObject({
    Status: 'FAILED',
    ExecutionStatus: 'UNAVAILABLE',
    StatusReason:
      'The following hook(s)/validation failed: [AWS::EarlyValidation::ResourceExistenceCheck]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.',
  });
  const { OperationEvents } = await scene.client.send(
    new DescribeEventsCommand({ ChangeSetName: id, Filters: { FailedEvents: true } }),
  );
  expect(OperationEvents).toMatchObject([
    {
      EventType: 'VALIDATION_ERROR',
      LogicalResourceId: 'Staging',
      ValidationName: 'NAME_CONFLICT_VALIDATION',
      ValidationStatusReason: "Resource of type 'AWS::S3::Bucket' with identifier 'taken' already exists.",
      ValidationPath: '/Resources/Staging/Properties',
    },
  ]);
});

it('names each property that is missing or unknown', async () => {
  const scene = await stackScene();
  const id = await scene.changeSet({
    Resources: { Bad: { Type: 'AWS::SSM::Parameter', Properties: { Value: 'x', Colour: 'red' } }, Good: topic() },
  });
  const { OperationEvents } = await scene.client.send(new DescribeEventsCommand({ ChangeSetName: id }));
  expect(
    OperationEvents!.map(({ ValidationStatusReason, ValidationPath }) => [ValidationStatusReason, ValidationPath]),
  ).toEqual([
    ['Required property [Type] not found', '/Resources/Bad/Properties'],
    ['Unsupported property [Colour]', '/Resources/Bad/Properties'],
  ]);
  await expect(scene.client.send(new DescribeEventsCommand({ ChangeSetName: 'change' }))).rejects.toThrow(
    'One of ChangeSetName, OperationId or StackName must be specified',
  );
});

it('F-23 lets the conflict come up in the deployment as it did before AWS validated early', async () => {
  const scene = await stackScene();
  actAsOf(scene.sandbox.world, '2025-06-01');
  await scene.sandbox.client(S3Client).send(new CreateBucketCommand({ Bucket: 'taken' }));
  await scene.execute(await scene.changeSet(bucket));
  expect((await scene.stack()).StackStatus).toBe('ROLLBACK_COMPLETE');
});

it('F-10 F-143 takes what exists into the stack when it is told to', async () => {
  const scene = await stackScene();
  await scene.sandbox.client(S3Client).send(new CreateBucketCommand({ Bucket: 'taken' }));
  const kept = { Resources: { Staging: { ...bucket.Resources.Staging, DeletionPolicy: 'RetainExceptOnCreate' } } };
  const id = await scene.changeSet(kept, { ImportExistingResources: true });
  const { Changes, Status } = await scene.client.send(new DescribeChangeSetCommand({ ChangeSetName: id }));
  expect([Status, Changes!.map(({ ResourceChange }) => ResourceChange!.Action)]).toEqual([
    'CREATE_COMPLETE',
    ['Import'],
  ]);
  await scene.execute(id);
  expect((await scene.stack()).StackStatus).toBe('CREATE_COMPLETE');
  expect((await scene.events()).filter((line) => line.startsWith('Staging')).at(-1)).toBe('Staging IMPORT_COMPLETE');
});

it('F-10 takes nothing over that would go with its stack, or that another stack has', async () => {
  const scene = await stackScene();
  await scene.sandbox.client(S3Client).send(new CreateBucketCommand({ Bucket: 'taken' }));
  const first = await scene.changeSet(bucket, { ImportExistingResources: true });
  expect(await scene.client.send(new DescribeChangeSetCommand({ ChangeSetName: first }))).toMatchObject({
    Status: 'FAILED',
    StatusReason: expect.stringMatching(
      /must have the DeletionPolicy attribute set to 'Retain' or 'RetainExceptOnCreate'.* are Staging \(\{BucketName=taken\}\)$/,
    ),
  });

  const kept = { Resources: { Staging: { ...bucket.Resources.Staging, DeletionPolicy: 'Retain' } } };
  await scene.execute(await scene.changeSet(kept, { StackName: 'owner', ImportExistingResources: true }));
  const second = await scene.changeSet(kept, { StackName: 'other', ImportExistingResources: true });
  expect(await scene.client.send(new DescribeChangeSetCommand({ ChangeSetName: second }))).toMatchObject({
    Status: 'FAILED',
    StatusReason: expect.stringContaining('AWS::EarlyValidation::ResourceExistenceCheck'),
  });
});
