import type { IAM, Role } from '@aws-sdk/client-iam';
import { find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

export class Iam {
  readonly #iam: () => Promise<IAM>;

  constructor(connection: Connection) {
    this.#iam = once(async () => connect((await import('@aws-sdk/client-iam')).IAM, connection));
  }

  async role(name: string): Promise<Role | undefined> {
    const answer = await find('iam:GetRole', ['NoSuchEntityException', 'NoSuchEntity'], async () =>
      (await this.#iam()).getRole({ RoleName: name }),
    );
    return answer?.Role;
  }
}
