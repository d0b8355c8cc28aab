/** What it means for the real thing when CloudFormation is told that a resource has been rolled back although it was not. */
const MEANINGS: readonly [RegExp, string][] = [
  [/^AWS::ECS::Service$/, 'the service keeps whatever task definition and count it has now'],
  [/^AWS::ECS::TaskDefinition$/, 'the revision of the failed update stays registered'],
  [
    /^AWS::RDS::/,
    'the database keeps its present settings, while the stack records the old ones: the next change of it starts from a wrong picture',
  ],
  [/^AWS::Lambda::/, 'the function keeps its present code and settings'],
  [/^AWS::SQS::|^AWS::SNS::/, 'messages go on by its present settings'],
  [/^AWS::IAM::/, 'rights stay as they are now, which may be more or less than the template says'],
  [/^AWS::EC2::SecurityGroup|^AWS::EC2::Route/, 'traffic stays allowed or blocked as it is now'],
  [/^AWS::ElasticLoadBalancingV2::/, 'requests are routed as they are now'],
  [/^AWS::S3::/, 'the bucket keeps its present settings; its objects are not touched'],
  [/^AWS::CloudFront::/, 'the distribution keeps its present configuration'],
  [/^AWS::CloudFormation::Stack$/, 'the nested stack is left as it is; its own resources are to be named instead'],
  [
    /^Custom::|^AWS::CloudFormation::CustomResource$/,
    'its handler is not asked again, and what it made stays as it is',
  ],
];

/** Whether the real thing is gone: then nothing of it goes on, whatever its type. */
export const isGone = ({ hurdle }: { hurdle: { failure: string } }): boolean => hurdle.failure === 'F-19';

/** A half sentence after `skipped:`. */
export const whatSkippingMeans = ({ type, hurdle }: { type: string; hurdle: { failure: string } }): string =>
  isGone({ hurdle })
    ? 'it is missing or not as the stack knows it, and the stack goes on as if nothing were'
    : meaningOf(type);

const meaningOf = (type: string): string =>
  MEANINGS.find(([pattern]) => pattern.test(type))?.[1] ??
  'it stays as it is now, while the stack records what it was before';
