import type { Blocks } from '../config/blocks.ts';

/** Whether a service answers with a certificate: plain HTTP otherwise. */
export const isTls = ({ certificate, domain }: NonNullable<Blocks['services'][string]['http']>): boolean =>
  certificate !== 'none' && domain !== undefined;

/**
 * The listener of each service. Hosts share 443 or 80. Without a domain there is nothing to tell two services apart by,
 * so the first has port 80 and each further one a port of its own, from 8081 in the order of the file.
 */
export function listenerPorts({ services }: Blocks): Map<string, number> {
  const ports = new Map<string, number>();
  let further = 8081;
  for (const [name, { http }] of Object.entries(services)) {
    if (!http) continue;
    if (isTls(http)) ports.set(name, 443);
    else if (http.domain || ![...ports].some(([other, port]) => port === 80 && !services[other]?.http?.domain)) {
      ports.set(name, 80);
    } else ports.set(name, further++);
  }
  return ports;
}
