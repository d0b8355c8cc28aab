import type { GetCallerIdentityCommandOutput, STS } from '@aws-sdk/client-sts';
import { call } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

export class Sts {
  readonly #sts: () => Promise<STS>;

  constructor(connection: Connection) {
    this.#sts = once(async () => connect((await import('@aws-sdk/client-sts')).STS, connection));
  }

  callerIdentity(): Promise<GetCallerIdentityCommandOutput> {
    return call('sts:GetCallerIdentity', async () => (await this.#sts()).getCallerIdentity({}));
  }
}
