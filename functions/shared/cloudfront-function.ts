import { build } from 'esbuild';
import { asCode } from './bundle.ts';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions */
export const MOST_BYTES = 10_240;

/**
 * What `cloudfront-js-2.0` understands beyond ES 5.1. Whatever else is written is translated to ES 5.1 by esbuild, or
 * refused by it with the line: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */
const UNDERSTOOD = {
  'const-and-let': true,
  arrow: true,
  'template-literal': true,
  'rest-argument': true,
  'exponent-operator': true,
  'async-await': true,
} as const;

/** The code of a CloudFront function: a script without modules whose `handler` is a global function. */
export async function renderCloudFrontFunction(entry: string, define: Record<string, unknown> = {}): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'esm',
    target: 'es5',
    supported: UNDERSTOOD,
    // Names stay: CloudFront calls the function `handler`, and a person can read what runs.
    minifyWhitespace: true,
    minifySyntax: true,
    logLevel: 'silent',
    define: asCode(define),
  });
  const code = withoutExports(outputFiles[0]!.text);
  const bytes = Buffer.byteLength(code);
  if (bytes > MOST_BYTES) throw new Error(`a CloudFront function has at most ${MOST_BYTES} bytes, this one ${bytes}`);
  return code;
}

/** esbuild writes the exports of an entry as the last statement of its output. */
const withoutExports = (code: string): string => code.replace(/export\s*\{[^}]*\};?\s*$/, '');
