import type { TextRule } from './text-rule.ts';

/** What keeps something from being deleted, quotas, and names that are taken. */
export const LEFTOVER_TEXTS: readonly TextRule[] = [
  { id: 'F-137', when: /BucketNotEmpty|bucket you tried to delete is not empty/i },
  { id: 'F-138', when: /has a dependent object|has dependencies and cannot be deleted|DependencyViolation/i },
  { id: 'F-139', when: /capacity provider is in use and cannot be removed/i },
  {
    id: 'F-140',
    when: /ClusterContains(?:Services|Tasks)Exception|Cluster cannot be deleted while (?:Services|Tasks) are active/i,
  },
  {
    id: 'F-142',
    when: /RepositoryNotEmpty|repository with name '[^']+'[^\n]{0,80}cannot be deleted because it still contains images/i,
  },
  {
    id: 'F-134',
    when: /VpcLimitExceeded|AddressLimitExceeded|maximum number of (?:addresses|VPCs) has been reached|NatGatewayLimitExceeded|InternetGatewayLimitExceeded/,
  },
  { id: 'F-12', when: /The CIDR '(?<range>[\d./]+)' conflicts with another subnet|InvalidSubnet\.Conflict/ },
  { id: 'F-141', when: /(?:AWS::Logs::LogGroup|log group)[\s\S]{0,300}already exists/i, or: ['F-10'] },
  {
    id: 'F-149',
    when: /constructs\._jsii|Cloud assembly schema version mismatch|unsupported (?:Node|NodeJS) version|Maximum schema version supported/i,
  },
  { id: 'F-148', when: /dummy-value-for-/ },
];
