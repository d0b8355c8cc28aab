import type { FunctionCode } from './function-settings.ts';
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
  return Object.entries(sites).flatMap(([site, settings]): EdgeFunctionSettings[] => {
    if (settings.kind !== 'media' || !settings.images) return [];
    const { bucket, images } = settings;
    return [{ code: `edge/images-${site}`, name: imagesOf(site), does: 'images', site, bucket, ...images }];
  });
}

/** The function that resizes the images of a site. */
export const imagesOf = (site: string): string => `images-${site}`;

/** Code by function, those at the edges by `edge/<name>`. */
export type Codes = Readonly<Record<string, FunctionCode>>;
