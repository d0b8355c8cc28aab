import { FORWARDED_HOST } from './forwarded-host-code.ts';
import { SPA_FALLBACK } from './spa-fallback-code.ts';

/** The CloudFront function of `functions/spa-fallback` that leaves these path patterns alone. */
export const spaFallbackCode = (apiPaths: readonly string[]): string =>
  SPA_FALLBACK.replace(`"${API_PATHS}"`, () => apiPaths.map((path) => JSON.stringify(path)).join(','));

/** The CloudFront function of `functions/forwarded-host`. */
export const forwardedHostCode = (): string => FORWARDED_HOST;

/** Stands for the path patterns in the rendered code. */
export const API_PATHS = '{{API_PATHS}}';
