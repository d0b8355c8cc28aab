import { randomUUID } from 'node:crypto';
import type { Properties } from '../../../kernel/resource-provider.ts';

// CloudFormation names some parts of a bucket otherwise than S3 does; here is what S3 is told for them.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-s3-bucket.html

export const encryptionRules = ({ ServerSideEncryptionConfiguration = [] }: Properties): Properties => ({
  Rules: ServerSideEncryptionConfiguration.map((rule: Properties) => ({
    ApplyServerSideEncryptionByDefault: rule.ServerSideEncryptionByDefault,
    BucketKeyEnabled: rule.BucketKeyEnabled,
  })),
});

export const corsRules = ({ CorsRules = [] }: Properties): Properties => ({
  CORSRules: CorsRules.map(({ Id, MaxAge, ExposedHeaders, ...rule }: Properties) => ({
    ...rule,
    ...(Id === undefined ? {} : { ID: Id }),
    ...(MaxAge === undefined ? {} : { MaxAgeSeconds: Number(MaxAge) }),
    ...(ExposedHeaders === undefined ? {} : { ExposeHeaders: ExposedHeaders }),
  })),
});

const days = (value: unknown): { Days: number } | undefined =>
  value === undefined ? undefined : { Days: Number(value) };

export const lifecycleRules = ({ Rules = [] }: Properties): Properties => ({
  Rules: Rules.map((rule: Properties) => ({
    ID: rule.Id,
    Status: rule.Status,
    Filter: filterOf(rule),
    Expiration: rule.ExpiredObjectDeleteMarker
      ? { ExpiredObjectDeleteMarker: true }
      : rule.ExpirationDate === undefined
        ? days(rule.ExpirationInDays)
        : { Date: rule.ExpirationDate },
    Transitions: transitions(rule)?.map((each) => ({
      StorageClass: each.StorageClass,
      ...(each.TransitionDate === undefined ? { Days: Number(each.TransitionInDays) } : { Date: each.TransitionDate }),
    })),
    NoncurrentVersionExpiration: noncurrentExpiration(rule),
    NoncurrentVersionTransitions: rule.NoncurrentVersionTransitions?.map((each: Properties) => ({
      StorageClass: each.StorageClass,
      NoncurrentDays: Number(each.TransitionInDays),
      NewerNoncurrentVersions: each.NewerNoncurrentVersions,
    })),
    AbortIncompleteMultipartUpload: rule.AbortIncompleteMultipartUpload && {
      DaysAfterInitiation: Number(rule.AbortIncompleteMultipartUpload.DaysAfterInitiation),
    },
  })),
});

const transitions = (rule: Properties): Properties[] | undefined =>
  rule.Transitions ?? (rule.Transition === undefined ? undefined : [rule.Transition]);

function noncurrentExpiration(rule: Properties): Properties | undefined {
  if (rule.NoncurrentVersionExpiration !== undefined)
    return {
      NoncurrentDays: Number(rule.NoncurrentVersionExpiration.NoncurrentDays),
      NewerNoncurrentVersions: rule.NoncurrentVersionExpiration.NewerNoncurrentVersions,
    };
  return rule.NoncurrentVersionExpirationInDays === undefined
    ? undefined
    : { NoncurrentDays: Number(rule.NoncurrentVersionExpirationInDays) };
}

function filterOf({ Prefix, TagFilters, ObjectSizeGreaterThan, ObjectSizeLessThan }: Properties): Properties {
  const parts = {
    ...(Prefix === undefined ? {} : { Prefix }),
    ...(ObjectSizeGreaterThan === undefined ? {} : { ObjectSizeGreaterThan: Number(ObjectSizeGreaterThan) }),
    ...(ObjectSizeLessThan === undefined ? {} : { ObjectSizeLessThan: Number(ObjectSizeLessThan) }),
  };
  const tags = TagFilters ?? [];
  const count = Object.keys(parts).length + tags.length;
  if (count === 0) return { Prefix: '' };
  if (count > 1) return { And: { ...parts, ...(tags.length > 0 ? { Tags: tags } : {}) } };
  return tags.length === 1 ? { Tag: tags[0] } : parts;
}

export const websiteOf = ({
  IndexDocument,
  ErrorDocument,
  RedirectAllRequestsTo,
  RoutingRules,
}: Properties): Properties => ({
  ...(IndexDocument === undefined ? {} : { IndexDocument: { Suffix: IndexDocument } }),
  ...(ErrorDocument === undefined ? {} : { ErrorDocument: { Key: ErrorDocument } }),
  ...(RedirectAllRequestsTo === undefined ? {} : { RedirectAllRequestsTo }),
  ...(RoutingRules === undefined
    ? {}
    : {
        RoutingRules: RoutingRules.map(({ RoutingRuleCondition, RedirectRule }: Properties) => ({
          Condition: RoutingRuleCondition,
          Redirect: RedirectRule,
        })),
      }),
});

export function notificationOf(given: Properties): Properties {
  const entries = (list: Properties[] | undefined, arn: string, target: string) =>
    list?.map((each) => ({
      // Templates cannot give one; S3 makes one up.
      Id: randomUUID(),
      [target]: each[arn],
      Events: [each.Event],
      ...(each.Filter === undefined ? {} : { Filter: { Key: { FilterRules: each.Filter.S3Key?.Rules ?? [] } } }),
    }));
  const found = {
    QueueConfigurations: entries(given.QueueConfigurations, 'Queue', 'QueueArn'),
    TopicConfigurations: entries(given.TopicConfigurations, 'Topic', 'TopicArn'),
    LambdaFunctionConfigurations: entries(given.LambdaConfigurations, 'Function', 'LambdaFunctionArn'),
    EventBridgeConfiguration:
      given.EventBridgeConfiguration?.EventBridgeEnabled === false ? undefined : given.EventBridgeConfiguration && {},
  };
  return Object.fromEntries(Object.entries(found).filter(([, value]) => value !== undefined));
}
