import { join } from 'node:path';
import { renderCloudFrontFunction } from '../../../functions/shared/cloudfront-function.ts';
import { API_PATHS } from '../../../infra/edge-code.ts';
import { PACKAGE_ROOT } from '../../package.ts';

/** The rendered code of a function that stands in a template, so that synthesis needs no bundler. */
export async function edgeCodeText(): Promise<string> {
  const entry = join(PACKAGE_ROOT, 'functions', 'spa-fallback', 'handler.ts');
  const code = await renderCloudFrontFunction(entry, { API_PATHS: [API_PATHS] });
  const literal = code.trim().replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  return `/** functions/spa-fallback as CloudFront runs it. Made by \`npm run docs\`; change that function, not this file. */
export const SPA_FALLBACK =
  '${literal}';
`;
}
