import type { GetCallerIdentityCommandOutput, STS } from '@aws-sdk/client-sts';
import { call, find } from './call.ts';
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

  /** Whether the role lets us in; its credentials are thrown away. */
  async canAssume(roleArn: string): Promise<boolean> {
    const answer = await find('sts:AssumeRole', ['AccessDenied', 'AccessDeniedException'], async () =>
      (await this.#sts()).assumeRole({ RoleArn: roleArn, RoleSessionName: 'platform-probe', DurationSeconds: 900 }),
    );
    return answer !== undefined;
  }
}
