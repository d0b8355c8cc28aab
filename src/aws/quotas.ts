import type { ServiceQuotas } from '@aws-sdk/client-service-quotas';
import { find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

export class Quotas {
  readonly #quotas: () => Promise<ServiceQuotas>;

  constructor(connection: Connection) {
    this.#quotas = once(async () =>
      connect((await import('@aws-sdk/client-service-quotas')).ServiceQuotas, connection),
    );
  }

  /** How many the account may have: what was granted, else what every account begins with. Undefined: AWS knows no such quota here. */
  async value(service: string, code: string): Promise<number | undefined> {
    const quota = { ServiceCode: service, QuotaCode: code };
    const absent = ['NoSuchResourceException'];
    const granted = await find('servicequotas:GetServiceQuota', absent, async () =>
      (await this.#quotas()).getServiceQuota(quota),
    );
    if (granted?.Quota?.Value !== undefined) return granted.Quota.Value;
    const initial = await find('servicequotas:GetAWSDefaultServiceQuota', absent, async () =>
      (await this.#quotas()).getAWSDefaultServiceQuota(quota),
    );
    return initial?.Quota?.Value;
  }
}
