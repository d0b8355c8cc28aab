/** A price of AWS, on demand, in us-east-1. */
export interface Price {
  usd: number;
  /** What it is paid for. */
  per: 'hour' | 'month' | 'GB' | 'GB and month' | 'million' | 'GB and second';
  /** AWS's own page, which holds when the two differ. */
  source: string;
  /** Where the number was read on 2026-11-30, because AWS's pages fill their tables in by script. */
  readAt: string;
  /** What that page says of its own age. */
  asOf: string;
}

export const PRICED_REGION = 'us-east-1';

/** AWS counts months of 730 hours: https://aws.amazon.com/calculator/calculator-assumptions/ */
export const HOURS_A_MONTH = 730;

const aws = (path: string) => `https://aws.amazon.com/${path}/pricing/`;
const UNDATED = 'undated, read 2026-11-30';
const fargate = { source: aws('fargate'), readAt: 'https://www.vantage.sh/blog/fargate-pricing', asOf: UNDATED };
const nat = { source: aws('vpc'), readAt: 'https://cloudburn.io/blog/aws-nat-gateway-pricing', asOf: '2026-02' };
const balancer = {
  source: aws('elasticloadbalancing'),
  readAt: 'https://awsnegotiations.com/elastic-load-balancer-cost.html',
  asOf: UNDATED,
};
const endpoint = {
  source: aws('privatelink'),
  readAt: 'https://c3x.dev/resources/aws/aws_vpc_endpoint',
  asOf: UNDATED,
};
const aurora = {
  source: aws('rds/aurora'),
  readAt: 'https://c3x.dev/blog/aws-aurora-serverless-v2-cost/',
  asOf: UNDATED,
};
const instance = {
  source: aws('rds/postgresql'),
  readAt: 'https://infratally.com/articles/aws-rds-pricing-explained-2026.html',
  asOf: '2026',
};
const lambda = {
  source: aws('lambda'),
  readAt: 'https://c3x.dev/blog/estimating-aws-lambda-costs-from-terraform',
  asOf: UNDATED,
};
const queue = { source: aws('sqs'), readAt: 'https://cloudburn.io/blog/amazon-sqs-pricing', asOf: '2026-03' };
const gateway = {
  source: aws('api-gateway'),
  readAt: 'https://amnic.com/blogs/aws-api-gateway-pricing',
  asOf: UNDATED,
};
const firewall = { source: aws('waf'), readAt: 'https://c3x.dev/blog/aws-waf-cost-explained/', asOf: UNDATED };
const watch = {
  source: aws('cloudwatch'),
  readAt: 'https://www.factualminds.com/blog/amazon-cloudwatch-pricing-metrics-logs-alarms-dashboards/',
  asOf: '2026-06',
};
const alarm = {
  source: aws('cloudwatch'),
  readAt: 'https://c3x.dev/resources/aws/aws_cloudwatch_metric_alarm',
  asOf: UNDATED,
};
const own = (path: string) => ({ source: aws(path), readAt: aws(path), asOf: '2026-11' });

export const PRICES = {
  'fargate-vcpu-x86': { usd: 0.04048, per: 'hour', ...fargate },
  'fargate-gb-x86': { usd: 0.004445, per: 'hour', ...fargate },
  'fargate-vcpu-arm': { usd: 0.03238, per: 'hour', ...fargate },
  'fargate-gb-arm': { usd: 0.00356, per: 'hour', ...fargate },
  'nat-gateway': { usd: 0.045, per: 'hour', ...nat },
  'nat-gateway-gb': { usd: 0.045, per: 'GB', ...nat },
  'public-ipv4': { usd: 0.005, per: 'hour', ...nat },
  'load-balancer': { usd: 0.0225, per: 'hour', ...balancer },
  'load-balancer-unit': { usd: 0.008, per: 'hour', ...balancer },
  'interface-endpoint': { usd: 0.01, per: 'hour', ...endpoint },
  'interface-endpoint-gb': { usd: 0.01, per: 'GB', ...endpoint },
  'aurora-acu': { usd: 0.12, per: 'hour', ...aurora },
  'db.t4g.micro': { usd: 0.016, per: 'hour', ...instance },
  'db.t4g.small': { usd: 0.032, per: 'hour', ...instance },
  'db.t4g.medium': { usd: 0.065, per: 'hour', ...instance },
  'database-gp3': {
    usd: 0.115,
    per: 'GB and month',
    source: aws('rds/postgresql'),
    readAt: 'https://www.usage.ai/blogs/aws/reserved-instances/rds/pricing-calculator/',
    asOf: '2026-06',
  },
  'lambda-requests': { usd: 0.2, per: 'million', ...lambda },
  'lambda-x86': { usd: 0.0000166667, per: 'GB and second', ...lambda },
  'lambda-arm': { usd: 0.0000133334, per: 'GB and second', ...lambda },
  'queue-standard': { usd: 0.4, per: 'million', ...queue },
  'queue-fifo': { usd: 0.5, per: 'million', ...queue },
  'api-rest': { usd: 3.5, per: 'million', ...gateway },
  'api-http': { usd: 1, per: 'million', ...gateway },
  'api-cache-0.5': { usd: 0.02, per: 'hour', ...gateway },
  'data-out': { usd: 0.09, per: 'GB', ...gateway },
  firewall: { usd: 5, per: 'month', ...firewall },
  'firewall-rule': { usd: 1, per: 'month', ...firewall },
  'firewall-requests': { usd: 0.6, per: 'million', ...firewall },
  alarm: { usd: 0.1, per: 'month', ...alarm },
  'alarm-composite': { usd: 0.5, per: 'month', ...alarm },
  dashboard: { usd: 3, per: 'month', ...watch },
  'logs-in': { usd: 0.5, per: 'GB', ...watch },
  'logs-kept': { usd: 0.03, per: 'GB and month', ...own('cloudwatch') },
  key: {
    usd: 1,
    per: 'month',
    source: aws('kms'),
    readAt: 'https://c3x.dev/resources/aws/aws_kms_key',
    asOf: UNDATED,
  },
  secret: { usd: 0.4, per: 'month', ...own('secrets-manager') },
  bucket: { usd: 0.023, per: 'GB and month', ...own('s3') },
  'image-repository': { usd: 0.1, per: 'GB and month', ...own('ecr') },
} as const satisfies Record<string, Price>;

export type PriceId = keyof typeof PRICES;

export const priceOf = (id: PriceId): Price => PRICES[id];

/** To the cent. */
export const cents = (usd: number): number => Math.round(usd * 100) / 100;
