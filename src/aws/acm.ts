import type { ACM, CertificateDetail } from '@aws-sdk/client-acm';
import { call, find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

export class Acm {
  readonly #acm: () => Promise<ACM>;

  constructor(connection: Connection) {
    this.#acm = once(async () => connect((await import('@aws-sdk/client-acm')).ACM, connection));
  }

  async certificate(arn: string): Promise<CertificateDetail | undefined> {
    const answer = await find('acm:DescribeCertificate', ['ResourceNotFoundException'], async () =>
      (await this.#acm()).describeCertificate({ CertificateArn: arn }),
    );
    return answer?.Certificate;
  }

  /** Answers with the ARN. The same token within an hour gives the same certificate, so asking twice is safe. */
  async request(
    domain: string,
    { token, tags = {} }: { token: string; tags?: Record<string, string> },
  ): Promise<string> {
    const { CertificateArn } = await call('acm:RequestCertificate', async () =>
      (await this.#acm()).requestCertificate({
        DomainName: domain,
        ValidationMethod: 'DNS',
        IdempotencyToken: token,
        Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
      }),
    );
    return CertificateArn!;
  }

  async delete(arn: string): Promise<void> {
    await find('acm:DeleteCertificate', ['ResourceNotFoundException'], async () =>
      (await this.#acm()).deleteCertificate({ CertificateArn: arn }),
    );
  }
}
