import { ACMClient, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { CloudFrontClient, CreateDistributionCommand } from '@aws-sdk/client-cloudfront';
import { expect, it } from 'vitest';
import { issueCertificate } from '../sandbox/services/acm/validation.ts';
import { type Deployable, QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';
import { preflightGroup } from '../testing/preflight-group.ts';

const site = (certificate: string, domain = 'app.example.com') =>
  smallYaml(`sites: { app: { kind: spa, dir: web, build: "true", domain: ${domain}, certificate: "${certificate}" } }`);

async function certificateOf(project: Deployable, { account = '111111111111', issued = true } = {}): Promise<string> {
  const { CertificateArn } = await project.aws
    .client(ACMClient, { account })
    .send(new RequestCertificateCommand({ DomainName: '*.example.com', ValidationMethod: 'DNS' }));
  if (issued)
    await project.aws.world.transaction(() =>
      issueCertificate({ arn: CertificateArn! }, { world: project.aws.world, account, region: 'us-east-1' }),
    );
  return CertificateArn!;
}

const show = (project: Deployable, domain: string, certificate: string, account: string) =>
  project.aws.client(CloudFrontClient, { account }).send(
    new CreateDistributionCommand({
      DistributionConfig: {
        CallerReference: `${account} ${domain}`,
        Comment: '',
        Enabled: true,
        Aliases: { Quantity: 1, Items: [domain] },
        ViewerCertificate: { ACMCertificateArn: certificate, SSLSupportMethod: 'sni-only' },
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

it('F-109: looks at the certificate that a site names, in us-east-1 (not F-69)', async () => {
  const project = await startDeployable({ yaml: smallYaml(QUEUE) });
  const pending = await certificateOf(project, { issued: false });
  project.configure(site(pending));
  expect(await preflightGroup(project, 'certificates')).toMatchObject({
    problems: [
      { rule: 'F-70', path: 'sites.app.certificate', message: expect.stringContaining('CloudFront takes only') },
    ],
  });
  project.configure(site(pending.replace(/[\w-]+$/, '00000000-0000-0000-0000-000000000000')));
  expect(await preflightGroup(project, 'certificates')).toMatchObject({ problems: [{ rule: 'F-109' }] });
  project.configure(site(await certificateOf(project)));
  expect(await preflightGroup(project, 'certificates')).toMatchObject({ status: 'passed' });
});

it('F-110: finds who has the name, in this account and, through a distribution of ours, in others (not F-110)', async () => {
  const project = await startDeployable({ yaml: smallYaml(QUEUE) });
  const ours = await certificateOf(project);
  const { Distribution } = await show(project, 'www.example.com', ours, '111111111111');
  project.configure(site(ours, 'www.example.com'));
  const blocked = await preflightGroup(project, 'certificates');
  expect(blocked).toMatchObject({
    status: 'blocked',
    problems: [{ rule: 'F-110', message: expect.stringContaining(`distribution ${Distribution!.Id} of this account`) }],
  });
  project.configure(site(ours));
  expect(await preflightGroup(project, 'certificates')).toMatchObject({ status: 'passed' });

  const theirs = await certificateOf(project, { account: '222222222222' });
  await show(project, 'app.example.com', theirs, '222222222222');
  expect(await preflightGroup(project, 'certificates')).toMatchObject({
    problems: [
      {
        rule: 'F-110',
        message: expect.stringMatching(/^app\.example\.com belongs to distribution \*+\w{4} of account \*+2222/),
        evidence: [{ call: 'cloudfront:ListConflictingAliases' }],
      },
    ],
  });
});
