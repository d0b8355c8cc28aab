import { DescribeVpcsCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  DeleteHostedZoneCommand,
  GetChangeCommand,
  GetHostedZoneCommand,
  ListHostedZonesByVPCCommand,
  ListHostedZonesCommand,
  ListResourceRecordSetsCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { expect, it } from 'vitest';
import { answerOf, refusal } from '../../../testing/answer-of.ts';
import { startSandbox } from '../../../testing/start-sandbox.ts';

/** Titles name the recording (LocalStack's suite, tests/aws/services/route53/test_route53.py). */
async function open() {
  const sandbox = await startSandbox();
  sandbox.world.pause();
  return { sandbox, route53: sandbox.client(Route53Client) };
}

const CHANGE = { Id: expect.stringMatching(/^\/change\/C/), Status: 'PENDING', SubmittedAt: expect.any(Date) };
const zone = (Config: object) => ({
  CallerReference: 'one',
  Config,
  Id: expect.stringMatching(/^\/hostedzone\/Z[A-Z0-9]{20}$/),
  Name: 'example.org.',
  ResourceRecordSetCount: 2,
});

it('equal: TestRoute53::test_create_hosted_zone', async () => {
  const { sandbox, route53 } = await open();
  const created = await route53.send(new CreateHostedZoneCommand({ Name: 'example.org', CallerReference: 'one' }));
  const { $metadata, ...answer } = created;
  expect($metadata.httpStatusCode).toBe(201);
  const delegation = { NameServers: Array.from({ length: 4 }, () => expect.stringMatching(/^ns-\d+\.awsdns-\d\d\./)) };
  expect(answer).toEqual({
    ChangeInfo: CHANGE,
    DelegationSet: delegation,
    HostedZone: zone({ PrivateZone: false }),
    Location: `https://route53.amazonaws.com/2013-04-01${created.HostedZone!.Id}`,
  });
  expect(await answerOf(route53.send(new GetHostedZoneCommand({ Id: created.HostedZone!.Id })))).toEqual({
    DelegationSet: delegation,
    HostedZone: zone({ PrivateZone: false }),
  });
  await sandbox.settle();
  const { ChangeInfo } = await route53.send(new GetChangeCommand({ Id: created.ChangeInfo!.Id }));
  expect(ChangeInfo!.Status).toBe('INSYNC');
});

it('equal: TestRoute53::test_create_private_hosted_zone', async () => {
  const { sandbox, route53 } = await open();
  const { Vpcs } = await sandbox.client(EC2Client).send(new DescribeVpcsCommand({}));
  const VPC = { VPCId: Vpcs![0]!.VpcId!, VPCRegion: 'us-east-1' as const };
  const { HostedZone } = await route53.send(
    new CreateHostedZoneCommand({
      Name: 'example.org',
      CallerReference: 'one',
      HostedZoneConfig: { Comment: 'test' },
      VPC,
    }),
  );
  const shown = zone({ Comment: 'test', PrivateZone: true });
  expect(await answerOf(route53.send(new GetHostedZoneCommand({ Id: HostedZone!.Id })))).toEqual({
    HostedZone: shown,
    VPCs: [VPC],
  });
  expect(await answerOf(route53.send(new ListHostedZonesByVPCCommand(VPC)))).toEqual({
    HostedZoneSummaries: [
      { HostedZoneId: HostedZone!.Id!.split('/')[2], Name: 'example.org.', Owner: { OwningAccount: '000000000000' } },
    ],
    MaxItems: 100,
  });
  expect((await route53.send(new ListHostedZonesCommand({}))).HostedZones).toEqual([shown]);
});

it('equal: TestRoute53::test_create_hosted_zone_in_non_existent_vpc', async () => {
  const { route53 } = await open();
  const VPC = { VPCId: 'vpc-1', VPCRegion: 'us-east-1' as const };
  const sent = route53.send(new CreateHostedZoneCommand({ Name: 'example.org', CallerReference: 'one', VPC }));
  expect(await answerOf(sent)).toEqual(refusal('InvalidVPCId', 'The VPC ID is invalid.'));
});

it('equal: TestRoute53::test_delete_hosted_zone', async () => {
  const { route53 } = await open();
  expect(await answerOf(route53.send(new DeleteHostedZoneCommand({ Id: 'Z1asdf1234' })))).toEqual(
    refusal('NoSuchHostedZone', 'No hosted zone found with ID: Z1asdf1234', 404),
  );
  const { HostedZone } = await route53.send(
    new CreateHostedZoneCommand({ Name: 'example.org', CallerReference: 'one' }),
  );
  expect(await answerOf(route53.send(new DeleteHostedZoneCommand({ Id: HostedZone!.Id })))).toEqual({
    ChangeInfo: CHANGE,
  });
});

it('changes all records of a batch or none', async () => {
  const { route53 } = await open();
  const { HostedZone } = await route53.send(
    new CreateHostedZoneCommand({ Name: 'example.org', CallerReference: 'one' }),
  );
  const record = (Action: 'CREATE' | 'DELETE' | 'UPSERT', Name: string, Value = '10.0.0.1') => ({
    Action,
    ResourceRecordSet: { Name, Type: 'A' as const, TTL: 60, ResourceRecords: [{ Value }] },
  });
  const change = (...Changes: ReturnType<typeof record>[]) =>
    answerOf(
      route53.send(new ChangeResourceRecordSetsCommand({ HostedZoneId: HostedZone!.Id, ChangeBatch: { Changes } })),
    );
  expect(await change(record('CREATE', 'www.example.org'), record('CREATE', 'www.other.org'))).toEqual(
    refusal('InvalidChangeBatch', '[RRSet with DNS name www.other.org. is not permitted in zone example.org.]'),
  );
  await change(record('CREATE', 'www.example.org'));
  expect(await change(record('CREATE', 'www.example.org'))).toEqual(
    refusal(
      'InvalidChangeBatch',
      "[Tried to create resource record set [name='www.example.org.', type='A'] but it already exists]",
    ),
  );
  expect(await change(record('DELETE', 'www.example.org', '10.0.0.2'))).toMatchObject({
    refused: { message: expect.stringMatching(/the values provided do not match the current values/) },
  });
  const { ResourceRecordSets } = await route53.send(
    new ListResourceRecordSetsCommand({ HostedZoneId: HostedZone!.Id }),
  );
  expect(ResourceRecordSets!.map(({ Name, Type }) => `${Name} ${Type}`)).toEqual([
    'example.org. NS',
    'example.org. SOA',
    'www.example.org. A',
  ]);
  expect(await answerOf(route53.send(new DeleteHostedZoneCommand({ Id: HostedZone!.Id })))).toMatchObject({
    refused: { code: 'HostedZoneNotEmpty' },
  });
});
