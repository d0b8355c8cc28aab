import { type CredentialScope, credentialScope } from './credential-scope.ts';
import { formOf } from './query.ts';
import type { WireRequest } from './wire.ts';

/** The way a request is written, as far as it shows before the service's own schemas are loaded. */
export type WrittenAs = 'cbor' | 'json-1.0' | 'json-1.1' | 'query' | 'rest';

export interface Recognized {
  readonly service: string;
  readonly scope: CredentialScope | undefined;
  readonly writtenAs: WrittenAs;
}

/** `X-Amz-Target` prefixes, for requests that nobody signed. */
const TARGETS: Readonly<Record<string, string>> = {
  AmazonEC2ContainerServiceV20141113: 'ecs',
  AmazonEC2ContainerRegistry_V20150921: 'ecr',
  AmazonSQS: 'sqs',
  AmazonSSM: 'ssm',
  AWSCognitoIdentityProviderService: 'cognito-idp',
  AWSEvents: 'events',
  AWSWAF_20190729: 'wafv2',
  AnyScaleFrontendService: 'application-autoscaling',
  GraniteServiceVersion20100801: 'monitoring',
  Logs_20140328: 'logs',
  secretsmanager: 'secretsmanager',
  TrentService: 'kms',
};

/** `Version` of a Query body, for requests that nobody signed, such as AssumeRoleWithWebIdentity. */
const VERSIONS: Readonly<Record<string, string>> = {
  '2010-05-15': 'cloudformation',
  '2010-05-08': 'iam',
  '2010-03-31': 'sns',
  '2010-08-01': 'monitoring',
  '2011-06-15': 'sts',
  '2012-11-05': 'sqs',
  '2014-10-31': 'rds',
  '2015-12-01': 'elasticloadbalancing',
  '2016-11-15': 'ec2',
};

/** What SNS writes into its messages for people and servers to visit: neither signed nor with a version. */
const VISITED: Readonly<Record<string, string>> = { ConfirmSubscription: 'sns', Unsubscribe: 'sns' };

const CBOR_SERVICES: Readonly<Record<string, string>> = { GraniteServiceVersion20100801: 'monitoring' };

/** Whom a request is for and how it is written. What names no service is S3's: addresses of objects look like anything. */
export function recognize(request: WireRequest): Recognized {
  const { headers, path } = request;
  const scope = credentialScope(request);

  if (headers['smithy-protocol'] === 'rpc-v2-cbor') {
    const name = /^\/service\/([^/]+)\/operation\//.exec(path)?.[1] ?? '';
    return { service: scope?.service ?? CBOR_SERVICES[name] ?? name, scope, writtenAs: 'cbor' };
  }

  const target = headers['x-amz-target'];
  if (typeof target === 'string') {
    const prefix = target.slice(0, target.lastIndexOf('.'));
    const writtenAs = String(headers['content-type']).includes('json-1.0') ? 'json-1.0' : 'json-1.1';
    return { service: scope?.service ?? TARGETS[prefix] ?? prefix, scope, writtenAs };
  }

  const isForm = String(headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  if ((isForm || request.query.has('Action')) && scope?.service !== 's3') {
    const form = formOf(request);
    const version = form.get('Version') ?? '';
    const action = form.get('Action');
    if (action !== null)
      return {
        service: scope?.service ?? VERSIONS[version] ?? (version || (VISITED[action] ?? '')),
        scope,
        writtenAs: 'query',
      };
  }

  // Both APIs of API Gateway are signed for by one name.
  if (scope?.service === 'apigateway' && path.startsWith('/v2/'))
    return { service: 'apigatewayv2', scope, writtenAs: 'rest' };
  return { service: scope?.service ?? 's3', scope, writtenAs: 'rest' };
}
