/**
 * What keeping a thing costs in a month, in US dollars, on demand, in us-east-1, as of November 2026. Only prices that
 * AWS publishes as one number stand here; what depends on more than the size is not guessed.
 */
const PRICED_REGION = 'us-east-1';

interface Price {
  source: string;
  /** For being there. */
  each?: number;
  perGb?: number;
}

/** By CloudFormation type. */
const PRICES: Readonly<Record<string, Price>> = {
  // S3 Standard, the first 50 TB; requests and other storage classes are not counted.
  'AWS::S3::Bucket': { perGb: 0.023, source: 'https://aws.amazon.com/s3/pricing/' },
  // Private repositories, without the free tier.
  'AWS::ECR::Repository': { perGb: 0.1, source: 'https://aws.amazon.com/ecr/pricing/' },
  'AWS::SecretsManager::Secret': { each: 0.4, source: 'https://aws.amazon.com/secrets-manager/pricing/' },
  // Archived log data, standard class.
  'AWS::Logs::LogGroup': { perGb: 0.03, source: 'https://aws.amazon.com/cloudwatch/pricing/' },
  // Both cost per request alone.
  'AWS::SQS::Queue': { each: 0, source: 'https://aws.amazon.com/sqs/pricing/' },
  'AWS::Lambda::Function': { each: 0, source: 'https://aws.amazon.com/lambda/pricing/' },
  'AWS::Events::EventBus': { each: 0, source: 'https://aws.amazon.com/eventbridge/pricing/' },
};

const GB = 1024 ** 3;

/** To the cent; null where nobody can tell: another region, another type, a size that AWS does not say. */
export function monthlyCost(type: string, region: string, bytes?: number): number | null {
  const price = region === PRICED_REGION ? PRICES[type] : undefined;
  if (!price) return null;
  if (price.perGb === undefined) return price.each ?? null;
  return bytes === undefined ? null : Math.round((bytes / GB) * price.perGb * 100) / 100;
}

/** The prices with their sources, for whoever wants to check. */
export const pricedTypes = (): readonly [string, Price][] => Object.entries(PRICES);
