import type { APIGateway } from '@aws-sdk/client-api-gateway';
import { awsCode, call } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

const NOT_YET = new Set(['BadRequestException', 'TooManyRequestsException']);

export class ApiGateway {
  readonly #client: () => Promise<APIGateway>;

  constructor(connection: Connection) {
    this.#client = once(async () => connect((await import('@aws-sdk/client-api-gateway')).APIGateway, connection));
  }

  /** ARN of the role that all APIs of the account and region write their logs with. */
  async logRole(): Promise<string | undefined> {
    const { cloudwatchRoleArn } = await call('apigateway:GET', async () => (await this.#client()).getAccount({}));
    return cloudwatchRoleArn || undefined;
  }

  /**
   * False while API Gateway does not know the role yet, for IAM takes some seconds to tell everybody; and while somebody
   * else of the account has just set it, for it is asked for once in 20 seconds.
   */
  async setLogRole(arn: string): Promise<boolean> {
    try {
      await call('apigateway:PATCH', async () =>
        (await this.#client()).updateAccount({
          patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value: arn }],
        }),
      );
      return true;
    } catch (error) {
      if (NOT_YET.has(awsCode(error) ?? '')) return false;
      throw error;
    }
  }
}
