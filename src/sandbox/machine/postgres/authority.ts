import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type KeyAndCertificate, newAuthority, signedBy } from './certificate.ts';

/** As Lambda's own folder of runtimes has the authorities of RDS under this name. */
const FILE = 'ca-cert.pem';

/** Signs the certificates of a sandbox's databases; its own lasts as long as they do. */
export class Authority {
  /** What a function finds as `LAMBDA_RUNTIME_DIR`. */
  readonly folder: string;
  readonly #keyFile: string;
  #own: KeyAndCertificate | undefined;

  constructor(folder: string) {
    this.folder = join(folder, 'authority');
    this.#keyFile = join(this.folder, 'key.pem');
  }

  /** The certificate to be believed. */
  file(): string {
    this.#load();
    return join(this.folder, FILE);
  }

  sign(names: readonly string[]): KeyAndCertificate {
    return signedBy(this.#load(), names);
  }

  #load(): KeyAndCertificate {
    if (this.#own && existsSync(this.#keyFile)) return this.#own;
    const file = join(this.folder, FILE);
    if (existsSync(file) && existsSync(this.#keyFile)) {
      this.#own = { key: readFileSync(this.#keyFile, 'utf8'), certificate: readFileSync(file, 'utf8') };
      return this.#own;
    }
    this.#own = newAuthority();
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(file, this.#own.certificate);
    // Last: a certificate without its key is made again.
    writeFileSync(this.#keyFile, this.#own.key, { mode: 0o600 });
    return this.#own;
  }
}
