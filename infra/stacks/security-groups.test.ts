import { expect, it } from 'vitest';
import { type Json, synthesize } from '../testing/synthesize.ts';
import { wholeSettings } from '../testing/whole-settings.ts';

const { templates } = synthesize(wholeSettings());
const resources = Object.entries<Json>(templates).flatMap(([stack, { Resources }]) =>
  Object.entries<Json>(Resources).map(([id, { Type, Properties }]) => ({
    stack,
    id,
    type: Type,
    properties: Properties,
  })),
);
const groups = resources.filter(({ type }) => type === 'AWS::EC2::SecurityGroup');
const rules = resources
  .filter(({ type }) => type === 'AWS::EC2::SecurityGroupIngress')
  .map(({ properties }) => properties);

it('S4-158 a security group lets in what is needed: addresses reach the load balancer and the endpoints of the VPC alone', () => {
  expect(groups.length).toBeGreaterThan(8);
  const byAddress = groups.flatMap(({ id, properties }) =>
    (properties.SecurityGroupIngress ?? []).map(
      ({ CidrIp, FromPort, ToPort }: Json) => `${id.replace(/SecurityGroup.*$/, '')} ${CidrIp} ${FromPort}-${ToPort}`,
    ),
  );
  expect(byAddress).toEqual([
    'Endpoints 10.0.0.0/16 443-443',
    'LoadBalancer 0.0.0.0/0 80-80',
    'LoadBalancer 0.0.0.0/0 443-443',
  ]);
});

it('S4-158 everything else is let in on one port, by the group of the one that needs it', () => {
  expect(rules.length).toBeGreaterThan(8);
  for (const { CidrIp, SourceSecurityGroupId, FromPort, ToPort, IpProtocol } of rules) {
    expect(CidrIp).toBeUndefined();
    expect(SourceSecurityGroupId).toBeDefined();
    expect([IpProtocol, ToPort]).toEqual(['tcp', FromPort]);
  }
  // Of functions and services only those that use a database reach it; the one that has only a queue does not.
  const reaching = (database: string) =>
    rules
      .filter(({ GroupId }) => GroupId.Ref === `DataDatabaseSecurityGroup${database}`)
      .map(({ Description }) => Description.replace('from dev ', ''))
      .sort();
  expect(reaching('Main')).toEqual(['function api', 'function worker', 'jobs', 'migrations', 'web']);
  expect(reaching('Reports')).toEqual(['function worker', 'jobs']);
});
