import type { Links } from './links.ts';
import { pascal } from './names.ts';
import type { HttpSettings } from './settings.ts';

/** ARN of a service's certificate: written in the configuration, or requested by the CLI and kept in the state. */
export function certificateArn(links: Links, service: string, { tls }: HttpSettings): string {
  if (!tls) throw new Error(`${service} answers plain HTTP and has no certificate`);
  return tls.certificateArn ?? links.state(`Certificate${pascal(service)}`, `certificate/services/${service}`);
}
