import { z } from 'zod';

const subnets = z.array(z.string().regex(/^subnet-[0-9a-f]{8,17}$/, 'a subnet id, such as subnet-0a1b2c3d'));

const existing = z.strictObject({
  vpcId: z
    .string()
    .regex(/^vpc-[0-9a-f]{8,17}$/, 'a VPC id, such as vpc-0a1b2c3d')
    .describe('The VPC to build in.'),
  publicSubnets: subnets.default([]).describe('Subnets for load balancers, one per availability zone.'),
  privateSubnets: subnets.min(1).describe('Subnets for tasks and functions, one per availability zone.'),
  isolatedSubnets: subnets.default([]).describe('Subnets for databases, one per availability zone.'),
});

export const network = z.strictObject({
  cidr: z
    .string()
    .regex(/^(?:\d{1,3}\.){3}\d{1,3}\/\d{1,2}$/, 'an IPv4 range, such as 10.0.0.0/16')
    .default('10.0.0.0/16')
    .describe('The address range of the VPC, /16 to /28.'),
  azs: z
    .union([
      z.number().int().min(2).max(3),
      z
        .array(z.string().regex(/^[a-z]{2}(?:-[a-z]+)+-\d[a-z]$/, 'an availability zone, such as us-east-1a'))
        .min(2)
        .max(3),
    ])
    .default(2)
    .describe('How many availability zones, or their names. What the first deployment chose stays.'),
  subnetMask: z.number().int().min(20).max(28).default(24).describe('The prefix length of each subnet.'),
  isolated: z.boolean().default(true).describe('Whether to make subnets without a way to the internet, for databases.'),
  nat: z
    .union([
      z.enum(['none', 'instance']),
      z.strictObject({
        gateways: z
          .number()
          .int()
          .min(1)
          .max(3)
          .describe('How many NAT gateways, each in an availability zone of its own.'),
      }),
    ])
    .describe(
      'How private subnets reach the internet: a number of NAT gateways, one small `instance`, or `none` (then `endpoints` carry the traffic to AWS).',
    ),
  endpoints: z
    .array(z.string().min(1))
    .default([])
    .describe('VPC endpoints to make, by the short name of the AWS service: `s3`, `ecr.api`, `secretsmanager` …'),
  flowLogs: z.boolean().default(false).describe('Whether to log the traffic of the VPC to CloudWatch.'),
  existing: existing
    .optional()
    .describe('A VPC that others own. The other settings of the network, except `azs`, then do nothing.'),
});
export type Network = z.output<typeof network>;
