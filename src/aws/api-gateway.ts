import type { APIGateway } from '@aws-sdk/client-api-gateway';
import { awsCode, call } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

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

  /** False while API Gateway does not know the role yet: IAM takes some seconds to tell everybody. */
  async setLogRole(arn: string): Promise<boolean> {
    try {
      await call('apigateway:PATCH', async () =>
        (await this.#client()).updateAccount({
          patchOperations: [{ op: 'replace', path: '/cloudwatchRoleArn', value: arn }],
        }),
      );
      return true;
    } catch (error) {
      if (awsCode(error) === 'BadRequestException') return false;
      throw error;
    }
  }
}
