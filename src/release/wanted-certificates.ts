import { EDGE_REGION } from '../../infra/edge-region.ts';
import type { Blocks } from '../config/blocks.ts';
import { isTls } from './listener-ports.ts';

/** A certificate that the CLI requests, because the configuration says `auto`. */
export interface WantedCertificate {
  domain: string;
  /** us-east-1 for what CloudFront shows, the environment's own for what a load balancer shows: right by construction. */
  region: string;
  /** Under which the environment's state keeps its ARN. */
  place: string;
  /** `services.web`, `sites.app`. */
  usedBy: string[];
}

export function wantedCertificates({ services, apis, sites }: Blocks, home: string): WantedCertificate[] {
  const wanted = new Map<string, WantedCertificate>();
  const add = (region: string, domain: string, user: string) => {
    const place = `${region}/${domain}`;
    const known = wanted.get(place);
    if (known) known.usedBy.push(user);
    else wanted.set(place, { domain, region, place, usedBy: [user] });
  };
  for (const [name, { http }] of Object.entries(services))
    if (http?.domain && isTls(http) && http.certificate === 'auto') add(home, http.domain, `services.${name}`);
  for (const [name, { domain, certificate }] of Object.entries(apis))
    if (domain && certificate === 'auto') add(home, domain, `apis.${name}`);
  for (const [name, { domain, certificate }] of Object.entries(sites))
    if (domain && certificate === 'auto') add(EDGE_REGION, domain, `sites.${name}`);
  return [...wanted.values()];
}
