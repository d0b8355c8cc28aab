import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudFrontClient, GetDistributionCommand, ListDistributionsCommand } from '@aws-sdk/client-cloudfront';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { startSandbox } from '../../../testing/start-sandbox.ts';

const template = (more: object = {}, policy = true) => ({
  Resources: {
    Bucket: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'site-of-tests' } },
    Access: {
      Type: 'AWS::CloudFront::OriginAccessControl',
      Properties: {
        OriginAccessControlConfig: {
          Name: 'site',
          OriginAccessControlOriginType: 's3',
          SigningBehavior: 'always',
          SigningProtocol: 'sigv4',
        },
      },
    },
    Fallback: {
      Type: 'AWS::CloudFront::Function',
      Properties: {
        Name: 'fallback',
        AutoPublish: true,
        FunctionCode: 'function handler(event) { return event.request; }',
        FunctionConfig: { Comment: 'fallback', Runtime: 'cloudfront-js-2.0' },
      },
    },
    Headers: {
      Type: 'AWS::CloudFront::ResponseHeadersPolicy',
      Properties: {
        ResponseHeadersPolicyConfig: {
          Name: 'headers',
          SecurityHeadersConfig: { ContentTypeOptions: { Override: true } },
        },
      },
    },
    Site: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          Enabled: true,
          Comment: 'site',
          DefaultRootObject: 'index.html',
          Origins: [
            {
              Id: 'bucket',
              DomainName: { 'Fn::GetAtt': ['Bucket', 'RegionalDomainName'] },
              S3OriginConfig: { OriginAccessIdentity: '' },
              OriginAccessControlId: { 'Fn::GetAtt': ['Access', 'Id'] },
            },
          ],
          DefaultCacheBehavior: {
            TargetOriginId: 'bucket',
            ViewerProtocolPolicy: 'redirect-to-https',
            CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
            ResponseHeadersPolicyId: { Ref: 'Headers' },
            FunctionAssociations: [
              { EventType: 'viewer-request', FunctionARN: { 'Fn::GetAtt': ['Fallback', 'FunctionARN'] } },
            ],
          },
          ...more,
        },
      },
    },
    ...(policy
      ? {
          Policy: {
            Type: 'AWS::S3::BucketPolicy',
            Properties: {
              Bucket: { Ref: 'Bucket' },
              PolicyDocument: {
                Version: '2012-10-17',
                Statement: [
                  {
                    Effect: 'Allow',
                    Principal: { Service: 'cloudfront.amazonaws.com' },
                    Action: 's3:GetObject',
                    Resource: { 'Fn::Sub': 'arn:aws:s3:::site-of-tests/*' },
                    Condition: {
                      StringEquals: {
                        'AWS:SourceArn': { 'Fn::Sub': 'arn:aws:cloudfront::000000000000:distribution/${Site}' },
                      },
                    },
                  },
                ],
              },
            },
          },
        }
      : {}),
  },
  Outputs: { Domain: { Value: { 'Fn::GetAtt': ['Site', 'DomainName'] } }, Id: { Value: { Ref: 'Site' } } },
});

async function deployed(body: object) {
  const sandbox = await startSandbox();
  const cfn = sandbox.client(CloudFormationClient);
  await cfn.send(new CreateStackCommand({ StackName: 'site', TemplateBody: JSON.stringify(body) }));
  await sandbox.settle();
  const stack = async () => (await cfn.send(new DescribeStacksCommand({ StackName: 'site' }))).Stacks![0]!;
  const output = async (key: string) =>
    (await stack()).Outputs!.find(({ OutputKey }) => OutputKey === key)!.OutputValue!;
  return { sandbox, cfn, stack, output, cloudfront: sandbox.client(CloudFrontClient) };
}

it('makes a site whose distribution is deployed when its stack is complete, and takes it down by itself', async () => {
  const { sandbox, cfn, stack, output, cloudfront } = await deployed(template());
  expect(await stack()).toMatchObject({ StackStatus: 'CREATE_COMPLETE' });
  const { Distribution } = await cloudfront.send(new GetDistributionCommand({ Id: await output('Id') }));
  expect(Distribution).toMatchObject({ Status: 'Deployed', DomainName: await output('Domain') });
  await cfn.send(
    new UpdateStackCommand({
      StackName: 'site',
      TemplateBody: JSON.stringify(template({ PriceClass: 'PriceClass_100' })),
    }),
  );
  await sandbox.settle();
  expect((await stack()).StackStatus).toBe('UPDATE_COMPLETE');
  expect(
    (await cloudfront.send(new GetDistributionCommand({ Id: Distribution!.Id }))).Distribution!.DistributionConfig!
      .PriceClass,
  ).toBe('PriceClass_100');
  const { StackResources } = await cfn.send(new DescribeStackResourcesCommand({ StackName: 'site' }));
  expect(StackResources!.find(({ LogicalResourceId }) => LogicalResourceId === 'Fallback')!.PhysicalResourceId).toBe(
    'arn:aws:cloudfront::000000000000:function/fallback',
  );
  await cfn.send(new DeleteStackCommand({ StackName: 'site' }));
  await sandbox.settle();
  expect((await cloudfront.send(new ListDistributionsCommand({}))).DistributionList!.Quantity).toBe(0);
});

it('answers with the objects behind its address, and as S3 does where the policy does not let it (F-119)', async () => {
  const { sandbox, cfn, output } = await deployed(template());
  await sandbox.client(S3Client).send(
    new PutObjectCommand({
      Bucket: 'site-of-tests',
      Key: 'index.html',
      Body: '<p>here</p>',
      ContentType: 'text/html',
      CacheControl: 'no-cache',
    }),
  );
  const domain = await output('Domain');
  const ask = (path: string) => fetch(`${sandbox.endpoint}/_cloudfront/${domain}${path}`);
  const page = await ask('/');
  expect([page.status, page.headers.get('content-type'), page.headers.get('cache-control'), await page.text()]).toEqual(
    [200, 'text/html', 'no-cache', '<p>here</p>'],
  );
  expect((await ask('/missing')).status).toBe(403);
  await cfn.send(new UpdateStackCommand({ StackName: 'site', TemplateBody: JSON.stringify(template({}, false)) }));
  await sandbox.settle();
  expect(await (await ask('/')).text()).toContain('<Code>AccessDenied</Code>');
});

it('fails with the words of CloudFront, and rolls back', async () => {
  const { cfn, stack } = await deployed(template({ Aliases: ['app.example.org'] }));
  expect((await stack()).StackStatus).toBe('ROLLBACK_COMPLETE');
  const { StackEvents } = await cfn.send(new DescribeStackEventsCommand({ StackName: 'site' }));
  expect(
    StackEvents!.find(
      ({ ResourceStatus, LogicalResourceId }) => ResourceStatus === 'CREATE_FAILED' && LogicalResourceId === 'Site',
    )!.ResourceStatusReason,
  ).toContain('To add an alternate domain name (CNAME) to a CloudFront distribution');
});
