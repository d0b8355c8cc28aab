import type { OnDelete } from '../../infra/setting-values.ts';
import type { EdgeSettings, SiteSettings } from '../../infra/site-settings.ts';
import type { Blocks } from '../config/blocks.ts';
import { textOf, usesOf } from './setting-texts.ts';

type Site = Blocks['sites'][string];

/** The sites that stacks hold. */
export function siteSettings(blocks: Blocks, keep: OnDelete): Record<string, SiteSettings> {
  return Object.fromEntries(
    Object.entries(blocks.sites).flatMap(([name, site]): [string, SiteSettings][] => {
      const common = commonOf(site);
      if (site.kind === 'next')
        return [
          [
            name,
            {
              ...common,
              kind: 'next',
              dir: site.dir,
              memoryMiB: site.memory,
              ...(site.warm > 0 ? { warm: site.warm } : {}),
              inVpc: site.vpc,
              uses: usesOf(site.uses),
              environment: environmentOf(site.env, blocks),
              onDelete: keep,
            },
          ],
        ];
      return site.kind === 'media'
        ? [
            [
              name,
              {
                ...common,
                kind: 'media',
                bucket: blockOf(site.bucket),
                corsOrigins: site.corsOrigins,
                ...(site.transform ? { images: { maxDimension: site.maxDimension } } : {}),
              },
            ],
          ]
        : [[name, { ...common, kind: 'spa', apiPaths: pathsOf(site.apiPaths), onDelete: keep }]];
    }),
  );
}

const environmentOf = (env: Readonly<Record<string, string>>, blocks: Blocks) =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) => {
      const text = textOf(value, blocks, { ofFunction: true });
      return text ? [[name, text] as const] : [];
    }),
  );

const commonOf = ({ domain, certificate, priceClass }: Site) => ({
  ...(domain ? { domain } : {}),
  ...(certificate.startsWith('arn:') ? { certificateArn: certificate } : {}),
  priceClass,
});

const pathsOf = (apiPaths: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(apiPaths).map(([pattern, reference]) => {
      const name = blockOf(reference);
      return [pattern, reference.startsWith('api.') ? { api: name } : { service: name }];
    }),
  );

export function edgeSettings({ edge }: Blocks, generation: number): EdgeSettings {
  return {
    waf: edge.waf && { ratePer5Min: edge.ratePer5Min },
    originVerify: edge.originVerify && { generation },
  };
}

/** Buckets that a site shows: `sites` writes their policies. */
export const shownBuckets = ({ sites }: Blocks): Set<string> =>
  new Set(Object.values(sites).flatMap((site) => (site.kind === 'media' ? [blockOf(site.bucket)] : [])));

/** `bucket.media` is `media`. */
const blockOf = (reference: string): string => reference.slice(reference.indexOf('.') + 1);
