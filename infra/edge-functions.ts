import type { AppSettings } from './settings.ts';

/** A function of ours that runs at the edges. Lambda@Edge gives it no variables: what it has to know is bundled into it. */
export type EdgeFunctionSettings = {
  /** No function of the configuration has a slash in its name. */
  code: `edge/${string}`;
  /** Names it in templates and outputs. */
  name: string;
} & ({ does: 'images'; site: string; bucket: string; maxDimension: number } | { does: 'body-hash' });

/** What the sites of an environment have done for them at the edges, in the order of the configuration. */
export function edgeFunctionsOf({ sites }: Pick<AppSettings, 'sites'>): EdgeFunctionSettings[] {
  const images = Object.entries(sites).flatMap(([site, settings]): EdgeFunctionSettings[] => {
    if (settings.kind !== 'media' || !settings.images) return [];
    const { bucket, images } = settings;
    return [{ code: `edge/images-${site}`, name: imagesOf(site), does: 'images', site, bucket, ...images }];
  });
  const isNext = Object.values(sites).some(({ kind }) => kind === 'next');
  return isNext ? [...images, { code: 'edge/body-hash', name: BODY_HASH, does: 'body-hash' }] : images;
}

/** The function that tells CloudFront what a body is, so that it can sign a request with one (F-117). */
export const BODY_HASH = 'body-hash';

/** The function that resizes the images of a site. */
export const imagesOf = (site: string): string => `images-${site}`;

/** Whether anything of the settings belongs into the stack. */
export const hasEdge = (settings: Pick<AppSettings, 'edge' | 'sites'>): boolean =>
  (settings.edge.waf !== false && Object.keys(settings.sites).length > 0) || edgeFunctionsOf(settings).length > 0;
