import {
  CreateSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSubnetsCommand,
  EC2Client,
  RevokeSecurityGroupIngressCommand,
} from '@aws-sdk/client-ec2';
import { CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { expect, it } from 'vitest';
import { smallYaml, startDeployable } from '../testing/deployable.ts';

const YAML = smallYaml(
  [
    'shared: { mode: consume, prefix: /shared/prod }',
    'databases: { main: { engine: shared, databaseName: shop, credentials: { username: shop_app } } }',
    'migrations: { image: { context: . }, uses: [db.main], up: ["true"], when: manual }',
  ].join('\n'),
).replace(/^network: .*\n/m, '');
const FLAGS = '--env dev --sandbox';

/** What an environment with shared.mode export has left, as far as a database goes. */
async function startConsumer() {
  const project = await startDeployable({ yaml: YAML });
  const ec2 = project.aws.client(EC2Client);
  const subnets = (await ec2.send(new DescribeSubnetsCommand())).Subnets!.slice(0, 2);
  const group = { GroupName: 'provider-database', Description: 'of the cluster', VpcId: subnets[0]!.VpcId! };
  const { GroupId } = await ec2.send(new CreateSecurityGroupCommand(group));
  const told = {
    'network/vpc-id': group.VpcId,
    'network/private-subnet-ids': subnets.map(({ SubnetId }) => SubnetId).join(','),
    'database/cluster-endpoint': 'provider.cluster-abc.us-east-1.rds.amazonaws.com',
    'database/security-group-id': GroupId!,
  };
  for (const [name, Value] of Object.entries(told))
    await project.aws
      .client(SSMClient)
      .send(new PutParameterCommand({ Name: `/shared/prod/${name}`, Type: 'String', Value }));
  await project.aws.client(SecretsManagerClient).send(
    new CreateSecretCommand({
      Name: 'demo/dev/databases/main/credentials',
      SecretString: JSON.stringify({ username: 'shop_app', password: 'long-enough' }),
    }),
  );
  await project.succeed(`deploy ${FLAGS} --yes`);
  project.forget();
  return { project, ec2, group: GroupId! };
}

it('S3-113: a consumer is shown the way to a database that lies elsewhere, and where it is cut off (F-78)', async () => {
  const { project, ec2, group } = await startConsumer();
  const pathOf = async () => {
    const { json } = await project.platform(`db test main ${FLAGS} --dry-run --json`);
    return json().results.find(({ id }: { id: string }) => id === 'path');
  };
  expect(await pathOf()).toMatchObject({ status: 'ok', detail: expect.stringContaining(`may reach ${group} on port`) });
  expect(project.writes()).toEqual([]);

  const { SecurityGroupRules } = await ec2.send(
    new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: 'group-id', Values: [group] }] }),
  );
  const ids = SecurityGroupRules!.filter(({ IsEgress }) => !IsEgress).map((rule) => rule.SecurityGroupRuleId!);
  await ec2.send(new RevokeSecurityGroupIngressCommand({ GroupId: group, SecurityGroupRuleIds: ids }));
  expect(await pathOf()).toMatchObject({ status: 'failed', failure: 'F-78', detail: expect.stringContaining(group) });
});

it('says of a consumer that its database lies elsewhere, not that a deployment would make one', async () => {
  const { project } = await startConsumer();
  for (const words of ['db status', 'db snapshots']) {
    const { stdout } = await project.succeed(`${words} ${FLAGS}`);
    expect(stdout).toContain('databases.main lies in the cluster of another environment');
    expect(stdout).toContain(`platform db test main ${FLAGS}`);
  }
  for (const words of ['db create shop', 'db create shop --in main'])
    expect((await project.platform(`${words} ${FLAGS} --yes --json`)).json().error).toMatchObject({
      id: 'tenant-not-of-owner',
      kind: 'usage',
    });
  expect((await project.platform(`db protect main ${FLAGS}`)).exitCode).toBe(2);
  expect(project.writes()).toEqual([]);
});
