import type { CacheBehavior, DefaultCacheBehavior, Origin } from '@aws-sdk/client-cloudfront';
import type { HttpRoute } from '../../kernel/http-route.ts';
import type { Scope } from '../../kernel/scope.ts';
import type { WebAnswer, WebRequest } from '../lambda/http-event.ts';
import { askByDistribution } from '../lambda/url-route.ts';
import { readWebRequest, writeWebAnswer } from '../lambda/web-request.ts';
import { bucketNamed, current } from '../s3/state.ts';
import { mayRead } from './may-read.ts';
import { type DistributionRow, distributions } from './state.ts';

/**
 * What is behind the address of a distribution, as its first visitor would get it: objects of S3 under the policy of
 * their bucket, so that F-119 shows, and functions behind URLs, under the permissions that CloudFront needs (F-116). No
 * cache, no code at the edge, no other origin (501 says so).
 */
export const siteRoute: HttpRoute = async (message, response, { world }) => {
  const url = new URL(message.url ?? '/', 'http://sandbox');
  const [, host = '', path = '/'] = /^\/_cloudfront\/([^/]+)(\/.*)?$/.exec(url.pathname) ?? [];
  const request = await readWebRequest(message, path);
  const scope = { world, account: '', region: '' };
  const found = await world.transaction(() => visit(host.toLowerCase(), decodeURIComponent(path), scope));
  const answer = 'behavior' in found ? await askServer(found, request, { host, world }) : found;
  writeWebAnswer(response, request, answer);
};

/** What a function URL answers to a request of CloudFront. */
async function askServer(
  { origin, behavior, row }: ToServer,
  request: WebRequest,
  { host, world }: { host: string; world: Scope['world'] },
): Promise<WebAnswer> {
  const hashes = (behavior.LambdaFunctionAssociations?.Items ?? []).some(({ IncludeBody }) => IncludeBody);
  const hash = request.headers['x-amz-content-sha256'];
  const signs = (origin.OriginAccessControlId ?? '') !== '';
  // A function that is shown the body can tell its hash; without one the signature is of another request (F-117).
  if (signs && request.body.length > 0 && !hashes && hash === undefined)
    return { ...text(403, MISSIGNED), headers: { 'content-type': 'application/json' } };
  const { host: _, ...headers } = request.headers;
  const sent = { ...request, headers: { ...headers, 'x-forwarded-host': host } };
  const distribution = signs ? row.arn : '';
  const answer = await askByDistribution(sent, { host: origin.DomainName!, distribution, world });
  return answer ?? text(502, `The sandbox has no function behind ${origin.DomainName}.`);
}

const MISSIGNED = JSON.stringify({
  message:
    'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.',
});

interface ToServer {
  origin: Origin;
  behavior: CacheBehavior | DefaultCacheBehavior;
  row: DistributionRow;
}

function visit(host: string, path: string, scope: Scope): WebAnswer | ToServer {
  const found = distributionAt(host, scope);
  if (!found) return text(403, 'ERROR: Bad request. No distribution answers to this name.');
  const { row, account } = found;
  if (!row.config.Enabled) return text(403, 'ERROR: The distribution is disabled.');
  const behavior = behaviorFor(path, row);
  const origin = row.config.Origins!.Items!.find(({ Id }) => Id === behavior.TargetOriginId);
  if (origin && LAMBDA_URL.test(origin.DomainName ?? '')) return { origin, behavior, row };
  if (!origin?.S3OriginConfig)
    return text(
      501,
      `The sandbox simulates no data plane of CloudFront: ${path} goes to ${origin?.DomainName ?? 'nowhere'}.`,
    );
  const bucket = origin.DomainName!.replace(/\.s3(?:[.-][a-z0-9-]+)?\.amazonaws\.com$/, '');
  const key = `${origin.OriginPath ?? ''}${path === '/' ? `/${row.config.DefaultRootObject ?? ''}` : path}`.slice(1);
  const held = bucketNamed(scope, bucket);
  const signs = (origin.OriginAccessControlId ?? '') !== '';
  if (!held || held.account !== account || !signs || !mayRead(held, key, row.arn)) return denied();
  const object = current(scope.world, bucket).get(key);
  // Without the right to list, S3 does not tell what is missing from what is forbidden.
  if (!object || object.deleteMarker)
    return atEdge(behavior)
      ? text(
          501,
          `The sandbox runs no function at the edge, and ${path} is no object: ${atEdge(behavior)} would answer.`,
        )
      : denied();
  const { ContentType = 'binary/octet-stream', CacheControl, ContentEncoding } = object.headers;
  return {
    status: 200,
    headers: {
      'content-type': ContentType,
      etag: `"${object.etag}"`,
      'x-cache': 'Miss from cloudfront',
      ...(CacheControl && { 'cache-control': CacheControl }),
      ...(ContentEncoding && { 'content-encoding': ContentEncoding }),
    },
    body: Buffer.from(scope.world.blobs.get(object.blob)),
  };
}

const LAMBDA_URL = /\.lambda-url\.[a-z0-9-]+\.on\.aws$/;

const atEdge = ({ LambdaFunctionAssociations }: CacheBehavior | DefaultCacheBehavior): string | undefined =>
  LambdaFunctionAssociations?.Items?.find(({ EventType }) => EventType === 'origin-request')?.LambdaFunctionARN;

function distributionAt(host: string, { world }: Scope): { row: DistributionRow; account: string } | undefined {
  for (const account of world.store.partitions('cloudfront.distributions'))
    for (const row of distributions.in({ world, account, region: 'us-east-1' }).values())
      if (row.domain === host || (row.config.Aliases?.Items ?? []).includes(host)) return { row, account };
  return undefined;
}

/** The first pattern that fits, else the default. */
function behaviorFor(path: string, { config }: DistributionRow): CacheBehavior | DefaultCacheBehavior {
  const fits = ({ PathPattern = '' }: CacheBehavior) => {
    const pattern = PathPattern.startsWith('/') ? PathPattern : `/${PathPattern}`;
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.');
    return new RegExp(`^${source}$`, 's').test(path);
  };
  return (config.CacheBehaviors?.Items ?? []).find(fits) ?? config.DefaultCacheBehavior!;
}

const text = (status: number, body: string): WebAnswer => ({ status, headers: { 'content-type': 'text/plain' }, body });

/** What a visitor sees of it: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-403-permission-denied.html */
const denied = (): WebAnswer => ({
  status: 403,
  headers: { 'content-type': 'application/xml', 'x-cache': 'Error from cloudfront' },
  body: '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
});
