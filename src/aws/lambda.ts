import type {
  AliasConfiguration,
  EventSourceMappingConfiguration,
  FunctionConfiguration,
  Lambda as LambdaClient,
} from '@aws-sdk/client-lambda';
import { parsedJson } from '../domain/parsed-json.ts';
import { call, find } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';

const ABSENT = ['ResourceNotFoundException'];

/** Lambda has no code of its own for it, only this sentence: https://github.com/aws/aws-cdk/issues/15010 */
export const isReplicated = (error: unknown): boolean =>
  error instanceof Error &&
  error.name === 'InvalidParameterValueException' &&
  error.message.includes('because it is a replicated function');

export class Lambda {
  readonly #lambda: () => Promise<LambdaClient>;

  constructor(connection: Connection) {
    this.#lambda = once(async () => connect((await import('@aws-sdk/client-lambda')).Lambda, connection));
  }

  /** Of a version or of what an alias points to; undefined when there is no such function, version or alias. */
  configuration(name: string, qualifier: string): Promise<FunctionConfiguration | undefined> {
    return find('lambda:GetFunctionConfiguration', ABSENT, async () =>
      (await this.#lambda()).getFunctionConfiguration({ FunctionName: name, Qualifier: qualifier }),
    );
  }

  alias(name: string, alias: string): Promise<AliasConfiguration | undefined> {
    return find('lambda:GetAlias', ABSENT, async () =>
      (await this.#lambda()).getAlias({ FunctionName: name, Name: alias }),
    );
  }

  /** Who may do what with it, as its resource policy says; undefined when it has none, or is not there. */
  async policy(name: string, qualifier: string): Promise<string | undefined> {
    const answer = await find('lambda:GetPolicy', ABSENT, async () =>
      (await this.#lambda()).getPolicy({ FunctionName: name, Qualifier: qualifier }),
    );
    return answer?.Policy;
  }

  /** All traffic of an alias goes to this version. */
  async pointAlias(name: string, alias: string, version: string): Promise<void> {
    await call('lambda:UpdateAlias', async () =>
      (await this.#lambda()).updateAlias({
        FunctionName: name,
        Name: alias,
        FunctionVersion: version,
        RoutingConfig: { AdditionalVersionWeights: {} },
      }),
    );
  }

  /** What reads a queue for a function. */
  mapping(uuid: string): Promise<EventSourceMappingConfiguration | undefined> {
    return find('lambda:GetEventSourceMapping', ABSENT, async () =>
      (await this.#lambda()).getEventSourceMapping({ UUID: uuid }),
    );
  }

  /** It takes some seconds until the mapping has come to a stop, or begun again. */
  async enableMapping(uuid: string, enabled: boolean): Promise<void> {
    await call('lambda:UpdateEventSourceMapping', async () =>
      (await this.#lambda()).updateEventSourceMapping({ UUID: uuid, Enabled: enabled }),
    );
  }

  /** How many invocations are kept for it; undefined when none are, or there is no such function. */
  async reservedConcurrency(name: string): Promise<number | undefined> {
    const answer = await find('lambda:GetFunctionConcurrency', ABSENT, async () =>
      (await this.#lambda()).getFunctionConcurrency({ FunctionName: name }),
    );
    return answer?.ReservedConcurrentExecutions;
  }

  /** Undefined: as many as the account has left. */
  async reserveConcurrency(name: string, count: number | undefined): Promise<void> {
    if (count === undefined)
      await call('lambda:DeleteFunctionConcurrency', async () =>
        (await this.#lambda()).deleteFunctionConcurrency({ FunctionName: name }),
      );
    else
      await call('lambda:PutFunctionConcurrency', async () =>
        (await this.#lambda()).putFunctionConcurrency({ FunctionName: name, ReservedConcurrentExecutions: count }),
      );
  }

  /** With all its versions. False: CloudFront has copies of one at its edges still, which nobody else can take away. */
  async deleteFunction(name: string): Promise<boolean> {
    return call('lambda:DeleteFunction', async () => {
      try {
        await (await this.#lambda()).deleteFunction({ FunctionName: name });
      } catch (error) {
        if (isReplicated(error)) return false;
        if (!(error instanceof Error && ABSENT.includes(error.name))) throw error;
      }
      return true;
    });
  }

  /** Has a function run by itself; nobody waits for its answer. */
  async start(name: string, event: object): Promise<void> {
    await call('lambda:InvokeFunction', async () =>
      (await this.#lambda()).invoke({
        FunctionName: name,
        Qualifier: 'live',
        InvocationType: 'Event',
        Payload: JSON.stringify(event),
      }),
    );
  }

  /**
   * Has a function run and waits for its end: what it failed with, by its own words. Undefined while it runs as often as
   * it may (`reservedConcurrency`).
   */
  async invoke(name: string, event: object): Promise<{ error?: string } | undefined> {
    const ended = await find('lambda:InvokeFunction', ['TooManyRequestsException'], async () =>
      (await this.#lambda()).invoke({ FunctionName: name, Payload: JSON.stringify(event) }),
    );
    if (ended?.FunctionError === undefined) return ended && {};
    return { error: errorMessage(Buffer.from(ended.Payload ?? []).toString()) ?? ended.FunctionError };
  }

  /** How many invocations the account may have at a time, and how many of them no function has reserved. */
  async accountConcurrency(): Promise<{ limit: number; unreserved: number }> {
    const { AccountLimit } = await call('lambda:GetAccountSettings', async () =>
      (await this.#lambda()).getAccountSettings({}),
    );
    return {
      limit: AccountLimit?.ConcurrentExecutions ?? 0,
      unreserved: AccountLimit?.UnreservedConcurrentExecutions ?? 0,
    };
  }
}

function errorMessage(answer: string): string | undefined {
  const parsed = parsedJson(answer);
  const { errorMessage: message } = (typeof parsed === 'object' ? (parsed ?? {}) : {}) as Record<string, unknown>;
  return typeof message === 'string' ? message : undefined;
}
