import { createHash } from 'node:crypto';

export interface ManagedPrefixList {
  id: string;
  name: string;
  /** What it counts for in the quota of rules per security group. */
  weight: number;
  cidrs: readonly string[];
}

/** Ids that AWS documents for us-east-1; elsewhere the sandbox makes its own. */
const KNOWN: Readonly<Record<string, string>> = {
  'com.amazonaws.us-east-1.s3': 'pl-63a5400a',
  'com.amazonaws.us-east-1.dynamodb': 'pl-02cd2c6b',
  'us-east-1/com.amazonaws.global.cloudfront.origin-facing': 'pl-3b927c52',
};

/**
 * AWS-managed prefix lists of a region. CloudFront's weighs 55 rules:
 * https://docs.aws.amazon.com/vpc/latest/userguide/working-with-aws-managed-prefix-lists.html
 * Entries are examples, not AWS's current ranges.
 */
export function prefixListsOf(region: string): ManagedPrefixList[] {
  const list = (name: string, key: string, weight: number, cidrs: readonly string[]) => ({
    id: KNOWN[key] ?? `pl-${createHash('sha256').update(key).digest('hex').slice(0, 8)}`,
    name,
    weight,
    cidrs,
  });
  const s3 = `com.amazonaws.${region}.s3`;
  const dynamodb = `com.amazonaws.${region}.dynamodb`;
  const cloudfront = 'com.amazonaws.global.cloudfront.origin-facing';
  return [
    list(s3, s3, 1, ['52.216.0.0/15', '54.231.0.0/16']),
    list(dynamodb, dynamodb, 1, ['52.94.0.0/22', '52.119.224.0/20']),
    list(cloudfront, `${region}/${cloudfront}`, 55, ['130.176.0.0/17', '15.158.0.0/16', '64.252.128.0/18']),
  ];
}
