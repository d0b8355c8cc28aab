/**
 * Every feature flag of aws-cdk-lib that our resources meet, so that a newer library changes nothing by itself.
 * The stacks share nothing by reference; the first key only silences the question.
 */
export const CONTEXT_FLAGS = {
  '@aws-cdk/core:defaultCrossStackReferences': 'strong',
  '@aws-cdk/core:checkSecretUsage': true,
  '@aws-cdk/core:target-partitions': ['aws', 'aws-cn', 'aws-us-gov'],
  '@aws-cdk/core:stackRelativeExports': true,
  // Tags go to CloudFormation with the stack; otherwise every template would repeat them on each resource.
  '@aws-cdk/core:explicitStackTags': true,
  // What is too large is a finding with a way out (`template-limits`), not an exception of the library's.
  '@aws-cdk/core:stackResourceLimit': 0,
  'aws:cdk:enable-path-metadata': false,
  // A line of our own code tells a user nothing.
  'aws:cdk:disable-stack-trace': true,
  'aws:cdk:enable-asset-metadata': false,
} as const;
