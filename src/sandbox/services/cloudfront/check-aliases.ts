import type { DistributionConfig } from '@aws-sdk/client-cloudfront';
import type { Scope } from '../../kernel/scope.ts';
import { certificates } from '../acm/state.ts';
import { fault } from './faults.ts';
import { type DistributionRow, distributions } from './state.ts';

const REGION = 'us-east-1';

/** Alternate names: each on one distribution in the world, and all covered by a certificate of us-east-1 (F-109, F-110). */
export function checkAliases(config: DistributionConfig, scope: Scope, id?: string): void {
  const aliases = (config.Aliases?.Items ?? []).map((alias) => alias.toLowerCase());
  const arn = config.ViewerCertificate?.ACMCertificateArn;
  if (arn !== undefined) checkCertificate(arn, aliases, scope);
  else if (aliases.length > 0 && config.ViewerCertificate?.IAMCertificateId === undefined)
    throw fault(
      'InvalidViewerCertificate',
      'To add an alternate domain name (CNAME) to a CloudFront distribution, you must attach a trusted certificate that validates your authorization to use the domain name. For more details, see: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html#alternate-domain-names-requirements',
    );
  const holder = aliases.map((alias) => holderOf(alias, scope)).find((row) => row !== undefined && row.id !== id);
  if (holder)
    throw fault(
      'CNAMEAlreadyExists',
      'One or more of the CNAMEs you provided are already associated with a different resource.',
    );
}

function checkCertificate(arn: string, aliases: readonly string[], { world, account }: Scope): void {
  const row = certificates.in({ world, account, region: REGION }).get(arn);
  if (!arn.startsWith(`arn:aws:acm:${REGION}:`) || row?.status !== 'ISSUED')
    throw fault(
      'InvalidViewerCertificate',
      "The specified SSL certificate doesn't exist, isn't in us-east-1 region, isn't valid, or doesn't include a valid certificate chain.",
    );
  if (!aliases.every((alias) => row.names.some((name) => covers(name, alias))))
    throw fault(
      'InvalidViewerCertificate',
      "The certificate that is attached to your distribution doesn't cover the alternate domain name (CNAME) that you're trying to add. For more details, see: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/CNAMEs.html#alternate-domain-names-requirements",
    );
}

/** `*` stands for one label. */
const covers = (name: string, alias: string): boolean =>
  name === alias || (name.startsWith('*.') && alias.slice(alias.indexOf('.') + 1) === name.slice(2));

/** The distribution that an alternate name belongs to, of whatever account. */
export function holderOf(alias: string, { world }: Scope): (DistributionRow & { account: string }) | undefined {
  for (const account of world.store.partitions('cloudfront.distributions'))
    for (const row of distributions.in({ world, account, region: REGION }).values())
      if ((row.config.Aliases?.Items ?? []).some((one) => one.toLowerCase() === alias)) return { ...row, account };
  return undefined;
}

/** ARNs of distributions by the certificate that they show: what ACM answers as `InUseBy`. */
export const distributionsWith = (scope: Scope, certificateArn: string): string[] =>
  distributions
    .in(scope)
    .values()
    .filter(({ config }) => config.ViewerCertificate?.ACMCertificateArn === certificateArn)
    .map(({ arn }) => arn);
