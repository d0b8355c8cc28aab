import { PROD_ERROR, type Rule } from './rule.ts';

export const BUCKET_RULES: readonly Rule[] = [
  {
    id: 'prod-public-bucket',
    title: 'No production bucket is open to everybody',
    severity: PROD_ERROR,
    check: function* ({ blocks }) {
      for (const [name, { access }] of Object.entries(blocks.buckets))
        if (access === 'public-read')
          yield {
            path: ['buckets', name, 'access'],
            message: `buckets.${name}: everybody may read it`,
            remedy: 'write access: cdn, and show it through a site of kind media',
          };
    },
  },
  {
    id: 'bucket-versions',
    title: 'Only a versioned bucket has old versions to expire',
    severity: 'warning',
    check: function* ({ blocks }) {
      for (const [name, { versioned, expireOldVersionsDays }] of Object.entries(blocks.buckets))
        if (!versioned && expireOldVersionsDays !== undefined)
          yield {
            path: ['buckets', name, 'expireOldVersionsDays'],
            message: `buckets.${name}: there are no old versions to expire`,
            remedy: 'write versioned: true, or remove expireOldVersionsDays',
          };
    },
  },
  {
    id: 'media-bucket',
    title: 'CloudFront may read the bucket that it shows',
    severity: 'error',
    check: function* ({ blocks }) {
      for (const [name, site] of Object.entries(blocks.sites)) {
        const bucket = site.kind === 'media' ? site.bucket.split('.')[1]! : '';
        const access = blocks.buckets[bucket]?.access;
        if (access !== undefined && access !== 'cdn')
          yield {
            path: ['sites', name, 'bucket'],
            message: `sites.${name}: buckets.${bucket} has access ${access}`,
            remedy: `write buckets.${bucket}.access: cdn`,
          };
      }
    },
  },
];
