/** A quota as Service Quotas lists it. */
export interface Quota {
  service: string;
  serviceName: string;
  code: string;
  name: string;
  /** What an account has before it asks for more. */
  initial: number;
}

/**
 * Those that the sandbox holds anything to, or that our own checks ask for. Codes and values:
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/elastic-ip-addresses-eip.html
 * https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html: a new account has 6 vCPUs, and AWS
 * raises them by itself as they are used; the sandbox plays an account that has been used for a while.
 */
export const QUOTAS: readonly Quota[] = [
  {
    service: 'vpc',
    serviceName: 'Amazon Virtual Private Cloud (Amazon VPC)',
    code: 'L-F678F1CE',
    name: 'VPCs per Region',
    initial: 5,
  },
  {
    service: 'ec2',
    serviceName: 'Amazon Elastic Compute Cloud (Amazon EC2)',
    code: 'L-0263D0A3',
    name: 'EC2-VPC Elastic IPs',
    initial: 5,
  },
  {
    service: 'lambda',
    serviceName: 'AWS Lambda',
    code: 'L-B99A9384',
    name: 'Concurrent executions',
    initial: 1_000,
  },
  {
    service: 'fargate',
    serviceName: 'AWS Fargate',
    code: 'L-3032A538',
    name: 'Fargate On-Demand vCPU resource count',
    initial: 4000,
  },
  {
    service: 'fargate',
    serviceName: 'AWS Fargate',
    code: 'L-36FBB829',
    name: 'Fargate Spot vCPU resource count',
    initial: 4000,
  },
];

export const quotaArn = ({ service, code }: Quota, account: string, region: string): string =>
  `arn:aws:servicequotas:${region}:${account}:${service}/${code}`;
