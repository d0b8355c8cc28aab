import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkTemplate } from '../../infra/checks/check-template.ts';
import { factsOf } from '../../infra/testing/facts.ts';
import { type Json, propertiesOf, resourcesOf, synthesize } from '../../infra/testing/synthesize.ts';
import { loadProject } from '../config/load.ts';
import type { Project } from '../config/project.ts';
import { loadText } from '../testing/write-project.ts';
import { appSettings } from './settings.ts';

const SYSTEMS = ['tango', 'stream-sales', 'express-workers', 'pikaia', 'event-scheduling'];

function load(system: string): Project {
  const directory = mkdtempSync(join(tmpdir(), 'system-'));
  try {
    copyFileSync(join(import.meta.dirname, '../testing/systems', `${system}.yaml`), join(directory, 'platform.yaml'));
    return loadProject({ cwd: directory });
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function settingsOf(project: Project, name: string) {
  const environment = project.environment(name);
  return appSettings({
    project: project.name,
    environment,
    account: environment.account ?? '333333333333',
    frozen: { availabilityZones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] },
  });
}

const projects = Object.fromEntries(SYSTEMS.map((system) => [system, load(system)]));
const environments = SYSTEMS.flatMap((system) =>
  projects[system]!.environments().map((name) => [system, name] as const),
);
const settings = (system: string, environment: string) => settingsOf(projects[system]!, environment);
const templates = (system: string, environment: string) => synthesize(settings(system, environment)).templates;

describe('the five systems', () => {
  it.each(environments)('%s in %s becomes templates that keep every promise', (system, environment) => {
    const made = synthesize(settings(system, environment));
    expect(made.stacks.length).toBeGreaterThan(3);
    for (const template of Object.values(made.templates)) expect(checkTemplate(template, factsOf('dev'))).toEqual([]);
    for (const text of Object.values(made.texts)) expect(text).toMatch(/^[\x20-\x7e\n]*$/);
  });
});

describe('what an environment asks for', () => {
  it('Tango: two zones, a NAT gateway each in prod, plain HTTP in dev and TLS in prod (S0-07, S0-14, S0-36, S3-48, S3-49)', () => {
    const dev = templates('tango', 'dev');
    expect(resourcesOf(dev.network, 'AWS::EC2::NatGateway')).toHaveLength(1);
    expect(resourcesOf(templates('tango', 'prod').network, 'AWS::EC2::NatGateway')).toHaveLength(2);
    const ports = (runtime: Json) =>
      propertiesOf(runtime, 'AWS::ElasticLoadBalancingV2::Listener').map(({ Port }) => Port);
    expect(ports(dev.runtime)).toEqual([80]);
    expect(ports(templates('tango', 'prod').runtime)).toEqual([80, 443]);
  });

  it('Tango: its database is private, protected and leaves a snapshot in every environment (S0-08, C21, C22)', () => {
    for (const environment of ['dev', 'prod']) {
      const { data } = templates('tango', environment);
      expect(resourcesOf(data, 'AWS::RDS::DBCluster')[0]).toMatchObject({
        DeletionPolicy: 'Snapshot',
        Properties: { DeletionProtection: true, EngineVersion: '16.4' },
      });
      expect(propertiesOf(data, 'AWS::RDS::DBSubnetGroup')[0].SubnetIds[0]).toEqual({ Ref: 'NetworkPrivateSubnet1' });
    }
  });

  it('Tango: what was fixed by name keeps its name (S0-16, S0-23)', () => {
    const { messaging, images } = templates('tango', 'dev');
    expect(propertiesOf(messaging, 'AWS::Events::EventBus')[0].Name).toBe('tango-events');
    expect(propertiesOf(images, 'AWS::ECR::Repository')[0].RepositoryName).toBe('tango-backend');
    expect(settings('tango', 'dev').secrets['app-secrets']).toEqual({
      source: 'referenced',
      secretName: 'tango/app-secrets',
    });
  });

  it('Stream Sales: dev pauses and goes without a trace, production is watched, protected and read (S1-28, S1-55, S1-56, S1-58, S1-61, S1-63)', () => {
    const dev = templates('stream-sales', 'dev');
    expect(propertiesOf(dev.data, 'AWS::RDS::DBCluster')[0].ServerlessV2ScalingConfiguration).toEqual({
      MinCapacity: 0,
      MaxCapacity: 4,
      SecondsUntilAutoPause: 600,
    });
    expect(resourcesOf(dev.data, 'AWS::RDS::DBCluster')[0].DeletionPolicy).toBe('Delete');

    const production = templates('stream-sales', 'production');
    expect(resourcesOf(production.network, 'AWS::EC2::Subnet')).toHaveLength(9);
    expect(resourcesOf(production.network, 'AWS::EC2::FlowLog')).toHaveLength(1);
    const instances = propertiesOf(production.data, 'AWS::RDS::DBInstance');
    expect(instances.map(({ MonitoringInterval }) => MonitoringInterval)).toEqual([60, 60]);
    expect(propertiesOf(production.data, 'AWS::RDS::DBCluster')[0]).toMatchObject({
      DeletionProtection: true,
      BackupRetentionPeriod: 30,
    });
  });

  it('a dev database may have 2 to 4 units, which never pause (S1-59, C4)', () => {
    const dev = loadText(
      'project: shop\ndatabases: { main: { databaseName: shop, acu: { min: 2, max: 4 } } }\nenvironments: { dev: { kind: dev } }',
    ).environment('dev');
    const { templates: made } = synthesize(
      appSettings({
        project: 'shop',
        environment: dev,
        account: '111111111111',
        frozen: { availabilityZones: ['us-east-1a', 'us-east-1b'] },
      }),
    );
    expect(propertiesOf(made.data, 'AWS::RDS::DBCluster')[0].ServerlessV2ScalingConfiguration).toEqual({
      MinCapacity: 2,
      MaxCapacity: 4,
    });
  });

  it('Stream Sales: secrets have the names of old and stay where they matter (S1-35, S1-36, S1-37, C7)', () => {
    const secrets = (environment: string) =>
      Object.fromEntries(
        resourcesOf(templates('stream-sales', environment).data, 'AWS::SecretsManager::Secret').map(
          ({ Properties, DeletionPolicy }) => [Properties.Name, DeletionPolicy],
        ),
      );
    expect(secrets('dev')).toEqual({
      'stream-sales/dev/databases/main/credentials': 'Delete',
      'stream-sales/dev/databases/main/url': 'Delete',
      'stream-sales/dev/jwt/secret': 'Delete',
      'stream-sales/dev/encryption/key': 'Delete',
    });
    // The credentials go with the database, which leaves a snapshot.
    expect(Object.values(secrets('production'))).toEqual([
      'Delete',
      'Delete',
      'RetainExceptOnCreate',
      'RetainExceptOnCreate',
    ]);
  });

  it('Express: sizes, bounds and nights by environment (S2-12, S2-15, S2-35, S2-36, S2-68, S2-72)', () => {
    const target = (environment: string) =>
      propertiesOf(
        templates('express-workers', environment)['service-api'],
        'AWS::ApplicationAutoScaling::ScalableTarget',
      )[0];
    expect(target('dev')).toMatchObject({ MinCapacity: 1, MaxCapacity: 2 });
    expect(target('dev').ScheduledActions).toHaveLength(2);
    expect(target('staging')).toMatchObject({ MinCapacity: 1, MaxCapacity: 5 });
    expect(target('staging').ScheduledActions).toBeUndefined();
    expect(target('prod')).toMatchObject({ MinCapacity: 2, MaxCapacity: 10 });
    expect(settings('express-workers', 'prod').databases.main).toMatchObject({
      readers: 1,
      capacity: { min: 1, max: 8 },
    });
    expect(settings('express-workers', 'prod').services.api).toMatchObject({ cpu: 1024, memoryMiB: 2048 });
  });

  it('Pikaia: every declared key reaches the container, the fixed one under its own name (S3-34, S3-35)', () => {
    const { secrets } = settings('pikaia', 'prod').services.web!;
    expect(Object.keys(secrets)).toHaveLength(18);
    expect(secrets.SECRET_KEY).toEqual({ from: 'secret', secret: 'app-secrets', key: 'DJANGO_SECRET_KEY' });
    expect(secrets.MOBILE_PROVISION_API_KEY).toEqual({
      from: 'secret',
      secret: 'app-secrets',
      key: 'MOBILE_PROVISION_API_KEY',
    });
  });

  it('Pikaia: texts are put together from what is known and what a stack will tell (S0-33)', () => {
    expect(settings('pikaia', 'prod').services.web!.environment.ALLOWED_HOSTS).toEqual([
      'localhost,',
      'api.example.com',
      ',',
      { of: 'alb-host' },
    ]);
  });

  it('Pikaia: a consumer has no network, balancer or database of its own, and a rule at its own priority (S3-113, S3-115, S3-119, D1, D3, C35)', () => {
    const { stacks, templates: made } = synthesize(settings('pikaia', 'myproject'));
    expect(stacks.map(({ id }) => id)).toEqual([
      ...['images', 'data', 'messaging', 'runtime', 'tasks', 'service-web', 'functions', 'edge', 'sites'],
      'observability',
    ]);
    expect(resourcesOf(made.data, 'AWS::RDS::DBCluster')).toEqual([]);
    expect(propertiesOf(made['service-web'], 'AWS::ElasticLoadBalancingV2::ListenerRule')[0].Priority).toBe(200);
    const sources = Object.values(stacks.find(({ id }) => id === 'tasks')!.parameters);
    expect(sources).toContainEqual({ from: 'shared', parameter: '/shared-infra/prod/database/cluster-endpoint' });
    expect(sources).toContainEqual({ from: 'secret', secretName: 'pikaia/myproject/databases/main/credentials' });
    // The provider's proxy knows the secrets of the provider alone, so that nobody else goes through it.
    expect(JSON.stringify(stacks)).not.toContain('database/proxy-endpoint');
  });

  it('Pikaia: a provider writes what consumers read, under the names of old (S3-114)', () => {
    const made = templates('pikaia', 'prod');
    const names = [made.runtime, made.data].flatMap((template) =>
      propertiesOf(template, 'AWS::SSM::Parameter').map(({ Name }) => Name.replace('/shared-infra/prod/', '')),
    );
    expect(names.sort()).toEqual([
      'alb/arn',
      'alb/dns-name',
      'alb/https-listener-arn',
      'alb/origin-secret-arn',
      'alb/security-group-id',
      'database/cluster-endpoint',
      'database/master-secret-arn',
      'database/proxy-endpoint',
      'database/security-group-id',
      'network/availability-zones',
      'network/private-subnet-ids',
      'network/public-subnet-ids',
      'network/vpc-id',
    ]);
  });

  it('Event scheduling: an instance by size, migrations of their own, no dead letters in dev (S4-03, S4-06, S4-104, S4-106, C3, C39)', () => {
    const dev = templates('event-scheduling', 'dev');
    expect(propertiesOf(dev.data, 'AWS::RDS::DBInstance')[0]).toMatchObject({
      Engine: 'postgres',
      DBInstanceClass: 'db.t3.micro',
      MultiAZ: false,
    });
    expect(resourcesOf(dev.messaging, 'AWS::SQS::Queue')).toHaveLength(1);
    expect(propertiesOf(dev.messaging, 'AWS::SQS::Queue')[0].VisibilityTimeout).toBe(360);
    expect(propertiesOf(dev.tasks, 'AWS::ECS::TaskDefinition')[0].Family).toBe('bday-dev-migrations-once');
    expect(propertiesOf(templates('event-scheduling', 'production').data, 'AWS::RDS::DBInstance')[0].MultiAZ).toBe(
      true,
    );
  });

  it('hangs protection of stacks and what stays on the kind (S1-28, C21, C22)', () => {
    expect(settings('tango', 'dev')).toMatchObject({
      protectStacks: false,
      observability: { logsOnDelete: 'destroy' },
    });
    expect(settings('tango', 'prod')).toMatchObject({ protectStacks: true, observability: { logsOnDelete: 'retain' } });
    // A repository that stayed would be in the way of the next deployment (F-143); where nothing else stays, neither do images.
    expect(settings('tango', 'dev').repositories['tango-backend']!.onDelete).toBe('destroy');
    expect(settings('tango', 'prod').repositories['tango-backend']!.onDelete).toBe('retain');
  });
});
