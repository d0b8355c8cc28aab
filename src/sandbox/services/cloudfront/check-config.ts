import type { CacheBehavior, DefaultCacheBehavior, DistributionConfig, Origin } from '@aws-sdk/client-cloudfront';
import type { Scope } from '../../kernel/scope.ts';
import { webAcls } from '../wafv2/state.ts';
import { checkAliases } from './check-aliases.ts';
import { checkLambda } from './check-lambda.ts';
import { fault, invalidArgument } from './faults.ts';
import { known } from './policies.ts';
import { functions, originAccessControls } from './state.ts';

/** Throws what CloudFront says of a configuration that cannot be. `id` is absent for a new distribution. */
export function checkConfig(config: DistributionConfig, scope: Scope, id?: string): void {
  checkQuantities(config);
  const origins = config.Origins?.Items ?? [];
  if (origins.length === 0) throw invalidArgument('The parameter Origins is required.');
  for (const origin of origins) checkOrigin(origin, scope);
  const groups = (config.OriginGroups?.Items ?? []).map(({ Id }) => Id);
  const targets = new Set([...origins.map(({ Id }) => Id), ...groups]);
  const behaviors = config.CacheBehaviors?.Items ?? [];
  for (const behavior of [config.DefaultCacheBehavior!, ...behaviors]) {
    if (!targets.has(behavior.TargetOriginId))
      throw fault('NoSuchOrigin', 'One or more of your origins or origin groups do not exist.');
    checkBehavior(behavior, scope);
  }
  const patterns = behaviors.map(({ PathPattern }) => PathPattern);
  if (new Set(patterns).size < patterns.length)
    throw invalidArgument('The parameter PathPattern contains duplicates that are not allowed.');
  checkAliases(config, scope, id);
  checkWebAcl(config.WebACLId ?? '', scope);
}

/** Lists say how long they are, and CloudFront holds them to it. */
function checkQuantities(value: unknown): void {
  if (typeof value !== 'object' || value === null) return;
  const { Quantity, Items } = value as { Quantity?: number; Items?: unknown[] };
  if (typeof Quantity === 'number' && (Items ?? []).length !== Quantity)
    throw fault('InconsistentQuantities', 'The value of Quantity and the size of Items do not match.');
  for (const child of Object.values(value)) checkQuantities(child);
}

const S3_HOST = /\.s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com$/;

function checkOrigin(origin: Origin, scope: Scope): void {
  const { DomainName = '', OriginAccessControlId = '', S3OriginConfig, CustomOriginConfig } = origin;
  if (!/^[A-Za-z0-9._-]{1,253}$/.test(DomainName) || !DomainName.includes('.'))
    throw invalidArgument('The parameter Origin DomainName is not valid.');
  if (!S3OriginConfig && !CustomOriginConfig && !origin.VpcOriginConfig)
    throw fault('InvalidOrigin', 'One or more of your origins is missing its S3 or custom origin configuration.');
  if (S3OriginConfig && !S3_HOST.test(DomainName))
    throw invalidArgument('The parameter Origin DomainName does not refer to a valid S3 bucket.');
  if (OriginAccessControlId === '') return;
  const control = originAccessControls.in(scope).get(OriginAccessControlId);
  if (!control) throw fault('NoSuchOriginAccessControl', 'The origin access control does not exist.');
  const type = control.config.OriginAccessControlOriginType;
  if (type === 's3' && !S3OriginConfig)
    throw fault('InvalidOriginAccessControl', 'The origin access control of type s3 needs an S3 origin.');
  if (type === 'lambda' && !/\.lambda-url\.[a-z0-9-]+\.on\.aws$/.test(DomainName))
    throw fault('InvalidOriginAccessControl', 'The origin access control of type lambda needs a Lambda function URL.');
}

function checkBehavior(behavior: DefaultCacheBehavior | CacheBehavior, scope: Scope): void {
  if (behavior.CachePolicyId === undefined && behavior.ForwardedValues === undefined)
    throw invalidArgument('The parameter ForwardedValues is required.');
  if (behavior.CachePolicyId !== undefined && behavior.ForwardedValues !== undefined)
    throw invalidArgument(
      'The parameter ForwardedValues cannot be used when a cache policy is associated to the cache behavior.',
    );
  if (behavior.CachePolicyId !== undefined && !known.cache(behavior.CachePolicyId, scope))
    throw fault('NoSuchCachePolicy', 'The specified cache policy does not exist.');
  if (behavior.OriginRequestPolicyId !== undefined && !known.originRequest(behavior.OriginRequestPolicyId, scope))
    throw fault('NoSuchOriginRequestPolicy', 'The specified origin request policy does not exist.');
  if (behavior.ResponseHeadersPolicyId !== undefined && !known.responseHeaders(behavior.ResponseHeadersPolicyId, scope))
    throw fault('NoSuchResponseHeadersPolicy', 'The specified response headers policy does not exist.');
  checkFunctions(behavior, scope);
}

function checkFunctions(behavior: DefaultCacheBehavior | CacheBehavior, scope: Scope): void {
  const lambdas = behavior.LambdaFunctionAssociations?.Items ?? [];
  const own = behavior.FunctionAssociations?.Items ?? [];
  for (const { LambdaFunctionARN: arn = '', EventType = '' } of lambdas) checkLambda(arn, EventType, scope);
  for (const { FunctionARN = '', EventType } of own) {
    const row = functions.in(scope).get(FunctionARN.split('/').at(-1) ?? '');
    if (!row || row.arn !== FunctionARN)
      throw fault('InvalidFunctionAssociation', `The function ${FunctionARN} does not exist.`);
    if (!row.live) throw fault('InvalidFunctionAssociation', `The function ${FunctionARN} is not published.`);
    if (EventType !== 'viewer-request' && EventType !== 'viewer-response')
      throw fault(
        'InvalidFunctionAssociation',
        'A CloudFront function takes the event types viewer-request and viewer-response.',
      );
  }
  const events = [...lambdas, ...own].map(({ EventType }) => EventType);
  if (new Set(events).size < events.length)
    throw fault('InvalidFunctionAssociation', 'An event type of a cache behavior may have one function only.');
  const viewers = (list: readonly { EventType?: string | undefined }[]) =>
    list.some(({ EventType }) => EventType?.startsWith('viewer-'));
  if (viewers(lambdas) && viewers(own))
    throw fault(
      'InvalidFunctionAssociation',
      'A cache behavior cannot have a Lambda@Edge function and a CloudFront function for viewer events.',
    );
}

function checkWebAcl(arn: string, { world, account }: Scope): void {
  if (arn === '') return;
  if (!/^arn:aws:wafv2:us-east-1:\d{12}:global\/webacl\//.test(arn))
    throw fault(
      'InvalidWebACLId',
      'The web ACL is not valid: CloudFront takes the ARN of a web ACL of scope CLOUDFRONT.',
    );
  if (!webAcls.in({ world, account, region: 'us-east-1' }).has(arn))
    throw fault('InvalidWebACLId', `The web ACL ${arn} does not exist.`);
}
