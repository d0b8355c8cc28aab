import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { DeleteSecretCommand, GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { describe, expect, it } from 'vitest';
import { QUEUE, smallYaml, startDeployable } from '../testing/deployable.ts';

const PROD = '--env prod --sandbox';
const MIGRATIONS = 'migrations: { image: { context: ., dockerfile: Dockerfile }, uses: [db.main], up: [migrate] }';
const secretYaml = (source: string) =>
  smallYaml(`secrets: { jwt: { source: ${source}, keys: { KEY: { generate: { length: 64 } } } } }`);
const WORKER = smallYaml('services: { worker: { image: { context: . } } }').replace(
  /^network: .*$/m,
  'network: { nat: none }',
);

describe('names that are taken', () => {
  it('deploys again what was destroyed: the repository that stayed is taken over, after a yes (F-10, F-143)', async () => {
    const project = await startDeployable({ yaml: WORKER });
    await project.succeed(`deploy ${PROD} --yes`);
    const destroyed = await project.succeed(`destroy ${PROD} --yes --confirm prod/environment --json`);
    expect(destroyed.json().retained).toContainEqual(
      expect.objectContaining({ type: 'AWS::ECR::Repository', id: 'demo-prod-worker' }),
    );

    const planned = await project.succeed(`diff ${PROD}`);
    expect(planned.stdout).toContain('takes over demo-prod-worker, which is there already');
    expect((await project.platform(`deploy ${PROD}`)).exitCode).toBe(2);
    await project.succeed(`deploy ${PROD} --yes`);
    const { StackResources } = await project.aws
      .client(CloudFormationClient)
      .send(new DescribeStackResourcesCommand({ PhysicalResourceId: 'demo-prod-worker' }));
    expect(StackResources).toMatchObject([{ StackName: 'demo-prod-images', ResourceStatus: 'IMPORT_COMPLETE' }]);

    project.forget();
    await project.succeed(`deploy ${PROD} --yes`);
    expect(project.writes()).toEqual([]);
  });

  it('a bus of another stack blocks a deployment before anything changes, and says whose it is (F-10)', async () => {
    const project = await startDeployable({ yaml: smallYaml(`${QUEUE}\nbuses: { domain: { name: events } }`) });
    const template = { Resources: { Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'events' } } } };
    await project.aws
      .client(CloudFormationClient)
      .send(new CreateStackCommand({ StackName: 'elsewhere', TemplateBody: JSON.stringify(template) }));
    await project.aws.settle();
    project.forget();

    const blocked = await project.platform('deploy --env dev --yes --json');
    expect(blocked.exitCode).toBe(1);
    expect(blocked.json().error).toMatchObject({
      id: 'deploy-blocked',
      problems: [{ rule: 'F-10', message: 'Event bus events belongs to stack elsewhere already' }],
    });
    expect(project.writes()).toEqual([]);
  });

  it('a secret that stayed is taken over with the value it has, restored first where it is on its way out (F-91, F-143)', async () => {
    const project = await startDeployable({ yaml: secretYaml('generated') });
    await project.succeed('deploy --env prod --yes');
    const secrets = project.aws.client(SecretsManagerClient);
    const jwt = { SecretId: 'demo/prod/jwt' };
    const { SecretString: before } = await secrets.send(new GetSecretValueCommand(jwt));
    await project.succeed('destroy --env prod --yes --confirm prod/environment');

    const planned = await project.succeed('diff --env prod');
    expect(planned.stdout).toContain('takes over demo/prod/jwt, which is there already');
    const again = async () => {
      await project.succeed('deploy --env prod --yes');
      expect((await secrets.send(new GetSecretValueCommand(jwt))).SecretString).toBe(before);
      const { StackResources } = await project.aws
        .client(CloudFormationClient)
        .send(new DescribeStackResourcesCommand({ StackName: 'demo-prod-data' }));
      expect(StackResources!.map(({ ResourceType }) => ResourceType)).toContain('AWS::SecretsManager::Secret');
      project.forget();
      await project.succeed('deploy --env prod --yes');
      expect(project.writes()).toEqual([]);
      await project.succeed('destroy --env prod --yes --confirm prod/environment');
    };
    await again();
    await secrets.send(new DeleteSecretCommand(jwt));
    await again();
  });
});

it('S3-115: a consumer without its provider is told which parameters are missing, and nothing is changed', async () => {
  const shared = [
    'shared: { mode: consume, prefix: /shared/prod }',
    'databases: { main: { engine: shared, databaseName: app } }',
    MIGRATIONS,
  ];
  const project = await startDeployable({ yaml: smallYaml(shared.join('\n')).replace(/^network: .*\n/m, '') });
  const blocked = await project.platform(`deploy --env dev --sandbox --yes --json`);
  expect(blocked.exitCode).toBe(1);
  const { problems } = blocked.json().error;
  const missing = ['database/cluster-endpoint', 'database/security-group-id', 'network/vpc-id'];
  expect(problems).toMatchObject([
    { rule: 'S3-115', message: expect.stringContaining(missing.map((name) => `/shared/prod/${name}`).join(', ')) },
  ]);
  expect(project.writes()).toEqual([]);
});
