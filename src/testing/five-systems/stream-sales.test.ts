import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeNatGatewaysCommand, EC2Client } from '@aws-sdk/client-ec2';
import { DescribeDBClustersCommand, RDSClient } from '@aws-sdk/client-rds';
import { expect, it } from 'vitest';
import { systemText } from '../write-project.ts';
import { KNOWN } from './known.ts';
import { live } from './life.ts';
import { outputsOf } from './look.ts';
import { type SystemProject, startSystem } from './system-project.ts';

const known = KNOWN['stream-sales'];
const answers = ['sites.web GET /', 'sites.web GET /api/health'];

/** What makes an environment small or safe, as AWS has it. */
async function sizeOf({ aws, accountOf }: SystemProject, environment: string, region = 'us-east-1') {
  const as = { account: accountOf(environment), region };
  const { DBClusters = [] } = await aws.client(RDSClient, as).send(new DescribeDBClustersCommand({}));
  const { NatGateways = [] } = await aws.client(EC2Client, as).send(new DescribeNatGatewaysCommand({}));
  const { MetricAlarms = [] } = await aws.client(CloudWatchClient, as).send(new DescribeAlarmsCommand({}));
  const [{ DBClusterMembers = [], DeletionProtection, ServerlessV2ScalingConfiguration: acu } = {}] = DBClusters;
  return {
    instances: DBClusterMembers.length,
    isProtected: DeletionProtection,
    acu: [acu?.MinCapacity, acu?.MaxCapacity],
    gateways: NatGateways.length,
    isWatched: MetricAlarms.some(({ AlarmActions = [] }) => AlarmActions.length > 0),
  };
}

it('S1-05 S1-08: Stream Sales dev is minimal, its credentials in Secrets Manager', async () => {
  const project = await startSystem('stream-sales');
  const once = async () => {
    const small = { instances: 1, isProtected: false, acu: [0, 4], gateways: 1, isWatched: false };
    expect(await sizeOf(project, 'dev')).toEqual(small);
    const outputs = await outputsOf(project, 'dev');
    expect(outputs['secrets.jwt.arn']).toContain(':secret:stream-sales/dev/jwt/secret');
    expect(outputs['databases.main.secretArn']).toContain(':secret:');
  };
  await live(project, 'dev', { known: known.dev!, answers, once });
});

it('S1-25: Stream Sales staging stands in the region that it is given', async () => {
  const yaml = systemText('stream-sales').replace(
    '    kind: staging\n',
    '    kind: staging\n    region: eu-central-1\n',
  );
  const project = await startSystem('stream-sales', { yaml });
  const once = async () => {
    expect(await sizeOf(project, 'staging', 'eu-central-1')).toMatchObject({ instances: 1, acu: [2, 8] });
    expect(await sizeOf(project, 'staging')).toMatchObject({ instances: 0, gateways: 0 });
  };
  await live(project, 'staging', { known: known.staging!, answers, once });
});

it('S1-10 S1-23: Stream Sales production is highly available, protected and watched from its first deployment', async () => {
  const project = await startSystem('stream-sales');
  const once = async () => {
    const safe = { instances: 2, isProtected: true, acu: [4, 16], gateways: 2, isWatched: true };
    expect(await sizeOf(project, 'production')).toEqual(safe);
  };
  await live(project, 'production', { known: known.production!, answers, once });
});
