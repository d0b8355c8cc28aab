import { randomUUID } from 'node:crypto';
import { AwsFault } from '../../../kernel/fault.ts';

export interface Failure {
  reason: string;
  code?: string;
}

/** How the SDK of the resource handlers calls the services of which CloudFormation types are named otherwise. */
const SERVICE_NAMES: Readonly<Record<string, string>> = {
  ApiGateway: 'ApiGateway',
  ApiGatewayV2: 'ApiGatewayV2',
  ApplicationAutoScaling: 'ApplicationAutoScaling',
  CertificateManager: 'Acm',
  CloudFront: 'CloudFront',
  CloudWatch: 'CloudWatch',
  CodeDeploy: 'CodeDeploy',
  Cognito: 'CognitoIdentityProvider',
  EC2: 'Ec2',
  ECR: 'Ecr',
  ECS: 'Ecs',
  ElasticLoadBalancingV2: 'ElasticLoadBalancingV2',
  Events: 'EventBridge',
  IAM: 'Iam',
  KMS: 'Kms',
  Lambda: 'Lambda',
  Logs: 'CloudWatchLogs',
  RDS: 'Rds',
  S3: 'S3',
  SecretsManager: 'SecretsManager',
  SNS: 'Sns',
  SQS: 'Sqs',
  SSM: 'Ssm',
  WAFv2: 'Wafv2',
};

const CODES: readonly (readonly [RegExp, string])[] = [
  [/AlreadyExist|AlreadyOwned|Duplicate|EntityAlready/i, 'AlreadyExists'],
  [/NotFound|NoSuch|NonExistent/i, 'NotFound'],
  [/AccessDenied|Unauthorized|NotAuthorized/i, 'AccessDenied'],
  [/Throttl|TooManyRequests/i, 'Throttling'],
  [/Limit|Quota/i, 'ServiceLimitExceeded'],
  [/Conflict|InUse|DependencyViolation|OperationAborted/i, 'ResourceConflict'],
];

/** What CloudFormation shows for something thrown while a resource was worked on. */
export function failureOf(error: unknown, type: string): Failure {
  const token = randomUUID();
  if (!(error instanceof AwsFault)) {
    const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return {
      reason: `Resource handler returned message: "${detail}" (RequestToken: ${token}, HandlerErrorCode: InternalFailure)`,
      code: 'InternalFailure',
    };
  }
  const code =
    error.status >= 500
      ? 'ServiceInternalError'
      : (CODES.find(([pattern]) => pattern.test(error.code))?.[1] ?? 'InvalidRequest');
  const segment = type.split('::')[1] ?? type;
  const service = SERVICE_NAMES[segment] ?? segment;
  const detail = `${error.message} (Service: ${service}, Status Code: ${error.status}, Request ID: ${randomUUID()})`;
  return {
    reason: `Resource handler returned message: "${detail}" (RequestToken: ${token}, HandlerErrorCode: ${code})`,
    code,
  };
}
