import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import tls from 'node:tls';

/**
 * The authorities of RDS, as every Lambda runtime of Node.js carries them. Since Node.js 20 the runtime does not load
 * them by itself.
 * https://aws.amazon.com/blogs/compute/node-js-20-x-runtime-now-available-in-aws-lambda/
 */
const ofTheRuntime = (): string => join(process.env.LAMBDA_RUNTIME_DIR ?? '/var/runtime', 'ca-cert.pem');

/**
 * Whom to believe: RDS signs with its own authorities, RDS Proxy with public ones. A file that is named has to be
 * there; without any, public authorities and those of NODE_EXTRA_CA_CERTS are believed, and the connection fails rather
 * than being unverified.
 */
export function authorities(file: string | undefined): string[] {
  // Node.js before 22.15 can tell its own alone.
  const usual = tls.getCACertificates?.('default') ?? tls.rootCertificates;
  if (file) return [...usual, readFileSync(file, 'utf8')];
  return existsSync(ofTheRuntime()) ? [...usual, readFileSync(ofTheRuntime(), 'utf8')] : [...usual];
}
