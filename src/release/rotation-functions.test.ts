import { beforeEach, describe, expect, it } from 'vitest';
import { checkTemplate } from '../../infra/checks/check-template.ts';
import { factsOf } from '../../infra/testing/facts.ts';
import { type Json, propertiesOf, resourcesOf, synthesize } from '../../infra/testing/synthesize.ts';
import { loadText } from '../testing/write-project.ts';
import { offlineSettings } from './offline-settings.ts';
import { rotationName } from './rotation-functions.ts';

const YAML = `project: shop
databases: { main: { databaseName: shop, acu: { min: 0.5, max: 2 }, subnets: isolated, rotationDays: 30, credentials: { urlSecret: true } } }
services: { web: { image: { context: . }, command: [work], uses: [db.main] } }
environments: { dev: { kind: dev } }
`;
const templatesOf = (yaml: string) => synthesize(offlineSettings(loadText(yaml).environment('dev'))).templates;
let template: Json;
beforeEach(() => {
  template ??= templatesOf(YAML).functions;
});
const functionOf = (name: string) => template.Resources[template.Outputs[`FunctionName${name}`].Value.Ref].Properties;
const allowedTo = (name: string): string[] =>
  template.Resources[functionOf(name).Role['Fn::GetAtt'][0]].Properties.Policies.flatMap(({ PolicyDocument }: Json) =>
    PolicyDocument.Statement.flatMap(({ Action }: Json) => Action),
  );
const SECRET = { Ref: 'DataDatabaseSecretArnMain' };

describe('a database with rotationDays', () => {
  it('has a function that Secrets Manager alone asks, every so many days, and not because of a deployment (S2-84)', () => {
    const [schedule] = propertiesOf(template, 'AWS::SecretsManager::RotationSchedule');
    const { Ref: id } = template.Outputs.FunctionNameMainRotation.Value;
    expect(schedule).toEqual({
      SecretId: SECRET,
      RotationLambdaARN: { 'Fn::GetAtt': [id, 'Arn'] },
      RotationRules: { AutomaticallyAfterDays: 30 },
      RotateImmediatelyOnUpdate: false,
    });
    expect(propertiesOf(template, 'AWS::Lambda::Permission')).toContainEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: { Ref: id },
      Principal: 'secretsmanager.amazonaws.com',
      SourceAccount: { Ref: 'AWS::AccountId' },
    });
    const [made] = Object.values<Json>(resourcesOf(template, 'AWS::SecretsManager::RotationSchedule'));
    expect(made.DependsOn).toHaveLength(1);
  });

  it('lets it in from private subnets, and it alone; what follows needs no network', () => {
    const { VpcConfig } = functionOf('MainRotation');
    expect(VpcConfig.SubnetIds).toContainEqual({ Ref: 'NetworkPrivateSubnet1' });
    expect(propertiesOf(template, 'AWS::EC2::SecurityGroupIngress')).toMatchObject([
      { GroupId: { Ref: 'DataDatabaseSecurityGroupMain' }, SourceSecurityGroupId: VpcConfig.SecurityGroupIds[0] },
    ]);
    expect(functionOf('MainRotated').VpcConfig).toBeUndefined();
  });

  it('has a function that hears of it, or looks by itself, and may restart services (C28, F-81)', () => {
    const { Environment } = functionOf('MainRotated');
    expect(Environment.Variables).toMatchObject({
      DATABASE_SECRET_ARN: SECRET,
      DATABASE_HOST: { Ref: 'DataDatabaseHostMain' },
      URL_SECRET_ARN: { Ref: 'DataDatabaseUrlSecretArnMain' },
      CLUSTER_NAME: { Ref: 'RuntimeClusterName' },
    });
    expect(propertiesOf(template, 'AWS::Events::Rule')).toMatchObject([
      {
        ScheduleExpression: 'rate(5 minutes)',
        EventPattern: {
          source: ['aws.secretsmanager'],
          detail: { eventName: ['RotationSucceeded'], additionalEventData: { SecretId: [SECRET] } },
        },
      },
    ]);
    expect(allowedTo('MainRotated').sort()).toEqual([
      'ecs:DescribeServices',
      'ecs:DescribeTaskDefinition',
      'ecs:ListServices',
      'ecs:UpdateService',
      'logs:CreateLogStream',
      'logs:PutLogEvents',
      'secretsmanager:GetSecretValue',
      'secretsmanager:PutSecretValue',
      'sqs:SendMessage',
    ]);
    expect(allowedTo('MainRotation')).not.toContain('ecs:UpdateService');
    expect(checkTemplate(template, factsOf('prod'))).toEqual([]);
  });

  it('without services and without a URL only looks at the password', () => {
    const small = templatesOf(
      YAML.replace(/^services.*\n/m, '').replace(', credentials: { urlSecret: true }', ''),
    ).functions;
    const { Variables } = small.Resources[small.Outputs.FunctionNameMainRotated.Value.Ref].Properties.Environment;
    expect(Variables).not.toHaveProperty('CLUSTER_NAME');
    expect(Variables).not.toHaveProperty('URL_SECRET_ARN');
  });

  it('leaves a function of the configuration its name', () => {
    const functions = { 'main-rotation': {} } as unknown as Parameters<typeof rotationName>[1]['functions'];
    expect(rotationName('main', { functions })).toBe('main-rotation-of-platform');
  });
});

it('nothing of it is there without rotationDays', () => {
  expect(templatesOf(YAML.replace(' rotationDays: 30,', '')).functions).toBeUndefined();
});
