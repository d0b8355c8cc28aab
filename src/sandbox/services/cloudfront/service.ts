import type { ServiceDefinition } from '../../kernel/service-definition.ts';
import {
  DISTRIBUTION_DEPLOYED,
  distributionDeployed,
  INVALIDATION_COMPLETED,
  invalidationCompleted,
} from './deployments.ts';
import {
  createDistribution,
  createDistributionWithTags,
  deleteDistribution,
  getDistribution,
  getDistributionConfig,
  listConflictingAliases,
  listDistributions,
  updateDistribution,
} from './operations/distributions.ts';
import {
  createFunction,
  deleteFunction,
  describeFunction,
  getFunction,
  listFunctions,
  publishFunction,
  updateFunction,
} from './operations/functions.ts';
import { createInvalidation, getInvalidation, listInvalidations } from './operations/invalidations.ts';
import {
  createOriginAccessControl,
  deleteOriginAccessControl,
  getOriginAccessControl,
  listOriginAccessControls,
  updateOriginAccessControl,
} from './operations/origin-access-controls.ts';
import { cachePolicy, originRequestPolicy, responseHeadersPolicy } from './operations/policies.ts';
import { listTagsForResource, tagResource, untagResource } from './operations/tags.ts';
import { distribution } from './resources/distribution.ts';
import { cloudFrontFunction } from './resources/function.ts';
import {
  cachePolicyResource,
  originAccessControl,
  originRequestPolicyResource,
  responseHeadersPolicyResource,
} from './resources/policies.ts';

export const cloudfront: ServiceDefinition = {
  sdk: () => import('@aws-sdk/client-cloudfront'),
  client: 'CloudFrontClient',
  operations: {
    CreateDistribution: createDistribution,
    CreateDistributionWithTags: createDistributionWithTags,
    DeleteDistribution: deleteDistribution,
    GetDistribution: getDistribution,
    GetDistributionConfig: getDistributionConfig,
    ListConflictingAliases: listConflictingAliases,
    ListDistributions: listDistributions,
    UpdateDistribution: updateDistribution,
    CreateInvalidation: createInvalidation,
    GetInvalidation: getInvalidation,
    ListInvalidations: listInvalidations,
    CreateOriginAccessControl: createOriginAccessControl,
    DeleteOriginAccessControl: deleteOriginAccessControl,
    GetOriginAccessControl: getOriginAccessControl,
    ListOriginAccessControls: listOriginAccessControls,
    UpdateOriginAccessControl: updateOriginAccessControl,
    CreateFunction: createFunction,
    DeleteFunction: deleteFunction,
    DescribeFunction: describeFunction,
    GetFunction: getFunction,
    ListFunctions: listFunctions,
    PublishFunction: publishFunction,
    UpdateFunction: updateFunction,
    CreateCachePolicy: cachePolicy.create,
    DeleteCachePolicy: cachePolicy.delete,
    GetCachePolicy: cachePolicy.get,
    ListCachePolicies: cachePolicy.list,
    UpdateCachePolicy: cachePolicy.update,
    CreateOriginRequestPolicy: originRequestPolicy.create,
    DeleteOriginRequestPolicy: originRequestPolicy.delete,
    GetOriginRequestPolicy: originRequestPolicy.get,
    ListOriginRequestPolicies: originRequestPolicy.list,
    UpdateOriginRequestPolicy: originRequestPolicy.update,
    CreateResponseHeadersPolicy: responseHeadersPolicy.create,
    DeleteResponseHeadersPolicy: responseHeadersPolicy.delete,
    GetResponseHeadersPolicy: responseHeadersPolicy.get,
    ListResponseHeadersPolicies: responseHeadersPolicy.list,
    UpdateResponseHeadersPolicy: responseHeadersPolicy.update,
    ListTagsForResource: listTagsForResource,
    TagResource: tagResource,
    UntagResource: untagResource,
  },
  timers: { [DISTRIBUTION_DEPLOYED]: distributionDeployed, [INVALIDATION_COMPLETED]: invalidationCompleted },
  resources: {
    'AWS::CloudFront::CachePolicy': cachePolicyResource,
    'AWS::CloudFront::Distribution': distribution,
    'AWS::CloudFront::Function': cloudFrontFunction,
    'AWS::CloudFront::OriginAccessControl': originAccessControl,
    'AWS::CloudFront::OriginRequestPolicy': originRequestPolicyResource,
    'AWS::CloudFront::ResponseHeadersPolicy': responseHeadersPolicyResource,
  },
};
