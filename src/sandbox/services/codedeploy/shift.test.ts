import { UpdateStackCommand } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient, SetAlarmStateCommand } from '@aws-sdk/client-cloudwatch';
import {
  CodeDeployClient,
  GetDeploymentCommand,
  ListDeploymentsCommand,
  StopDeploymentCommand,
} from '@aws-sdk/client-codedeploy';
import { GetAliasCommand, LambdaClient, UpdateAliasCommand } from '@aws-sdk/client-lambda';
import { describe, expect, it } from 'vitest';
import { stackScene } from '../cloudformation/stack-scene.ts';

const CAPABILITIES = { Capabilities: ['CAPABILITY_NAMED_IAM' as const] };
const role = (Service: string) => ({
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
    },
  },
});

const template = (
  number: number,
  config: string | object = 'CodeDeployDefault.LambdaCanary10Percent5Minutes',
  more: object = {},
) => ({
  Resources: {
    Role: role('lambda.amazonaws.com'),
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        FunctionName: 'f',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Code: { ZipFile: `exports.handler = async () => ${number};` },
      },
    },
    [`V${number}`]: {
      Type: 'AWS::Lambda::Version',
      DeletionPolicy: 'Retain',
      Properties: { FunctionName: { Ref: 'Function' } },
    },
    Alarm: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        AlarmName: 'errors',
        Namespace: 'AWS/Lambda',
        MetricName: 'Errors',
        Dimensions: [{ Name: 'FunctionName', Value: 'f' }],
        Statistic: 'Sum',
        Period: 60,
        EvaluationPeriods: 1,
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
      },
    },
    ShiftRole: role('codedeploy.amazonaws.com'),
    App: { Type: 'AWS::CodeDeploy::Application', Properties: { ApplicationName: 'app', ComputePlatform: 'Lambda' } },
    Group: {
      Type: 'AWS::CodeDeploy::DeploymentGroup',
      Properties: {
        ApplicationName: { Ref: 'App' },
        DeploymentGroupName: 'group',
        ServiceRoleArn: { 'Fn::GetAtt': ['ShiftRole', 'Arn'] },
        DeploymentConfigName: config,
        DeploymentStyle: { DeploymentType: 'BLUE_GREEN', DeploymentOption: 'WITH_TRAFFIC_CONTROL' },
        AlarmConfiguration: { Enabled: true, Alarms: [{ Name: { Ref: 'Alarm' } }] },
        AutoRollbackConfiguration: {
          Enabled: true,
          Events: ['DEPLOYMENT_STOP_ON_ALARM', 'DEPLOYMENT_STOP_ON_REQUEST'],
        },
      },
    },
    Alias: {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        FunctionName: { Ref: 'Function' },
        FunctionVersion: { 'Fn::GetAtt': [`V${number}`, 'Version'] },
        Name: 'live',
      },
      UpdatePolicy: {
        CodeDeployLambdaAliasUpdate: { ApplicationName: { Ref: 'App' }, DeploymentGroupName: { Ref: 'Group' } },
      },
    },
    ...more,
  },
});

async function open(config?: string | object, more?: object) {
  const scene = await stackScene();
  await scene.create(template(1, config, more), CAPABILITIES);
  expect((await scene.stack()).StackStatus, (await scene.events()).join('\n')).toBe('CREATE_COMPLETE');
  const lambda = scene.sandbox.client(LambdaClient);
  const codedeploy = scene.sandbox.client(CodeDeployClient);
  const alias = async () => {
    const { FunctionVersion, RoutingConfig } = await lambda.send(
      new GetAliasCommand({ FunctionName: 'f', Name: 'live' }),
    );
    return [FunctionVersion, RoutingConfig?.AdditionalVersionWeights];
  };
  /** Begins an update and lets time pass until something of the traffic has moved. */
  const begin = async () => {
    scene.sandbox.world.pause();
    const TemplateBody = JSON.stringify(template(2, config, more));
    await scene.client.send(new UpdateStackCommand({ StackName: 'shop', TemplateBody, ...CAPABILITIES }));
    for (let looks = 0; looks < 100; looks += 1) {
      await scene.sandbox.advance(1_000);
      if (JSON.stringify(await alias()) !== '["1",null]') return;
    }
    throw new Error('no traffic has moved');
  };
  const deployment = async () => {
    const { deployments } = await codedeploy.send(new ListDeploymentsCommand({ applicationName: 'app' }));
    return (await codedeploy.send(new GetDeploymentCommand({ deploymentId: deployments![0] }))).deploymentInfo!;
  };
  return { scene, codedeploy, alias, begin, deployment };
}

describe('an alias that CodeDeploy moves', () => {
  it('gives a canary its part, and all of it after its time', async () => {
    const { scene, alias, begin, deployment } = await open();
    await begin();
    expect(await alias()).toEqual(['1', { 2: 0.1 }]);
    expect(await deployment()).toMatchObject({ status: 'InProgress', computePlatform: 'Lambda' });
    await scene.sandbox.advance(4 * 60_000);
    expect(await alias()).toEqual(['1', { 2: 0.1 }]);
    await scene.sandbox.advance(70_000);
    expect(await alias()).toEqual(['2', undefined]);
    await scene.rest();
    expect((await scene.stack()).StackStatus).toBe('UPDATE_COMPLETE');
    expect((await deployment()).status).toBe('Succeeded');
  });

  it('is not moved from where the stack does not know it to be (aws/serverless-application-model#291)', async () => {
    const { scene, alias, deployment } = await open();
    await scene.update(template(2), CAPABILITIES);
    const lambda = scene.sandbox.client(LambdaClient);
    await lambda.send(new UpdateAliasCommand({ FunctionName: 'f', Name: 'live', FunctionVersion: '1' }));
    await scene.update(template(3), CAPABILITIES);
    expect((await scene.stack()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await deployment()).toMatchObject({
      status: 'Failed',
      errorInformation: { code: 'INVALID_LAMBDA_CONFIGURATION' },
    });
    expect((await scene.events()).join('\n')).toContain('does not match the current version in AppSpec file');
    expect(await alias()).toEqual(['2', undefined]);
  });

  it('moves in equal steps when it is linear', async () => {
    const config = {
      Steps: {
        Type: 'AWS::CodeDeploy::DeploymentConfig',
        Properties: {
          ComputePlatform: 'Lambda',
          TrafficRoutingConfig: {
            Type: 'TimeBasedLinear',
            TimeBasedLinear: { LinearPercentage: 40, LinearInterval: 2 },
          },
        },
      },
    };
    const { scene, alias, begin } = await open({ Ref: 'Steps' }, config);
    await begin();
    const seen = [await alias()];
    for (const _ of [1, 2]) {
      await scene.sandbox.advance(130_000);
      seen.push(await alias());
    }
    expect(seen).toEqual([
      ['1', { 2: 0.4 }],
      ['1', { 2: 0.8 }],
      ['2', undefined],
    ]);
  });

  it('goes back when an alarm rings, and the stack with it (F-107)', async () => {
    const { scene, alias, begin, deployment } = await open();
    await begin();
    const ring = { AlarmName: 'errors', StateValue: 'ALARM' as const, StateReason: 'errors' };
    await scene.sandbox.client(CloudWatchClient).send(new SetAlarmStateCommand(ring));
    await scene.sandbox.advance(20_000);
    expect(await alias()).toEqual(['1', undefined]);
    expect(await deployment()).toMatchObject({
      status: 'Stopped',
      errorInformation: {
        code: 'ALARM_ACTIVE',
        message:
          'One or more alarms have been activated according to the Amazon CloudWatch metrics you selected, and the affected deployments have been stopped. Activated alarms: errors',
      },
      rollbackInfo: { rollbackMessage: 'Rollback successful' },
    });
    await scene.rest();
    expect((await scene.stack()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect((await scene.events()).find((line) => line.startsWith('Alias UPDATE_FAILED'))).toContain(
      'Rollback successful',
    );
    expect(await alias()).toEqual(['1', undefined]);
  });

  it('goes back at once when the alarm rings already (F-108), or when it is stopped', async () => {
    const first = await open();
    const ring = { AlarmName: 'errors', StateValue: 'ALARM' as const, StateReason: 'errors' };
    await first.scene.sandbox.client(CloudWatchClient).send(new SetAlarmStateCommand(ring));
    await first.scene.update(template(2), CAPABILITIES);
    expect((await first.scene.stack()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
    expect(await first.alias()).toEqual(['1', undefined]);

    const second = await open();
    await second.begin();
    const { deploymentId } = await second.deployment();
    await second.codedeploy.send(new StopDeploymentCommand({ deploymentId }));
    expect(await second.alias()).toEqual(['1', undefined]);
    await second.scene.rest();
    expect((await second.scene.stack()).StackStatus).toBe('UPDATE_ROLLBACK_COMPLETE');
  });
});
