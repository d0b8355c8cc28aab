import { join } from 'node:path';
import { renderCloudFrontFunction } from '../../../functions/shared/cloudfront-function.ts';
import { API_PATHS } from '../../../infra/edge-code.ts';
import { PACKAGE_ROOT } from '../../package.ts';

/** The rendered code of a function that stands in a template, so that synthesis needs no bundler. */
export const edgeCodeText = (): Promise<string> => codeText('spa-fallback', 'SPA_FALLBACK', { API_PATHS: [API_PATHS] });

export const forwardedHostText = (): Promise<string> => codeText('forwarded-host', 'FORWARDED_HOST', {});

async function codeText(name: string, constant: string, define: Record<string, unknown>): Promise<string> {
  const entry = join(PACKAGE_ROOT, 'functions', name, 'handler.ts');
  const code = await renderCloudFrontFunction(entry, define);
  const literal = code.trim().replaceAll('\\', '\\\\').replaceAll("'", "\\'");
  return `/** functions/${name} as CloudFront runs it. Made by \`npm run docs\`; change that function, not this file. */
export const ${constant} =
  '${literal}';
`;
}
