import { existsSync, readFileSync } from 'node:fs';
import { rootCertificates } from 'node:tls';

/**
 * The authorities of RDS, as every Lambda runtime of Node.js carries them. Since Node.js 20 the runtime does not load
 * them by itself.
 * https://aws.amazon.com/blogs/compute/node-js-20-x-runtime-now-available-in-aws-lambda/
 */
const OF_THE_RUNTIME = '/var/runtime/ca-cert.pem';

/**
 * Whom to believe: RDS signs with its own authorities, RDS Proxy with public ones. A file that is named has to be
 * there; without any, public authorities alone are believed, and the connection fails rather than being unverified.
 */
export function authorities(file: string | undefined): string[] {
  if (file) return [...rootCertificates, readFileSync(file, 'utf8')];
  return existsSync(OF_THE_RUNTIME)
    ? [...rootCertificates, readFileSync(OF_THE_RUNTIME, 'utf8')]
    : [...rootCertificates];
}
