import type { LoggingConfiguration, Scope as WafScope } from '@aws-sdk/client-wafv2';
import { defineTable } from '../../kernel/scope.ts';

export interface Tag {
  Key: string;
  Value: string;
}

export interface WebAclRow {
  arn: string;
  id: string;
  name: string;
  scope: WafScope;
  lockToken: string;
  /** Members as they were given, bytes as `{ $bytes: <base64> }`. */
  settings: Record<string, unknown>;
  tags: Tag[];
}

export interface IpSetRow {
  arn: string;
  id: string;
  name: string;
  scope: WafScope;
  lockToken: string;
  description?: string;
  version: 'IPV4' | 'IPV6';
  addresses: string[];
  tags: Tag[];
}

/** By ARN. Those of scope CLOUDFRONT stand in us-east-1. */
export const webAcls = defineTable<WebAclRow>('wafv2.web-acls');
export const ipSets = defineTable<IpSetRow>('wafv2.ip-sets');
/** By ARN of the protected resource: ARN of its web ACL. CloudFront keeps its own. */
export const associations = defineTable<{ resource: string; webAcl: string }>('wafv2.associations');
/** By ARN of the web ACL. */
export const loggings = defineTable<LoggingConfiguration>('wafv2.loggings');
