import { CloudFrontClient, GetDistributionConfigCommand } from '@aws-sdk/client-cloudfront';
import { expect, it } from 'vitest';
import { smallYaml, startDeployable } from '../testing/deployable.ts';

it('S3-13: a path of a site leads to an API, which is there before anybody is sent to it', async () => {
  const project = await startDeployable({
    yaml: smallYaml(`functions: { api: { source: src/api.ts } }
apis: { public: { kind: http, handler: fn.api } }
sites: { app: { kind: spa, dir: web, build: "true", apiPaths: { "/api/*": api.public } } }`),
    files: { 'src/api.ts': 'export const handler = async () => ({ statusCode: 200, body: "{}" });\n' },
  });
  const { outputs, unsetVariables, sites } = (await project.succeed('deploy --env dev --sandbox --yes --json')).json();
  expect([unsetVariables, sites.length]).toEqual([[], 1]);
  const { DistributionConfig } = await project.aws
    .client(CloudFrontClient, { account: '111111111111' })
    .send(new GetDistributionConfigCommand({ Id: outputs['sites.app.distributionId'] }));
  const origin = DistributionConfig!.Origins!.Items!.find(({ Id }) => Id === 'api-public')!;
  const { host, pathname } = new URL(outputs['apis.public.url']);
  expect([origin.DomainName, origin.OriginPath || '/']).toEqual([host, pathname]);
  project.forget();
  await project.succeed('deploy --env dev --sandbox --yes');
  expect(project.writes()).toEqual([]);
});
