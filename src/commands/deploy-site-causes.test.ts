import { ACMClient, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { CloudFrontClient, CreateDistributionCommand, GetDistributionConfigCommand } from '@aws-sdk/client-cloudfront';
import { GetWebACLCommand, ListWebACLsCommand, WAFV2Client } from '@aws-sdk/client-wafv2';
import { expect, it } from 'vitest';
import { issueCertificate } from '../sandbox/services/acm/validation.ts';
import { smallYaml, startDeployable } from '../testing/deployable.ts';

const SPA = smallYaml('sites: { app: { kind: spa, dir: web, build: "true", domain: app.example.com } }');

it('F-110: says that the name belongs to another distribution, and what to do; not F-109', async () => {
  const project = await startDeployable({ yaml: SPA, sandbox: { expectUnknown: ['cloudtrail:LookupEvents'] } });
  const other = { account: '222222222222' };
  const { CertificateArn } = await project.aws
    .client(ACMClient, other)
    .send(new RequestCertificateCommand({ DomainName: 'app.example.com', ValidationMethod: 'DNS' }));
  await project.aws.world.transaction(() =>
    issueCertificate({ arn: CertificateArn! }, { world: project.aws.world, ...other, region: 'us-east-1' }),
  );
  await project.aws.client(CloudFrontClient, other).send(
    new CreateDistributionCommand({
      DistributionConfig: {
        CallerReference: 'theirs',
        Comment: '',
        Enabled: true,
        Aliases: { Quantity: 1, Items: ['app.example.com'] },
        ViewerCertificate: { ACMCertificateArn: CertificateArn!, SSLSupportMethod: 'sni-only' },
        Origins: {
          Quantity: 1,
          Items: [
            {
              Id: 'theirs',
              DomainName: 'www.example.org',
              CustomOriginConfig: { HTTPPort: 80, HTTPSPort: 443, OriginProtocolPolicy: 'https-only' },
            },
          ],
        },
        DefaultCacheBehavior: {
          TargetOriginId: 'theirs',
          ViewerProtocolPolicy: 'redirect-to-https',
          CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6',
        },
      },
    }),
  );
  const run = await project.platform('deploy --env dev --sandbox --yes --json');
  expect(run.exitCode).toBe(1);
  const { causes } = run.json().error.details;
  expect(causes).toMatchObject([
    {
      id: 'F-110',
      subject: 'stacks.sites',
      certainty: 'certain',
      evidence: [{ value: expect.stringContaining('already associated with a different resource') }],
      remedy: expect.stringContaining('list-conflicting-aliases'),
    },
  ]);
});

it('F-120: CloudFront gets another secret in one deployment, and the load balancer knows it before', async () => {
  const yaml =
    smallYaml(`services: { web: { image: { context: . }, port: 8080, http: { certificate: none, insecure: true }, health: { path: / } } }
sites: { app: { kind: spa, dir: web, build: "true", apiPaths: { "/api/*": service.web } } }
edge: { originVerify: true }`).replace(/^network: .*$/m, 'network: { nat: none }');
  const project = await startDeployable({ yaml });
  const at = '--env dev --sandbox --yes';
  expect((await project.platform(`site rotate-header ${at}`)).exitCode).toBe(1);
  const first = (await project.succeed(`deploy ${at} --json`)).json();
  const account = '111111111111';
  const sent = async () => {
    const Id = first.outputs['sites.app.distributionId'];
    const { DistributionConfig } = await project.aws
      .client(CloudFrontClient, { account })
      .send(new GetDistributionConfigCommand({ Id }));
    return DistributionConfig!.Origins!.Items!.flatMap(({ CustomHeaders }) => CustomHeaders?.Items ?? [])[0]!
      .HeaderValue!;
  };
  const taken = async () => {
    const waf = project.aws.client(WAFV2Client, { account });
    const { WebACLs } = await waf.send(new ListWebACLsCommand({ Scope: 'REGIONAL' }));
    const { Name, Id } = WebACLs![0]!;
    const { WebACL } = await waf.send(new GetWebACLCommand({ Name, Id, Scope: 'REGIONAL' }));
    const { Statement } = WebACL!.Rules![0]!.Statement!.NotStatement!;
    return (Statement!.OrStatement?.Statements ?? [Statement!]).map(({ ByteMatchStatement }) =>
      Buffer.from(ByteMatchStatement!.SearchString!).toString(),
    );
  };
  const old = await sent();
  expect(old).toMatch(/^[A-Za-z0-9]{48}$/);
  expect(await taken()).toEqual([old]);

  expect((await project.platform('site rotate-header --env dev --sandbox')).exitCode).toBe(2);
  const dry = (await project.succeed('site rotate-header --env dev --sandbox --dry-run --json')).json();
  expect(dry).toEqual({ environment: 'dev', generation: 1, dryRun: true });
  for (const _ of [1, 2])
    expect((await project.succeed(`site rotate-header ${at} --json`)).json()).toMatchObject({ generation: 1 });
  await project.succeed(`deploy ${at}`);
  expect(await sent()).not.toBe(old);
  expect(await taken()).toEqual([await sent(), old]);

  // The next rotation takes the oldest away, about which nobody has to be asked by name.
  await project.succeed(`site rotate-header ${at}`);
  await project.succeed(`deploy ${at}`);
  expect(await taken()).toEqual([await sent(), expect.not.stringContaining(old)]);
});

it('site rotate-header is refused where nothing is verified', async () => {
  const project = await startDeployable({ yaml: SPA, bootstrapped: true });
  const refused = await project.platform('site rotate-header --env dev --yes');
  expect([refused.exitCode, refused.stderr]).toEqual([2, expect.stringContaining('edge.originVerify is not set')]);
});
