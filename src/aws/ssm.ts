import type { SSM } from '@aws-sdk/client-ssm';
import { find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

export class Ssm {
  readonly #ssm: () => Promise<SSM>;

  constructor(connection: Connection) {
    this.#ssm = once(async () => connect((await import('@aws-sdk/client-ssm')).SSM, connection));
  }

  /** The value of a parameter. */
  parameter(name: string): Promise<string | undefined> {
    return find('ssm:GetParameter', ['ParameterNotFound'], async () => {
      const { Parameter } = await (await this.#ssm()).getParameter({ Name: name });
      return Parameter!.Value!;
    });
  }
}
