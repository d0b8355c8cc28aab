/** Where a check is sent, or why nobody can be asked. */
export type SmokeAddress = { url: URL } | { why: string };

/**
 * On the sandbox what has a data plane there is asked at the sandbox’s own address, and the rest is said to have none;
 * elsewhere everything is asked where visitors ask.
 */
export function smokeAddress(
  component: string,
  path: string,
  { url, endpoint }: { url: string | undefined; endpoint?: string },
): SmokeAddress {
  if (!url) return { why: 'it is not deployed, or has no address' };
  if (endpoint === undefined) return { url: new URL(joined(url, path)) };
  const { host, pathname } = new URL(url);
  if (component.startsWith('sites.')) return { url: new URL(`/_cloudfront/${host}${path}`, endpoint) };
  if (component.startsWith('apis.')) return { url: new URL(`/_apigateway/${host}${joined(pathname, path)}`, endpoint) };
  return { why: 'the sandbox has no data plane for it' };
}

/** An API’s URL has its stage as the first part of the path. */
const joined = (url: string, path: string): string => `${url.replace(/\/$/, '')}${path}`;
