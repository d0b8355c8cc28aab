import type { CacheBehavior, DefaultCacheBehavior } from '@aws-sdk/client-cloudfront';
import type { HttpRoute } from '../../kernel/http-route.ts';
import type { Scope } from '../../kernel/scope.ts';
import { bucketNamed, current } from '../s3/state.ts';
import { mayRead } from './may-read.ts';
import { type DistributionRow, distributions } from './state.ts';

/**
 * Objects of S3 behind the address of a distribution, as its first visitor would get them: no cache, no functions, no
 * other origins (501 says so). The bucket's policy is asked, so that F-119 shows.
 */
export const siteRoute: HttpRoute = async (request, response, { world }) => {
  const url = new URL(request.url ?? '/', 'http://sandbox');
  const [, host = '', path = '/'] = /^\/_cloudfront\/([^/]+)(\/.*)?$/.exec(url.pathname) ?? [];
  const answer = await world.transaction(() =>
    visit(host.toLowerCase(), decodeURIComponent(path), { world, account: '', region: '' }),
  );
  response.writeHead(answer.status, answer.headers);
  response.end(request.method === 'HEAD' ? undefined : answer.body);
};

interface Answer {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

function visit(host: string, path: string, scope: Scope): Answer {
  const found = distributionAt(host, scope);
  if (!found) return text(403, 'ERROR: Bad request. No distribution answers to this name.');
  const { row, account } = found;
  if (!row.config.Enabled) return text(403, 'ERROR: The distribution is disabled.');
  const behavior = behaviorFor(path, row);
  const origin = row.config.Origins!.Items!.find(({ Id }) => Id === behavior.TargetOriginId);
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
  if (!object || object.deleteMarker) return denied();
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
    body: scope.world.blobs.get(object.blob),
  };
}

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

const text = (status: number, body: string): Answer => ({ status, headers: { 'content-type': 'text/plain' }, body });

/** What a visitor sees of it: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/http-403-permission-denied.html */
const denied = (): Answer => ({
  status: 403,
  headers: { 'content-type': 'application/xml', 'x-cache': 'Error from cloudfront' },
  body: '<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>',
});
