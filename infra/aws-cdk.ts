import { createRequire } from 'node:module';

/**
 * aws-cdk-lib through `require`: its modules are lazy getters, and an ESM import reads every one of them (466 modules
 * instead of 52, four times the time). For the same reason, and because a template should hold what is written here and
 * nothing else, the stacks use CloudFormation's own resources (`Cfn…`) and not the constructs built upon them.
 */
const require = createRequire(import.meta.url);

export const core: typeof import('aws-cdk-lib/core') = require('aws-cdk-lib/core');
export const scheduler: typeof import('aws-cdk-lib/aws-scheduler') = require('aws-cdk-lib/aws-scheduler');
export const scaling: typeof import('aws-cdk-lib/aws-applicationautoscaling') =
  require('aws-cdk-lib/aws-applicationautoscaling');
export const apigateway: typeof import('aws-cdk-lib/aws-apigateway') = require('aws-cdk-lib/aws-apigateway');
export const apigatewayv2: typeof import('aws-cdk-lib/aws-apigatewayv2') = require('aws-cdk-lib/aws-apigatewayv2');
export const cloudwatch: typeof import('aws-cdk-lib/aws-cloudwatch') = require('aws-cdk-lib/aws-cloudwatch');
export const codedeploy: typeof import('aws-cdk-lib/aws-codedeploy') = require('aws-cdk-lib/aws-codedeploy');
export const cognito: typeof import('aws-cdk-lib/aws-cognito') = require('aws-cdk-lib/aws-cognito');
export const cloudfront: typeof import('aws-cdk-lib/aws-cloudfront') = require('aws-cdk-lib/aws-cloudfront');
export const ec2: typeof import('aws-cdk-lib/aws-ec2') = require('aws-cdk-lib/aws-ec2');
export const ecr: typeof import('aws-cdk-lib/aws-ecr') = require('aws-cdk-lib/aws-ecr');
export const ecs: typeof import('aws-cdk-lib/aws-ecs') = require('aws-cdk-lib/aws-ecs');
export const elb: typeof import('aws-cdk-lib/aws-elasticloadbalancingv2') =
  require('aws-cdk-lib/aws-elasticloadbalancingv2');
export const events: typeof import('aws-cdk-lib/aws-events') = require('aws-cdk-lib/aws-events');
export const iam: typeof import('aws-cdk-lib/aws-iam') = require('aws-cdk-lib/aws-iam');
export const kms: typeof import('aws-cdk-lib/aws-kms') = require('aws-cdk-lib/aws-kms');
export const lambda: typeof import('aws-cdk-lib/aws-lambda') = require('aws-cdk-lib/aws-lambda');
export const logs: typeof import('aws-cdk-lib/aws-logs') = require('aws-cdk-lib/aws-logs');
export const regions: typeof import('aws-cdk-lib/region-info') = require('aws-cdk-lib/region-info');
export const rds: typeof import('aws-cdk-lib/aws-rds') = require('aws-cdk-lib/aws-rds');
export const s3: typeof import('aws-cdk-lib/aws-s3') = require('aws-cdk-lib/aws-s3');
export const secrets: typeof import('aws-cdk-lib/aws-secretsmanager') = require('aws-cdk-lib/aws-secretsmanager');
export const sns: typeof import('aws-cdk-lib/aws-sns') = require('aws-cdk-lib/aws-sns');
export const sqs: typeof import('aws-cdk-lib/aws-sqs') = require('aws-cdk-lib/aws-sqs');
export const ssm: typeof import('aws-cdk-lib/aws-ssm') = require('aws-cdk-lib/aws-ssm');
export const waf: typeof import('aws-cdk-lib/aws-wafv2') = require('aws-cdk-lib/aws-wafv2');
