import { ACMClient, ListCertificatesCommand } from '@aws-sdk/client-acm';
import { CloudFrontClient, GetDistributionCommand, ListDistributionsCommand } from '@aws-sdk/client-cloudfront';
import { ListWebACLsCommand, WAFV2Client } from '@aws-sdk/client-wafv2';
import { expect, it } from 'vitest';
import { bootstrapSandbox } from '../testing/bootstrap-sandbox.ts';
import { smallYaml, startDeployable } from '../testing/deployable.ts';

const SPA = 'sites: { app: { kind: spa, dir: web, build: "true", domain: app.example.com } }\nedge: { waf: true }';

it('S3-13 S0-56 F-29: brings a site up over two regions, proves it, changes nothing again, and takes it down (F-121)', async () => {
  const project = await startDeployable({
    yaml: `defaults: { region: eu-west-1, environment: dev }\n${smallYaml(SPA)}`,
    bootstrapped: true,
  });
  await bootstrapSandbox(project.aws, { region: 'eu-west-1' });
  const { json, stderr } = await project.succeed('deploy --env dev --sandbox --yes --json');
  expect(stderr).toContain('Certificate of app.example.com in us-east-1');
  const outcome = json();
  expect(outcome.outputs).toMatchObject({
    'sites.app.url': 'https://app.example.com',
    'sites.app.distributionId': expect.stringMatching(/^E[A-Z0-9]{13}$/),
  });
  expect(outcome.stacks.map(({ name }: { name: string }) => name)).toEqual(
    expect.arrayContaining(['demo-dev-edge', 'demo-dev-sites']),
  );
  const account = '111111111111';
  const cloudfront = project.aws.client(CloudFrontClient, { account });
  const { Distribution } = await cloudfront.send(
    new GetDistributionCommand({ Id: outcome.outputs['sites.app.distributionId'] }),
  );
  expect(Distribution).toMatchObject({
    Status: 'Deployed',
    DistributionConfig: { Aliases: { Items: ['app.example.com'] } },
  });
  const certificates = async (region: string) =>
    (await project.aws.client(ACMClient, { account, region }).send(new ListCertificatesCommand({})))
      .CertificateSummaryList!.length;
  expect([await certificates('us-east-1'), await certificates('eu-west-1')]).toEqual([1, 0]);

  project.forget();
  await project.succeed('deploy --env dev --sandbox --yes');
  expect(project.writes()).toEqual([]);
  const status = (await project.succeed('status --env dev --sandbox --json')).json();
  expect(status.sites).toMatchObject([{ name: 'app', status: 'Deployed', url: 'https://app.example.com' }]);

  await project.succeed('destroy --env dev --sandbox --yes --confirm dev/environment');
  expect((await cloudfront.send(new ListDistributionsCommand({}))).DistributionList!.Quantity).toBe(0);
  const waf = project.aws.client(WAFV2Client, { account });
  expect((await waf.send(new ListWebACLsCommand({ Scope: 'CLOUDFRONT' }))).WebACLs).toEqual([]);
});
