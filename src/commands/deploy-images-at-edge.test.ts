import { CloudFrontClient, GetDistributionConfigCommand } from '@aws-sdk/client-cloudfront';
import { GetFunctionConfigurationCommand, LambdaClient, ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { expect, it } from 'vitest';
import { bootstrapSandbox } from '../testing/bootstrap-sandbox.ts';
import { smallYaml, startDeployable } from '../testing/deployable.ts';

const account = '111111111111';
const yaml = (site: string, edge = '') =>
  `defaults: { region: eu-west-1, environment: dev }\n${smallYaml(`buckets: { media: { access: cdn } }
sites: { pictures: { kind: media, bucket: bucket.media${site} } }${edge}`)}`;

it('S0-19 S0-24 F-114: images are resized at the edge, and what CloudFront has copied outlives its site until it may go', async () => {
  const project = await startDeployable({ yaml: yaml(', transform: true'), bootstrapped: true });
  await bootstrapSandbox(project.aws, { region: 'eu-west-1' });
  const at = '--env dev --sandbox';
  const lambda = project.aws.client(LambdaClient, { account, region: 'us-east-1' });
  const cloudfront = project.aws.client(CloudFrontClient, { account });
  const functions = async () =>
    ((await lambda.send(new ListFunctionsCommand({}))).Functions ?? []).map(({ FunctionName }) => FunctionName!);

  const { outputs, sites } = (await project.succeed(`deploy ${at} --yes --json`)).json();
  expect(sites).toMatchObject([{ name: 'pictures', status: 'Deployed' }]);
  const { DistributionConfig } = await cloudfront.send(
    new GetDistributionConfigCommand({ Id: outputs['sites.pictures.distributionId'] }),
  );
  const [association] = DistributionConfig!.DefaultCacheBehavior!.LambdaFunctionAssociations!.Items!;
  expect(association).toMatchObject({ EventType: 'origin-request', LambdaFunctionARN: expect.stringMatching(/:1$/) });
  const name = (await functions()).find((one) => one.includes('Images'))!;
  const made = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name, Qualifier: '1' }));
  expect(made).toMatchObject({ State: 'Active', MemorySize: 1024, Timeout: 30, Architectures: ['x86_64'] });
  expect(made.Environment).toBeUndefined();
  expect(made.CodeSize).toBeGreaterThan(1_000_000);

  project.forget();
  await project.succeed(`deploy ${at} --yes`);
  expect(project.writes()).toEqual([]);

  // Other code is another version of the same function.
  project.configure(yaml(', transform: true, maxDimension: 1024'));
  await project.succeed(`deploy ${at} --yes`);
  expect(await functions()).toContain(name);
  expect(await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name, Qualifier: '2' }))).toMatchObject({
    State: 'Active',
  });

  // Without it the site shows objects as they are; the function stays where nobody can delete it yet.
  project.configure(yaml(''));
  await project.succeed(`deploy ${at} --yes`);
  expect(await functions()).toContain(name);
  const listed = (await project.succeed(`cleanup ${at} --json`)).json();
  expect(listed.retained).toMatchObject([{ type: 'AWS::Lambda::Function', id: name, monthlyCost: 0 }]);
  const early = await project.platform(`cleanup ${name} ${at} --confirm dev/${name} --json`);
  expect(early.exitCode).toBe(8);
  expect(early.json().error).toMatchObject({ id: 'edge-replicas', message: expect.stringContaining('F-114') });
  expect(await functions()).toContain(name);
  await project.aws.advance(4 * 60 * 60_000);
  const late = (await project.succeed(`cleanup ${name} ${at} --confirm dev/${name} --json`)).json();
  expect(late).toMatchObject({ deleted: [{ type: 'AWS::Lambda::Function', id: name }], retained: [] });
  expect(await functions()).not.toContain(name);
});

it('F-114: destroy ends although copies are at the edges, and a new beginning meets nothing of the old', async () => {
  const project = await startDeployable({
    yaml: yaml(', transform: true', '\nedge: { waf: true }'),
    bootstrapped: true,
  });
  await bootstrapSandbox(project.aws, { region: 'eu-west-1' });
  const at = '--env dev --sandbox';
  await project.succeed(`deploy ${at} --yes`);
  const gone = (await project.succeed(`destroy ${at} --yes --confirm dev/environment --json`)).json();
  expect(gone.retained.map(({ type }: { type: string }) => type)).toContain('AWS::Lambda::Function');
  await project.succeed(`deploy ${at} --yes`);
  project.forget();
  await project.succeed(`deploy ${at} --yes`);
  expect(project.writes()).toEqual([]);
});
