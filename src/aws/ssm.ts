import type { SSM, StartSessionCommandInput } from '@aws-sdk/client-ssm';
import { call, find } from './call.ts';
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

  /** A session with a container or machine; the answer opens it, to whoever has it. */
  async startSession(
    input: StartSessionCommandInput,
  ): Promise<{ SessionId: string; TokenValue: string; StreamUrl: string }> {
    const { SessionId, TokenValue, StreamUrl } = await call('ssm:StartSession', async () =>
      (await this.#ssm()).startSession(input),
    );
    return { SessionId: SessionId!, TokenValue: TokenValue!, StreamUrl: StreamUrl! };
  }

  async terminateSession(id: string): Promise<void> {
    await find('ssm:TerminateSession', ['DoesNotExistException'], async () =>
      (await this.#ssm()).terminateSession({ SessionId: id }),
    );
  }
}
