import type { DistributionConfig } from '@aws-sdk/client-cloudfront';
import type { Properties } from '../../kernel/resource-provider.ts';

// biome-ignore lint/suspicious/noExplicitAny: JSON of CloudFormation's own schema
type Json = any;

/** Members that CloudFormation writes otherwise, by the path's last name. */
const TO_API: Readonly<Record<string, string>> = {
  AcmCertificateArn: 'ACMCertificateArn',
  IamCertificateId: 'IAMCertificateId',
  SslSupportMethod: 'SSLSupportMethod',
  IPV6Enabled: 'IsIPV6Enabled',
  OriginCustomHeaders: 'CustomHeaders',
  OriginSSLProtocols: 'OriginSslProtocols',
  FunctionARN: 'FunctionARN',
};
const FROM_API: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(TO_API).map(([property, member]) => [member, property]),
);

/** Lists that CloudFront counts; other lists of the schema are plain in the API too. */
const listed = (items: Json[]): Json => (items.length > 0 ? { Quantity: items.length, Items: items } : { Quantity: 0 });

const isObject = (value: Json): value is Record<string, Json> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `"true"` and `"80"` are what templates often say: the schema's types decide. */
function scalar(name: string, value: Json): Json {
  if (value === 'true' || value === 'false') return value === 'true';
  if (/^(Enabled|IncludeCookies|Compress|SmoothStreaming|IsIPV6Enabled)$/.test(name)) return value === true;
  if (/(TTL|Port|Timeout|Attempts|Quantity|ErrorCode|AgeSec)$/.test(name) && typeof value === 'string')
    return Number(value);
  return value;
}

/** Properties of a distribution as the API takes them. */
export function toApi(properties: Properties): DistributionConfig {
  const { DistributionConfig: given } = properties;
  const config = converted(given) as Json;
  const names = [...(given.Aliases ?? []), ...(given.CNAMEs ?? [])];
  delete config.CNAMEs;
  config.Aliases = listed(names);
  config.Comment ??= '';
  return config;
}

function converted(value: Json): Json {
  if (Array.isArray(value)) return listed(value.map(converted));
  if (!isObject(value)) return value;
  const api: Record<string, Json> = {};
  for (const [name, child] of Object.entries(value)) {
    const member = TO_API[name] ?? name;
    if (name === 'CachedMethods') continue;
    api[member] = isObject(child) || Array.isArray(child) ? converted(child) : scalar(member, child);
  }
  if (Array.isArray(value.AllowedMethods)) {
    const cached = value.CachedMethods ?? ['GET', 'HEAD'];
    api.AllowedMethods = { ...listed(value.AllowedMethods), CachedMethods: listed(cached) };
  }
  // A bucket without a legacy identity still says that it is one.
  if (isObject(api.S3OriginConfig)) api.S3OriginConfig = { OriginAccessIdentity: '', ...api.S3OriginConfig };
  if (api.RestrictionType !== undefined) {
    const { Locations, ...rest } = api;
    return { ...rest, ...(Locations ?? { Quantity: 0 }) };
  }
  if (isObject(api.Logging)) api.Logging = { Enabled: true, IncludeCookies: false, Prefix: '', ...api.Logging };
  for (const association of ['LambdaFunctionAssociations', 'FunctionAssociations'])
    if (value[association] === undefined) delete api[association];
  return api;
}

/** What is there, in the words of the properties: for drift. */
export function fromApi(config: DistributionConfig): Json {
  const { CallerReference: _, ...rest } = config;
  return shown(rest);
}

function shown(value: Json): Json {
  if (Array.isArray(value)) return value.map(shown);
  if (!isObject(value)) return value;
  if (typeof value.Quantity === 'number' && value.RestrictionType === undefined && !('CachedMethods' in value))
    return (value.Items ?? []).map(shown);
  const properties: Record<string, Json> = {};
  for (const [name, child] of Object.entries(value)) {
    if (name === 'AllowedMethods' && isObject(child)) {
      properties.AllowedMethods = child.Items ?? [];
      properties.CachedMethods = child.CachedMethods?.Items ?? [];
    } else properties[FROM_API[name] ?? name] = shown(child);
  }
  return properties;
}
