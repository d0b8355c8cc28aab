import { ACMClient, DescribeCertificateCommand, RequestCertificateCommand } from '@aws-sdk/client-acm';
import {
  CloudFrontClient,
  CreateDistributionCommand,
  CreateFunctionCommand,
  CreateInvalidationCommand,
  CreateOriginAccessControlCommand,
  DeleteDistributionCommand,
  DeleteFunctionCommand,
  DeleteOriginAccessControlCommand,
  DescribeFunctionCommand,
  type DistributionConfig,
  GetDistributionCommand,
  GetDistributionConfigCommand,
  GetInvalidationCommand,
  ListCachePoliciesCommand,
  ListConflictingAliasesCommand,
  ListDistributionsCommand,
  PublishFunctionCommand,
  UpdateDistributionCommand,
} from '@aws-sdk/client-cloudfront';
import { expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';
import { issueCertificate } from '../acm/validation.ts';

const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';

const config = (more: Partial<DistributionConfig> = {}): DistributionConfig => ({
  CallerReference: 'first',
  Comment: '',
  Enabled: true,
  Origins: {
    Quantity: 1,
    Items: [
      {
        Id: 'api',
        DomainName: 'api.example.org',
        CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'https-only' },
      },
    ],
  },
  DefaultCacheBehavior: {
    TargetOriginId: 'api',
    ViewerProtocolPolicy: 'redirect-to-https',
    CachePolicyId: CACHING_OPTIMIZED,
  },
  ...more,
});

async function open(account?: string) {
  const sandbox = await startSandbox();
  sandbox.world.pause();
  const cloudfront = sandbox.client(CloudFrontClient, account === undefined ? undefined : { account });
  const create = async (more?: Partial<DistributionConfig>) => {
    const { Distribution, ETag } = await cloudfront.send(
      new CreateDistributionCommand({ DistributionConfig: config(more) }),
    );
    return { id: Distribution!.Id!, etag: ETag!, distribution: Distribution! };
  };
  return { sandbox, cloudfront, create };
}

/** A certificate that somebody has proven. */
async function certificate(sandbox: Awaited<ReturnType<typeof open>>['sandbox'], domain: string, region = 'us-east-1') {
  const { CertificateArn } = await sandbox
    .client(ACMClient, { region })
    .send(new RequestCertificateCommand({ DomainName: domain, ValidationMethod: 'DNS' }));
  await sandbox.world.transaction(() => issueCertificate({ arn: CertificateArn! }, { ...sandbox.scope, region }));
  return CertificateArn!;
}

const named = (alias: string, ACMCertificateArn: string): Partial<DistributionConfig> => ({
  Aliases: { Quantity: 1, Items: [alias] },
  ViewerCertificate: { ACMCertificateArn, SSLSupportMethod: 'sni-only', MinimumProtocolVersion: 'TLSv1.2_2021' },
});

it('deploys a distribution in minutes, and answers with everything that was left out', async () => {
  const { sandbox, cloudfront, create } = await open();
  const { id, etag } = await create();
  const get = () => cloudfront.send(new GetDistributionCommand({ Id: id }));
  expect(await get()).toMatchObject({
    ETag: etag,
    Distribution: {
      Id: expect.stringMatching(/^E[A-Z0-9]{13}$/),
      ARN: `arn:aws:cloudfront::000000000000:distribution/${id}`,
      Status: 'InProgress',
      DomainName: expect.stringMatching(/^d[a-z0-9]{13}\.cloudfront\.net$/),
      DistributionConfig: {
        Aliases: { Quantity: 0 },
        PriceClass: 'PriceClass_All',
        HttpVersion: 'http2',
        ViewerCertificate: { CloudFrontDefaultCertificate: true, MinimumProtocolVersion: 'TLSv1' },
        DefaultCacheBehavior: { AllowedMethods: { Quantity: 2, Items: ['HEAD', 'GET'] }, Compress: false },
      },
    },
  });
  await sandbox.advance(5 * 60_000);
  expect((await get()).Distribution!.Status).toBe('Deployed');
  const { DistributionList } = await cloudfront.send(new ListDistributionsCommand({}));
  expect(DistributionList).toMatchObject({
    Quantity: 1,
    IsTruncated: false,
    Items: [{ Id: id, Status: 'Deployed', Enabled: true }],
  });
});

it('takes a change only for the version that it was made for', async () => {
  const { cloudfront, create } = await open();
  const { id, etag } = await create();
  const { DistributionConfig } = await cloudfront.send(new GetDistributionConfigCommand({ Id: id }));
  const update = (IfMatch: string | undefined, more: Partial<DistributionConfig> = {}) =>
    answerOf(
      cloudfront.send(
        new UpdateDistributionCommand({ Id: id, IfMatch, DistributionConfig: { ...DistributionConfig!, ...more } }),
      ),
    );
  expect(await update(undefined)).toEqual(
    refusal('InvalidIfMatchVersion', 'The If-Match version is missing or not valid for the resource.'),
  );
  expect(await update(etag, { CallerReference: 'other' })).toMatchObject({ refused: { code: 'IllegalUpdate' } });
  expect(await update(etag, { Comment: 'changed' })).toMatchObject({ Distribution: { Status: 'InProgress' } });
  expect(await update(etag)).toEqual(
    refusal(
      'PreconditionFailed',
      "The request failed because it didn't meet the preconditions in one or more request-header fields.",
      412,
    ),
  );
});

it('F-121: deletes nothing that is not disabled everywhere', async () => {
  const { sandbox, cloudfront, create } = await open();
  const { id } = await create();
  await sandbox.advance(5 * 60_000);
  const remove = async () => {
    const { ETag } = await cloudfront.send(new GetDistributionCommand({ Id: id }));
    return answerOf(cloudfront.send(new DeleteDistributionCommand({ Id: id, IfMatch: ETag })));
  };
  const refused = refusal(
    'DistributionNotDisabled',
    'The distribution you are trying to delete has not been disabled.',
    409,
  );
  expect(await remove()).toEqual(refused);
  const { DistributionConfig, ETag } = await cloudfront.send(new GetDistributionConfigCommand({ Id: id }));
  await cloudfront.send(
    new UpdateDistributionCommand({
      Id: id,
      IfMatch: ETag,
      DistributionConfig: { ...DistributionConfig!, Enabled: false },
    }),
  );
  expect(await remove()).toEqual(refused);
  await sandbox.advance(5 * 60_000);
  expect(await remove()).toEqual({});
  expect(await answerOf(cloudfront.send(new GetDistributionCommand({ Id: id })))).toEqual(
    refusal('NoSuchDistribution', 'The specified distribution does not exist.', 404),
  );
});

it('F-109: takes a certificate of us-east-1 that is issued and covers the name, and no other', async () => {
  const { sandbox, create, cloudfront } = await open();
  const attempt = (more: Partial<DistributionConfig>) =>
    answerOf(cloudfront.send(new CreateDistributionCommand({ DistributionConfig: config(more) })));
  const missing = refusal(
    'InvalidViewerCertificate',
    "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.",
  );
  expect(await attempt(named('app.example.org', await certificate(sandbox, 'app.example.org', 'eu-west-1')))).toEqual(
    missing,
  );
  const { CertificateArn } = await sandbox
    .client(ACMClient)
    .send(new RequestCertificateCommand({ DomainName: 'app.example.org', ValidationMethod: 'DNS' }));
  expect(await attempt(named('app.example.org', CertificateArn!))).toEqual(missing);
  expect(await attempt({ Aliases: { Quantity: 1, Items: ['app.example.org'] } })).toMatchObject({
    refused: {
      code: 'InvalidViewerCertificate',
      message: expect.stringContaining('you must attach a trusted certificate'),
    },
  });
  const other = await certificate(sandbox, '*.example.org');
  expect(await attempt(named('a.b.example.org', other))).toMatchObject({
    refused: { message: expect.stringContaining("doesn't cover the alternate domain name") },
  });
  const { distribution } = await create(named('app.example.org', other));
  const { Certificate } = await sandbox
    .client(ACMClient)
    .send(new DescribeCertificateCommand({ CertificateArn: other }));
  expect(Certificate!.InUseBy).toEqual([distribution.ARN]);
});

it('F-110: an alternate name belongs to one distribution of all accounts, and the holder is shown in part', async () => {
  const { sandbox, create } = await open();
  const arn = await certificate(sandbox, 'app.example.org');
  const { id } = await create(named('app.example.org', arn));
  const other = sandbox.client(CloudFrontClient, { account: '111111111111' });
  const mine = await other.send(new CreateDistributionCommand({ DistributionConfig: config() }));
  const acm = sandbox.client(ACMClient, { account: '111111111111' });
  const { CertificateArn } = await acm.send(
    new RequestCertificateCommand({ DomainName: 'app.example.org', ValidationMethod: 'DNS' }),
  );
  await sandbox.world.transaction(() =>
    issueCertificate({ arn: CertificateArn! }, { ...sandbox.scope, account: '111111111111' }),
  );
  const taken = answerOf(
    other.send(
      new CreateDistributionCommand({
        DistributionConfig: config({ CallerReference: 'second', ...named('APP.example.org', CertificateArn!) }),
      }),
    ),
  );
  expect(await taken).toEqual(
    refusal(
      'CNAMEAlreadyExists',
      'One or more of the CNAMEs you provided are already associated with a different resource.',
      409,
    ),
  );
  const { ConflictingAliasesList } = await other.send(
    new ListConflictingAliasesCommand({ DistributionId: mine.Distribution!.Id, Alias: 'app.example.org' }),
  );
  expect(ConflictingAliasesList!.Items).toEqual([
    { Alias: 'app.example.org', DistributionId: `**********${id.slice(-4)}`, AccountId: '********0000' },
  ]);
});

it('F-111: a Lambda function has to be a numbered version of us-east-1', async () => {
  const { cloudfront } = await open();
  const attempt = (LambdaFunctionARN: string) =>
    answerOf(
      cloudfront.send(
        new CreateDistributionCommand({
          DistributionConfig: config({
            CallerReference: LambdaFunctionARN,
            DefaultCacheBehavior: {
              ...config().DefaultCacheBehavior!,
              LambdaFunctionAssociations: { Quantity: 1, Items: [{ EventType: 'origin-request', LambdaFunctionARN }] },
            },
          }),
        }),
      ),
    );
  const home = 'arn:aws:lambda:eu-west-1:000000000000:function:resize:1';
  expect(await attempt(home)).toEqual(
    refusal('InvalidLambdaFunctionAssociation', `The function must be in region 'us-east-1'. ARN: ${home}`),
  );
  const latest = 'arn:aws:lambda:us-east-1:000000000000:function:resize:$LATEST';
  expect(await attempt(latest)).toMatchObject({
    refused: { message: expect.stringContaining('must reference a specific function version') },
  });
  const nowhere = 'arn:aws:lambda:us-east-1:000000000000:function:resize:1';
  expect(await attempt(nowhere)).toEqual(
    refusal('InvalidLambdaFunctionAssociation', `The function does not exist. Function: ${nowhere}`),
  );
});

it('knows what a behaviour leans on', async () => {
  const { cloudfront } = await open();
  const behavior = config().DefaultCacheBehavior!;
  const attempt = async (more: Partial<DistributionConfig>) =>
    (
      (await answerOf(
        cloudfront.send(new CreateDistributionCommand({ DistributionConfig: config(more) })),
      )) as ReturnType<typeof refusal>
    ).refused.code;
  expect(await attempt({ DefaultCacheBehavior: { ...behavior, TargetOriginId: 'none' } })).toBe('NoSuchOrigin');
  expect(await attempt({ DefaultCacheBehavior: { ...behavior, CachePolicyId: 'none' } })).toBe('NoSuchCachePolicy');
  expect(await attempt({ Origins: { Quantity: 2, Items: config().Origins!.Items! } })).toBe('InconsistentQuantities');
  expect(await attempt({ WebACLId: 'arn:aws:wafv2:eu-west-1:000000000000:regional/webacl/w/1' })).toBe(
    'InvalidWebACLId',
  );
});

it('publishes a function before a distribution may run it, and keeps what is in use', async () => {
  const { sandbox, cloudfront } = await open();
  const { ETag, FunctionSummary } = await cloudfront.send(
    new CreateFunctionCommand({
      Name: 'fallback',
      FunctionConfig: { Comment: '', Runtime: 'cloudfront-js-2.0' },
      FunctionCode: Buffer.from('function handler(event) { return event.request; }'),
    }),
  );
  const FunctionARN = FunctionSummary!.FunctionMetadata!.FunctionARN!;
  const attempt = () =>
    answerOf(
      cloudfront.send(
        new CreateDistributionCommand({
          DistributionConfig: config({
            DefaultCacheBehavior: {
              ...config().DefaultCacheBehavior!,
              FunctionAssociations: { Quantity: 1, Items: [{ EventType: 'viewer-request', FunctionARN }] },
            },
          }),
        }),
      ),
    );
  expect(await attempt()).toMatchObject({ refused: { code: 'InvalidFunctionAssociation' } });
  await cloudfront.send(new PublishFunctionCommand({ Name: 'fallback', IfMatch: ETag }));
  expect(await attempt()).toHaveProperty('Distribution');
  const live = await cloudfront.send(new DescribeFunctionCommand({ Name: 'fallback', Stage: 'LIVE' }));
  expect(live.FunctionSummary).toMatchObject({ Status: 'DEPLOYED', FunctionMetadata: { Stage: 'LIVE' } });
  expect(await answerOf(cloudfront.send(new DeleteFunctionCommand({ Name: 'fallback', IfMatch: ETag })))).toEqual(
    refusal('FunctionInUse', "Cannot delete the function because it's attached to one or more cache behaviors.", 409),
  );
  expect(sandbox.unknownOperations).toEqual([]);
});

it('keeps an origin access control that is in use, and knows the policies that AWS manages', async () => {
  const { cloudfront, create } = await open();
  const { OriginAccessControl, ETag } = await cloudfront.send(
    new CreateOriginAccessControlCommand({
      OriginAccessControlConfig: {
        Name: 'site',
        SigningProtocol: 'sigv4',
        SigningBehavior: 'always',
        OriginAccessControlOriginType: 's3',
      },
    }),
  );
  await create({
    Origins: {
      Quantity: 1,
      Items: [
        {
          Id: 'api',
          DomainName: 'bucket.s3.us-east-1.amazonaws.com',
          S3OriginConfig: { OriginAccessIdentity: '' },
          OriginAccessControlId: OriginAccessControl!.Id!,
        },
      ],
    },
  });
  expect(
    await answerOf(
      cloudfront.send(new DeleteOriginAccessControlCommand({ Id: OriginAccessControl!.Id, IfMatch: ETag })),
    ),
  ).toMatchObject({ refused: { code: 'OriginAccessControlInUse', status: 409 } });
  const { CachePolicyList } = await cloudfront.send(new ListCachePoliciesCommand({ Type: 'managed' }));
  expect(CachePolicyList!.Items!.map(({ CachePolicy }) => CachePolicy!.CachePolicyConfig!.Name)).toContain(
    'Managed-CachingOptimized',
  );
});

it('completes an invalidation in a minute, and knows one that is sent again', async () => {
  const { sandbox, cloudfront, create } = await open();
  const { id } = await create();
  const send = (path: string) =>
    cloudfront.send(
      new CreateInvalidationCommand({
        DistributionId: id,
        InvalidationBatch: { CallerReference: 'r', Paths: { Quantity: 1, Items: [path] } },
      }),
    );
  const { Invalidation } = await send('/*');
  expect((await send('/*')).Invalidation!.Id).toBe(Invalidation!.Id);
  expect(await answerOf(send('/other'))).toMatchObject({ refused: { code: 'InvalidArgument' } });
  await sandbox.advance(61_000);
  const { Invalidation: done } = await cloudfront.send(
    new GetInvalidationCommand({ DistributionId: id, Id: Invalidation!.Id }),
  );
  expect(done!.Status).toBe('Completed');
});
