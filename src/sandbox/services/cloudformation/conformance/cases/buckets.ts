import {
  GetBucketCorsCommand,
  GetBucketNotificationConfigurationCommand,
  GetBucketPolicyCommand,
  GetBucketWebsiteCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { expect } from 'vitest';
import { refusal } from '../answers.ts';
import type { Cases } from '../conformance-case.ts';
import { deploy, outputsOf } from '../deploy.ts';
import { att, ref, stackOf } from '../templates.ts';

const one = (Type: string, Properties?: object, more: object = {}) => ({
  Type,
  ...(Properties ? { Properties } : {}),
  ...more,
});
const outputs = (values: Record<string, unknown>) => ({
  Outputs: Object.fromEntries(Object.entries(values).map(([key, Value]) => [key, { Value }])),
});
/** An answer without what only the transport has. */
const bare = async <T extends { $metadata: unknown }>(answer: Promise<T>) => {
  const { $metadata, ...rest } = await answer;
  return rest as Omit<T, '$metadata'>;
};

export const BUCKETS_CASES: Cases = {
  'resources/test_s3.py::test_cors_configuration': {
    run: async (scene) => {
      const rule = { AllowedHeaders: ['*', 'x-amz-*'], AllowedMethods: ['GET'], AllowedOrigins: ['*'] };
      const bucket = (own: object) => one('AWS::S3::Bucket', { CorsConfiguration: { CorsRules: [own] } });
      const stack = await deploy(
        scene,
        stackOf(
          {
            All: bucket({ ...rule, ExposedHeaders: ['Date'], Id: 'test-cors-id', MaxAge: 3600 }),
            Least: bucket({ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }),
          },
          outputs({ All: ref('All'), Least: ref('Least') }),
        ),
      );
      const cors = async (key: string) =>
        bare(scene.sandbox.client(S3Client).send(new GetBucketCorsCommand({ Bucket: outputsOf(stack)[key]! })));
      expect(await cors('All')).toEqual({
        CORSRules: [{ ...rule, ExposeHeaders: ['Date'], ID: 'test-cors-id', MaxAgeSeconds: 3600 }],
      });
      expect(await cors('Least')).toEqual({ CORSRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['*'] }] });
    },
  },
  'resources/test_s3.py::test_website_configuration': {
    run: async (scene) => {
      await deploy(
        scene,
        stackOf({
          Bucket: one('AWS::S3::Bucket', {
            BucketName: 'the-bucket',
            WebsiteConfiguration: {
              IndexDocument: 'index.html',
              ErrorDocument: 'error.html',
              RoutingRules: [
                {
                  RoutingRuleCondition: { HttpErrorCodeReturnedEquals: '404', KeyPrefixEquals: 'out1/' },
                  RedirectRule: { ReplaceKeyWith: 'redirected.html' },
                },
              ],
            },
          }),
        }),
      );
      expect(
        await bare(scene.sandbox.client(S3Client).send(new GetBucketWebsiteCommand({ Bucket: 'the-bucket' }))),
      ).toEqual({
        ErrorDocument: { Key: 'error.html' },
        IndexDocument: { Suffix: 'index.html' },
        RoutingRules: [
          {
            Condition: { HttpErrorCodeReturnedEquals: '404', KeyPrefixEquals: 'out1/' },
            Redirect: { ReplaceKeyWith: 'redirected.html' },
          },
        ],
      });
    },
  },
  'resources/test_s3.py::test_object_lock_configuration': {
    notSimulated: 'asks S3 for the object lock of a bucket, which the sandbox does not simulate',
  },
  'resources/test_s3.py::test_bucketpolicy': {
    run: async (scene) => {
      const statement = {
        Action: ['s3:GetObject*', 's3:GetBucket*', 's3:List*'],
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Resource: [att('Bucket', 'Arn'), { 'Fn::Join': ['', [att('Bucket', 'Arn'), '/*']] }],
      };
      const template = (more: object) =>
        stackOf({
          Bucket: one(
            'AWS::S3::Bucket',
            { BucketName: 'the-bucket', PublicAccessBlockConfiguration: { BlockPublicPolicy: false } },
            { UpdateReplacePolicy: 'Retain', DeletionPolicy: 'Retain' },
          ),
          ...more,
        });
      await deploy(
        scene,
        template({
          Policy: one('AWS::S3::BucketPolicy', {
            Bucket: ref('Bucket'),
            PolicyDocument: { Version: '2012-10-17', Statement: [statement] },
          }),
        }),
      );
      const s3 = scene.sandbox.client(S3Client);
      const { Policy } = await s3.send(new GetBucketPolicyCommand({ Bucket: 'the-bucket' }));
      expect(JSON.parse(Policy!)).toEqual({
        Version: '2012-10-17',
        Statement: [{ ...statement, Resource: ['arn:aws:s3:::the-bucket', 'arn:aws:s3:::the-bucket/*'] }],
      });
      await deploy(scene, template({}), { update: true });
      expect(await refusal(s3.send(new GetBucketPolicyCommand({ Bucket: 'the-bucket' })))).toEqual({
        code: 'NoSuchBucketPolicy',
        message: 'The bucket policy does not exist',
        status: 404,
      });
    },
  },
  'resources/test_s3.py::test_cfn_handle_s3_notification_configuration': {
    run: async (scene) => {
      const stack = await deploy(
        scene,
        stackOf(
          {
            Queue: one('AWS::SQS::Queue', {}),
            QueuePolicy: one('AWS::SQS::QueuePolicy', {
              Queues: [ref('Queue')],
              PolicyDocument: {
                Version: '2012-10-17',
                Statement: [
                  { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: att('Queue', 'Arn') },
                ],
              },
            }),
            Bucket: one(
              'AWS::S3::Bucket',
              {
                NotificationConfiguration: {
                  QueueConfigurations: [{ Event: 's3:ObjectCreated:*', Queue: att('Queue', 'Arn') }],
                },
              },
              { DependsOn: 'QueuePolicy' },
            ),
          },
          outputs({ Bucket: ref('Bucket'), Arn: att('Queue', 'Arn') }),
        ),
      );
      const { Bucket, Arn } = outputsOf(stack);
      const get = () =>
        scene.sandbox.client(S3Client).send(new GetBucketNotificationConfigurationCommand({ Bucket: Bucket! }));
      expect(await bare(get())).toEqual({
        QueueConfigurations: [{ Events: ['s3:ObjectCreated:*'], Id: expect.any(String), QueueArn: Arn }],
      });
      await scene.remove();
      expect(await refusal(get())).toEqual({
        code: 'NoSuchBucket',
        message: 'The specified bucket does not exist',
        status: 404,
      });
    },
  },
};
