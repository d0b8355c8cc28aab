import type { Construct } from 'constructs';
import { CdnPolicy } from '../constructs/cdn-policy.ts';
import type { Distribution } from '../constructs/distribution.ts';
import { MediaSite } from '../constructs/media-site.ts';
import { NextSite } from '../constructs/next-site.ts';
import { SiteLogBucket, takesSiteLogs } from '../constructs/site-log-bucket.ts';
import { SpaSite } from '../constructs/spa-site.ts';
import { pascal } from '../names.ts';
import type { Built } from '../next-output.ts';
import { outputs } from '../outputs.ts';
import type { AppSettings } from '../settings.ts';
import type { SiteSettings } from '../site-settings.ts';
import { PlatformStack } from './platform-stack.ts';

/** Distributions with what they show, and the policies of the buckets that they read: a bucket has one policy. */
export class SitesStack extends PlatformStack {
  constructor(scope: Construct, settings: AppSettings, { next = {} }: Built = {}) {
    super(scope, 'sites', settings, { description: 'Sites and their distributions' });
    const { links } = this;
    const { logRetentionDays, logsOnDelete } = settings.observability;
    const logs = takesSiteLogs(settings.region)
      ? new SiteLogBucket(this, 'Logs', { days: logRetentionDays, onDelete: logsOnDelete }).domainName
      : undefined;
    const webAclArn = settings.edge.waf ? links.from('edge', outputs.edge.webAclArn) : undefined;
    // Services are asked under their paths, so they come first.
    for (const [name, { http }] of Object.entries(settings.services)) if (http) links.waitFor(`service-${name}`);

    const readers = new Map<string, string[]>();
    for (const [name, site] of Object.entries(settings.sites)) {
      const props = { links, settings, name, logs, webAclArn };
      const id = `Site${pascal(name)}`;
      if (site.kind === 'spa') {
        const made = new SpaSite(this, id, { ...props, site });
        links.tell(outputs.sites.bucketName(name), made.bucket);
        this.#tell(name, site, made.distribution);
      } else if (site.kind === 'next') {
        const output = next[name];
        if (!output) throw new Error(`site ${name} was not built`);
        const made = new NextSite(this, id, { ...props, site, output });
        links.tell(outputs.sites.bucketName(name), made.bucket);
        this.#tell(name, site, made.distribution);
      } else {
        const made = new MediaSite(this, id, { ...props, site });
        readers.set(site.bucket, [...(readers.get(site.bucket) ?? []), made.distribution.id]);
        this.#tell(name, site, made.distribution);
      }
    }
    for (const [bucket, distributions] of readers) {
      new CdnPolicy(this, `Reads${pascal(bucket)}`, {
        bucket: links.from('data', outputs.data.bucketName(bucket)),
        distributions,
        onDelete: settings.buckets[bucket]?.onDelete ?? 'retain',
        outlives: true,
      });
    }
  }

  #tell(name: string, { domain }: SiteSettings, { id, domainName }: Distribution) {
    const { sites } = outputs;
    this.links.tell(sites.distributionId(name), id);
    this.links.tell(sites.distributionHost(name), domainName);
    this.links.tell(sites.url(name), `https://${domain ?? domainName}`);
  }
}
