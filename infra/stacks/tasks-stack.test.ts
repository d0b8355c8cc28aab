import { describe, expect, it } from 'vitest';
import { checkTemplate } from '../checks/check-template.ts';
import { factsOf } from '../testing/facts.ts';
import {
  sampleComponent,
  sampleDatabase,
  sampleObservability,
  sampleService,
  sampleSettings,
} from '../testing/sample-settings.ts';
import { type Json, propertiesOf, resourcesOf, synthesize } from '../testing/synthesize.ts';
import { wholeSettings } from '../testing/whole-settings.ts';

const { templates, stacks } = synthesize(wholeSettings());
const { tasks } = templates;

/** Policies by role, as `WebTaskRole UseBusDomain`. */
function policies(template: Json): Record<string, Json> {
  return Object.fromEntries(
    Object.entries<Json>(template.Resources).flatMap(([id, { Type, Properties }]) =>
      Type === 'AWS::IAM::Role'
        ? (Properties.Policies ?? []).map((policy: Json) => [
            `${id.replace(/Roles(TaskRole|ExecutionRole).*/, ' $1')} ${policy.PolicyName}`,
            policy.PolicyDocument.Statement,
          ])
        : [],
    ),
  );
}

const container = (name: string): Json =>
  propertiesOf(tasks, 'AWS::ECS::TaskDefinition').find(({ Family }) => Family === `shop-dev-${name}-once`)
    .ContainerDefinitions[0];

describe('the rights of a component', () => {
  it('come from what it uses and from nothing else (S0-21, S1-07, S2-39, S2-60, S2-85, S2-87)', () => {
    expect(Object.keys(policies(tasks)).sort()).toEqual([
      'Admin ExecutionRole Log',
      'Admin ExecutionRole Pull',
      'Jobs ExecutionRole Log',
      'Jobs ExecutionRole Pull',
      'Jobs ExecutionRole StartDatabaseOfMain',
      'Jobs ExecutionRole StartDatabaseOfReports',
      'Jobs ExecutionRole StartDatabaseUrlOfMain',
      'Jobs TaskRole UseDatabaseMain',
      'Jobs TaskRole UseDatabaseReports',
      'Jobs TaskRole UseQueueJobs',
      'Migrations ExecutionRole Log',
      'Migrations ExecutionRole Pull',
      'Migrations ExecutionRole StartDatabaseOfMain',
      'Migrations ExecutionRole StartDatabaseUrlOfMain',
      'Migrations TaskRole UseDatabaseMain',
      'Web ExecutionRole Log',
      'Web ExecutionRole Pull',
      'Web ExecutionRole StartDatabaseOfMain',
      'Web ExecutionRole StartDatabaseUrlOfMain',
      'Web ExecutionRole StartSecretApp',
      'Web TaskRole Exec',
      'Web TaskRole UseBucketMedia',
      'Web TaskRole UseBusDomain',
      'Web TaskRole UseDatabaseMain',
      'Web TaskRole UseQueueJobs',
      'Web TaskRole UseSecretJwt',
    ]);
  });

  it('name every action and every resource (S2-86)', () => {
    for (const [name, statements] of Object.entries(policies(tasks))) {
      for (const { Action, Resource } of statements) {
        for (const action of [Action].flat()) expect(action, name).toMatch(/^[a-z0-9]+:[A-Za-z]+$/);
        if (name.endsWith(' Exec') || [Action].flat().includes('ecr:GetAuthorizationToken')) continue;
        expect([Resource].flat(), name).not.toContain('*');
      }
    }
    for (const template of Object.values(templates)) {
      expect(checkTemplate(template, factsOf('dev')).filter(({ rule }) => rule.startsWith('iam-'))).toEqual([]);
    }
  });

  it('reach exactly the secrets that are named, by their whole ARN', () => {
    expect(policies(tasks)['Web ExecutionRole StartSecretApp']).toEqual([
      { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: { Ref: 'SecretArnApp' } },
    ]);
    expect(stacks.find(({ id }) => id === 'tasks')?.parameters.SecretArnApp).toEqual({
      from: 'secret',
      secretName: 'shop/dev/app',
    });
  });

  it('can be put on by tasks of this account alone', () => {
    for (const { AssumeRolePolicyDocument } of propertiesOf(tasks, 'AWS::IAM::Role')) {
      expect(AssumeRolePolicyDocument.Statement[0]).toMatchObject({
        Principal: { Service: 'ecs-tasks.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': '222222222222' } },
      });
    }
  });

  it('let an image be pulled from its own repository', () => {
    expect(JSON.stringify(policies(tasks)['Jobs ExecutionRole Pull'])).toContain(
      ':ecr:us-east-1:222222222222:repository/shop-dev-jobs',
    );
  });
});

describe('the way to a database', () => {
  it('is open from the groups of its users on its port alone, by rules that live with them (S2-14, F-11, F-78, C37)', () => {
    const rules = propertiesOf(tasks, 'AWS::EC2::SecurityGroupIngress');
    expect(rules.map(({ GroupId, SourceSecurityGroupId }) => `${SourceSecurityGroupId.Ref} ${GroupId.Ref}`)).toEqual([
      'RuntimeTaskSecurityGroupWeb DataDatabaseSecurityGroupMain',
      'RuntimeTaskSecurityGroupJobs DataDatabaseSecurityGroupMain',
      'RuntimeTaskSecurityGroupJobs DataDatabaseSecurityGroupReports',
      'RuntimeTaskSecurityGroupMigrations DataDatabaseSecurityGroupMain',
    ]);
    for (const rule of rules) expect(rule).toMatchObject({ IpProtocol: 'tcp', FromPort: 5432, ToPort: 5432 });
  });
});

describe('a one-off task', () => {
  it('is there for every service and for migrations, by digest of the new image (S0-18, F-37)', () => {
    expect(propertiesOf(tasks, 'AWS::ECS::TaskDefinition').map(({ Family }) => Family)).toEqual([
      'shop-dev-web-once',
      'shop-dev-admin-once',
      'shop-dev-jobs-once',
      'shop-dev-migrations-once',
    ]);
    expect(container('migrations').Image).toEqual({ Ref: 'ImageMigrations' });
    expect(container('web').PortMappings).toBeUndefined();
  });

  it('keeps its old revisions, so that there is a way back (F-61)', () => {
    for (const made of resourcesOf(tasks, 'AWS::ECS::TaskDefinition')) {
      expect(made).toMatchObject({ UpdateReplacePolicy: 'Retain' });
    }
  });

  it('is given what its uses stand for (S0-33, S2-15, S2-44, S2-45)', () => {
    const variables = (name: string) => container(name).Environment.map(({ Name }: Json) => Name);
    expect(variables('web')).toEqual([
      'BUCKET_NAME',
      'DATABASE_HOST',
      'DATABASE_NAME',
      'DATABASE_PORT',
      'DATABASE_READ_HOST',
      'DATABASE_SECRET_ARN',
      'EVENT_BUS_NAME',
      'HOSTS',
      'JWT_SECRET_ARN',
      'LOG_LEVEL',
      'QUEUE_URL',
    ]);
    expect(container('web').Secrets.map(({ Name }: Json) => Name)).toEqual([
      'API_KEY',
      'DATABASE_PASSWORD',
      'DATABASE_URL',
      'DATABASE_USER',
    ]);
    // With two databases each has its name before it.
    expect(variables('jobs')).toContain('MAIN_DATABASE_HOST');
    expect(variables('jobs')).toContain('REPORTS_DATABASE_HOST');
    expect(variables('jobs')).not.toContain('DATABASE_HOST');
    expect(variables('jobs')).toContain('QUEUE_URL');
  });

  it('is given secrets by key, never by value (S2-83, F-44)', () => {
    const [apiKey] = container('web').Secrets;
    expect(apiKey.ValueFrom).toEqual({ 'Fn::Join': ['', [{ Ref: 'SecretArnApp' }, ':API_KEY::']] });
    const password = container('web').Secrets.find(({ Name }: Json) => Name === 'DATABASE_PASSWORD');
    expect(password.ValueFrom['Fn::Join'][1]).toEqual([{ Ref: 'DataDatabaseSecretArnMain' }, ':password::']);
  });

  it('gives way to what the configuration says, and never names a variable twice', () => {
    const made = synthesize(
      sampleSettings({
        databases: { main: sampleDatabase() },
        secrets: { app: { source: 'referenced', secretName: 'app' } },
        services: {
          web: sampleService({
            uses: [{ kind: 'database', name: 'main' }],
            environment: { DATABASE_PASSWORD: ['by hand'] },
            secrets: { DATABASE_HOST: { from: 'secret', secret: 'app', key: 'HOST' } },
          }),
        },
      }),
    ).templates.tasks;
    const [{ Environment, Secrets }] = propertiesOf(made, 'AWS::ECS::TaskDefinition')[0].ContainerDefinitions;
    expect(Environment).toContainEqual({ Name: 'DATABASE_PASSWORD', Value: 'by hand' });
    const names = [...Environment, ...Secrets].map(({ Name }: Json) => Name);
    expect(new Set(names).size).toBe(names.length);
    expect(Secrets.map(({ Name }: Json) => Name)).toEqual(['DATABASE_HOST', 'DATABASE_USER']);
  });
});

describe('a log', () => {
  it('is one per component, kept as long as the settings say (S1-57, S1-62, S2-38, S2-102, S4-169)', () => {
    const groups = resourcesOf(tasks, 'AWS::Logs::LogGroup');
    expect(groups).toHaveLength(4);
    for (const group of groups)
      expect(group).toMatchObject({ Properties: { RetentionInDays: 7 }, DeletionPolicy: 'Delete' });
  });

  it('stays in prod when its component goes', () => {
    const made = synthesize(
      sampleSettings({
        oneOffs: { migrations: sampleComponent() },
        observability: sampleObservability({ logRetentionDays: 30, logsOnDelete: 'retain' }),
      }),
    ).templates.tasks;
    expect(resourcesOf(made, 'AWS::Logs::LogGroup')[0]).toMatchObject({
      Properties: { RetentionInDays: 30 },
      DeletionPolicy: 'RetainExceptOnCreate',
    });
  });
});
