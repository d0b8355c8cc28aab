import type {
  CachePolicyConfig,
  DistributionConfig,
  FunctionConfig,
  OriginAccessControlConfig,
  OriginRequestPolicyConfig,
  ResponseHeadersPolicyConfig,
  Tag,
} from '@aws-sdk/client-cloudfront';
import { defineTable } from '../../kernel/scope.ts';

export interface DistributionRow {
  id: string;
  arn: string;
  domain: string;
  etag: string;
  /** With everything that CloudFront fills in. */
  config: DistributionConfig;
  /** Until it has reached every edge. */
  isInProgress: boolean;
  /** Counts changes: only the deployment of the newest makes it `Deployed`. */
  change: number;
  modified: number;
  tags: Tag[];
}

export interface StageRow {
  config: FunctionConfig;
  /** Base64. */
  code: string;
  etag: string;
  modified: number;
}

export interface FunctionRow {
  name: string;
  arn: string;
  created: number;
  development: StageRow;
  live?: StageRow;
  tags: Tag[];
}

export interface PolicyRow<Config> {
  id: string;
  etag: string;
  config: Config;
  modified: number;
}

export interface InvalidationRow {
  id: string;
  distribution: string;
  reference: string;
  paths: string[];
  created: number;
  isCompleted: boolean;
}

/** CloudFront is one for a whole account: every table is. By id, functions by name. */
export const distributions = defineTable<DistributionRow>('cloudfront.distributions', 'account');
export const functions = defineTable<FunctionRow>('cloudfront.functions', 'account');
export const invalidations = defineTable<InvalidationRow>('cloudfront.invalidations', 'account');
export const originAccessControls = defineTable<PolicyRow<OriginAccessControlConfig>>(
  'cloudfront.origin-access-controls',
  'account',
);
export const cachePolicies = defineTable<PolicyRow<CachePolicyConfig>>('cloudfront.cache-policies', 'account');
export const originRequestPolicies = defineTable<PolicyRow<OriginRequestPolicyConfig>>(
  'cloudfront.origin-request-policies',
  'account',
);
export const responseHeadersPolicies = defineTable<PolicyRow<ResponseHeadersPolicyConfig>>(
  'cloudfront.response-headers-policies',
  'account',
);
