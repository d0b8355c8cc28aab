import type { TextRule } from './text-rule.ts';

/** What the CDK and its toolkit say of the account: https://github.com/aws/aws-cdk-cli */
export const BOOTSTRAP_TEXTS: readonly TextRule[] = [
  {
    id: 'F-24',
    when: /requires bootstrap stack version '?(?<wanted>\d+)'?, (?:but )?found '?(?<found>\d+|unknown)'?/i,
  },
  {
    id: 'F-21',
    when: /SSM parameter \/?cdk-bootstrap\/[\w-]+\/version not found|Has the environment been bootstrapped|toolkit stack must be deployed to the environment|Unable to fetch parameters \[\/cdk-bootstrap/i,
  },
  { id: 'F-22', when: /No bucket named '(?<bucket>[^']+)'\. Is account/ },
  { id: 'F-22', when: /StagingBucket[\s\S]{0,200}(?:NoSuchBucket|specified bucket does not exist)/ },
  {
    id: 'F-23',
    when: /(?:StagingBucket[\s\S]{0,200}|(?<bucket>cdk-[\w-]+-assets-[\w-]+)) already exists/,
    or: ['F-25'],
  },
  {
    id: 'F-23',
    when: /CDKToolkit[\s\S]{0,300}EarlyValidation::ResourceExistenceCheck/,
    or: ['F-15'],
  },
  {
    id: 'F-25',
    when: /CDKToolkit[\s\S]{0,300}(?:ROLLBACK_COMPLETE|REVIEW_IN_PROGRESS|UPDATE_ROLLBACK_FAILED|ROLLBACK_FAILED|DELETE_FAILED)/,
    unless: /UPDATE_ROLLBACK_COMPLETE/,
  },
  {
    id: 'F-26',
    when: /Could not assume role in target account|current credentials could not be used to assume '?arn:aws[\w-]*:iam::\w+:role\/cdk-|role\/cdk-[\w-]+[\s\S]{0,80}(?:is invalid or cannot be assumed|cannot be assumed)|not authorized to perform: sts:AssumeRole[\s\S]{0,80}role\/cdk-/,
  },
  // Any role that a resource needs, not only the bootstrap's: what is to be mended is the same.
  {
    id: 'F-26',
    when: /role .{0,200}(?:is invalid or cannot be assumed|cannot be assumed|could not be assumed)|Invalid principal in policy|is not authorized to perform: sts:AssumeRole/is,
    in: ['failed-resource'],
  },
  {
    id: 'F-27',
    when: /Failed to publish (?:one or more assets|asset)|fail: (?:Access ?Denied|.*AccessDenied)|Upload failed: /,
    unless: /No bucket named/,
  },
];
