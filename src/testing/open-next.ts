export interface StandIn {
  /** The folder of the application, from the root of the project on. */
  app?: string;
  /** Named by its pages and its files, as `next build` does. */
  build?: string;
  /** Members of the output file that are otherwise. */
  changes?: Record<string, unknown>;
}

/**
 * What OpenNext writes, around a server of our own that says what reaches it: the same files at the same places, for
 * tests that are about what becomes of them. By path from the root of the project.
 */
export function openNextFiles({ app = '', build = 'b1', changes = {} }: StandIn = {}): Record<string, string> {
  const at = (path: string) => (app === '' ? path : `${app}/${path}`);
  const origin = (bundle: string) => ({
    type: 'function',
    handler: 'index.handler',
    bundle,
    wrapper: 'aws-lambda',
    converter: 'aws-apigw-v2',
    streaming: false,
  });
  const output = {
    edgeFunctions: {},
    origins: {
      s3: {
        type: 's3',
        originPath: '_assets',
        copy: [
          { from: '.open-next/assets', to: '_assets', cached: true, versionedSubDir: '_next' },
          { from: '.open-next/cache', to: '_cache', cached: false },
        ],
      },
      imageOptimizer: { ...origin('.open-next/image-optimization-function'), imageLoader: 's3' },
      default: {
        ...origin('.open-next/server-functions/default'),
        queue: 'sqs',
        incrementalCache: 's3',
        tagCache: 'dynamodb',
      },
    },
    behaviors: [
      { pattern: '_next/image*', origin: 'imageOptimizer' },
      { pattern: '_next/data/*', origin: 'default' },
      { pattern: '*', origin: 'default' },
      { pattern: 'BUILD_ID', origin: 's3' },
      { pattern: '_next/*', origin: 's3' },
      { pattern: 'favicon.ico', origin: 's3' },
    ],
    additionalProps: {
      disableTagCache: true,
      revalidationFunction: { handler: 'index.handler', bundle: '.open-next/revalidation-function' },
      warmer: { handler: 'index.handler', bundle: '.open-next/warmer-function' },
    },
    ...changes,
  };
  const idle = 'export const handler = async () => ({ batchItemFailures: [] });\n';
  return {
    [at('.open-next/open-next.output.json')]: JSON.stringify(output),
    [at('.open-next/server-functions/default/index.mjs')]: serverOf(build),
    [at('.open-next/image-optimization-function/index.mjs')]:
      "export const handler = async () => ({ statusCode: 200, headers: { 'content-type': 'image/webp' }, body: '' });\n",
    [at('.open-next/revalidation-function/index.mjs')]: idle,
    [at('.open-next/warmer-function/index.mjs')]: idle,
    [at('.open-next/assets/BUILD_ID')]: build,
    [at('.open-next/assets/favicon.ico')]: 'icon',
    [at(`.open-next/assets/_next/static/${build}/page.js`)]: `console.log('${build}')`,
    [at(`.open-next/cache/${build}/index.cache`)]: JSON.stringify({ html: build }),
  };
}

const serverOf = (build: string) => `export const handler = async (event) => ({
  statusCode: event.rawPath === '/api/health' || event.rawPath === '/' || event.requestContext.http.method === 'POST' ? 200 : 404,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({
    build: '${build}',
    path: event.rawPath,
    host: event.headers['x-forwarded-host'],
    body: event.isBase64Encoded ? Buffer.from(event.body, 'base64').toString() : event.body,
    variables: Object.keys(process.env).filter((name) => /^(CACHE|REVALIDATION|LOG|DATABASE|BUCKET|IMAGES)/.test(name)).sort(),
  }),
});
`;
