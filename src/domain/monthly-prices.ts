import { cents, PRICED_REGION, type Price, priceOf } from './prices.ts';

/**
 * What keeping a thing costs in a month. Only prices that AWS publishes as one number stand here; what depends on more
 * than the size is not guessed.
 */
interface KeepingPrice {
  source: string;
  /** For being there. */
  each?: number;
  perGb?: number;
}

const perGb = ({ usd, source }: Price): KeepingPrice => ({ perGb: usd, source });

/** By CloudFormation type. */
const KEEPING: Readonly<Record<string, KeepingPrice>> = {
  // S3 Standard, the first 50 TB; requests and other storage classes are not counted.
  'AWS::S3::Bucket': perGb(priceOf('bucket')),
  // Private repositories, without the free tier.
  'AWS::ECR::Repository': perGb(priceOf('image-repository')),
  'AWS::SecretsManager::Secret': { each: priceOf('secret').usd, source: priceOf('secret').source },
  // Archived log data, standard class.
  'AWS::Logs::LogGroup': perGb(priceOf('logs-kept')),
  // These cost per request alone.
  'AWS::SQS::Queue': { each: 0, source: 'https://aws.amazon.com/sqs/pricing/' },
  'AWS::Lambda::Function': { each: 0, source: 'https://aws.amazon.com/lambda/pricing/' },
  'AWS::Events::EventBus': { each: 0, source: 'https://aws.amazon.com/eventbridge/pricing/' },
};

const GB = 1024 ** 3;

/** To the cent; null where nobody can tell: another region, another type, a size that AWS does not say. */
export function monthlyCost(type: string, region: string, bytes?: number): number | null {
  const price = region === PRICED_REGION ? KEEPING[type] : undefined;
  if (!price) return null;
  if (price.perGb === undefined) return price.each ?? null;
  return bytes === undefined ? null : cents((bytes / GB) * price.perGb);
}

/** The prices with their sources, for whoever wants to check. */
export const pricedTypes = (): readonly [string, KeepingPrice][] => Object.entries(KEEPING);
