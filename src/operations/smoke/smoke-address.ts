import type { Blocks } from '../../config/blocks.ts';
import { emulatedApiUrl } from '../../domain/emulated-api-url.ts';

/** Where a check is sent, or why nobody can be asked. */
export type SmokeAddress = { url: URL; host?: string } | { why: string };

export interface AddressFacts {
  /** The outputs of the environment's stacks, as `outputs` shows them. */
  urls: Readonly<Record<string, string | undefined>>;
  blocks: Pick<Blocks, 'apis' | 'edge' | 'sites'>;
  /** Absent: AWS's own. */
  endpoint?: string | undefined;
  sandbox: boolean;
  /** What answers at the endpoint. */
  emulator?: string | undefined;
}

/**
 * On the sandbox what has a data plane there is asked at the sandbox’s own address, and the rest is said to have none;
 * elsewhere everything is asked where visitors ask. `host` is AWS’s own name of what answers, for a name without DNS.
 */
export function smokeAddress(component: string, path: string, facts: AddressFacts): SmokeAddress {
  const { blocks, endpoint, sandbox } = facts;
  const through =
    component.startsWith('services.') && blocks.edge.originVerify ? siteBefore(component, path, blocks) : component;
  if (through === undefined)
    return { why: 'its load balancer answers CloudFront only (edge.originVerify), and no site leads to this path' };
  const url = facts.urls[`${through}.url`];
  if (!url) return { why: 'it is not deployed, or has no address' };
  const [block = '', name = ''] = through.split('.');
  const host = facts.urls[HOSTS[block]?.(name) ?? ''];
  if (endpoint === undefined) return { url: new URL(joined(url, path)), ...(host && { host }) };
  if (!sandbox) {
    const api = block === 'apis' ? blocks.apis[name] : undefined;
    const id = facts.urls[`apis.${name}.id`];
    const emulated = api && emulatedApiUrl({ ...api, id }, { emulator: facts.emulator, endpoint });
    return emulated === undefined ? { why: EMULATED } : { url: new URL(joined(emulated, path)) };
  }
  const { host: asked, pathname } = new URL(url);
  if (block === 'sites') return { url: new URL(`/_cloudfront/${asked}${path}`, endpoint) };
  if (block === 'apis') return { url: new URL(`/_apigateway/${asked}${joined(pathname, path)}`, endpoint) };
  return { why: NO_DATA_PLANE };
}

export const NO_DATA_PLANE = 'the sandbox has no data plane for it';
export const EMULATED = 'an emulator answers at no address of its own for it';

/** Where AWS’s own name of each kind of block stands among the outputs. */
const HOSTS: Readonly<Record<string, (name: string) => string>> = {
  services: () => 'runtime.loadBalancerHost',
  sites: (name) => `sites.${name}.host`,
  apis: (name) => `apis.${name}.domainTarget`,
};

/** A site that leads this path to the service: a load balancer that wants CloudFront’s secret refuses all others. */
function siteBefore(service: string, path: string, { sites }: Pick<Blocks, 'sites'>): string | undefined {
  const own = service.replace(/^services/, 'service');
  const found = Object.entries(sites).find(
    ([, site]) =>
      site.kind === 'spa' && Object.entries(site.apiPaths).some(([pattern, to]) => to === own && fits(pattern, path)),
  );
  return found && `sites.${found[0]}`;
}

/** As CloudFront matches: `*` is any number of characters, `?` is one. */
const fits = (pattern: string, path: string): boolean =>
  new RegExp(
    `^${pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.')}$`,
    's',
  ).test(path.replace(/\?.*$/s, ''));

/** An API’s URL has its stage as the first part of the path. */
const joined = (url: string, path: string): string => `${url.replace(/\/$/, '')}${path}`;
