import type { Links } from './links.ts';
import { pascal } from './names.ts';
import type { SiteSettings } from './site-settings.ts';

/** ARN of a site's certificate in us-east-1; undefined for a site under CloudFront's own name. */
export function siteCertificateArn(links: Links, site: string, settings: SiteSettings): string | undefined {
  if (!settings.domain) return undefined;
  return settings.certificateArn ?? links.state(`Certificate${pascal(site)}`, `certificate/sites/${site}`);
}
