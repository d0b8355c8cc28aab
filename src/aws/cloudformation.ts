import { randomUUID } from 'node:crypto';
import type {
  CloudFormation as Client,
  CreateChangeSetCommandInput,
  DescribeChangeSetCommandOutput,
  OperationEvent,
  Stack,
  StackEvent,
  StackResourceDrift,
  StackResourceSummary,
  UpdateStackCommandInput,
} from '@aws-sdk/client-cloudformation';
import { call } from './call.ts';
import { connect } from './client-settings.ts';
import type { Connection } from './connection.ts';
import { once } from './once.ts';
import { absentAsUndefined, saysNoSuchStack, unlessUnchanged } from './says-no-such-stack.ts';

export class CloudFormation {
  readonly #cloudFormation: () => Promise<Client>;

  constructor(connection: Connection) {
    this.#cloudFormation = once(async () =>
      connect((await import('@aws-sdk/client-cloudformation')).CloudFormation, connection),
    );
  }

  /** By name or ARN; a deleted stack is found by its ARN only. */
  async stack(name: string): Promise<Stack | undefined> {
    const answer = await this.#find('cloudformation:DescribeStacks', (client) =>
      client.describeStacks({ StackName: name }),
    );
    return answer?.Stacks?.[0];
  }

  /** Every stack of the region whose name begins so. */
  async stacks(prefix = ''): Promise<Stack[]> {
    return this.#pages('cloudformation:DescribeStacks', async (client, NextToken) => {
      const { Stacks = [], NextToken: next } = await client.describeStacks({ NextToken });
      // Those of others are let go page by page: an account may have thousands.
      return { items: Stacks.filter(({ StackName }) => StackName!.startsWith(prefix)), next };
    });
  }

  /** Newest first, back to `since` (real time) or as many as `limit`. */
  async events(
    name: string,
    { since, limit = Infinity }: { since?: Date; limit?: number } = {},
  ): Promise<StackEvent[]> {
    const events: StackEvent[] = [];
    let next: string | undefined;
    do {
      const page = await this.#find('cloudformation:DescribeStackEvents', (client) =>
        client.describeStackEvents({ StackName: name, NextToken: next }),
      );
      for (const event of page?.StackEvents ?? []) {
        if ((since && event.Timestamp! < since) || events.length >= limit) return events;
        events.push(event);
      }
      next = page?.NextToken;
    } while (next !== undefined);
    return events;
  }

  /** Name of the stack that a resource belongs to, by its physical id. */
  async ownerOf(physicalId: string): Promise<string | undefined> {
    const answer = await this.#find('cloudformation:DescribeStackResources', (client) =>
      client.describeStackResources({ PhysicalResourceId: physicalId }),
    );
    return answer?.StackResources?.[0]?.StackName;
  }

  /** Names of the stacks that import an export; none is a ValidationError with a sentence. */
  importers(exportName: string): Promise<string[]> {
    return this.#pages('cloudformation:ListImports', async (client, NextToken) => {
      const page = await client.listImports({ ExportName: exportName, NextToken }).catch((error: unknown) => {
        if (error instanceof Error && error.message.endsWith('is not imported by any stack.')) return undefined;
        throw error;
      });
      return { items: page?.Imports ?? [], next: page?.NextToken };
    });
  }

  resources(name: string): Promise<StackResourceSummary[]> {
    return this.#pages('cloudformation:ListStackResources', async (client, NextToken) => {
      const page = await client.listStackResources({ StackName: name, NextToken });
      return { items: page.StackResourceSummaries ?? [], next: page.NextToken };
    });
  }

  /** The template as it was handed in. */
  async template(name: string): Promise<string | undefined> {
    const answer = await this.#find('cloudformation:GetTemplate', (client) =>
      client.getTemplate({ StackName: name, TemplateStage: 'Original' }),
    );
    return answer?.TemplateBody;
  }

  /**
   * Answers with the ARNs of the change set and of the stack it is for. The token lets a request whose answer was lost be
   * sent again.
   */
  async createChangeSet(input: CreateChangeSetCommandInput): Promise<{ changeSetArn: string; stackArn: string }> {
    const { Id, StackId } = await this.#call('cloudformation:CreateChangeSet', (client) =>
      client.createChangeSet({ ClientToken: randomUUID(), ...input }),
    );
    return { changeSetArn: Id!, stackArn: StackId! };
  }

  /** With the changes of all pages, property values included. */
  async changeSet(stack: string, name: string): Promise<DescribeChangeSetCommandOutput | undefined> {
    const describe = (client: Client, NextToken?: string) =>
      client.describeChangeSet({ StackName: stack, ChangeSetName: name, IncludePropertyValues: true, NextToken });
    const first = await this.#call('cloudformation:DescribeChangeSet', async (client) =>
      absentAsUndefined(() => describe(client), 'ChangeSetNotFound', 'ChangeSetNotFoundException'),
    );
    let page = first;
    while (page?.NextToken !== undefined) {
      const token = page.NextToken;
      page = await this.#call('cloudformation:DescribeChangeSet', (client) => describe(client, token));
      first!.Changes = [...(first!.Changes ?? []), ...(page.Changes ?? [])];
    }
    return first;
  }

  /** What CloudFormation found wrong with a change set before it could be executed; by its ARN. */
  validationErrors(changeSetArn: string): Promise<OperationEvent[]> {
    return this.#pages('cloudformation:DescribeEvents', async (client, NextToken) => {
      const page = await client.describeEvents({
        ChangeSetName: changeSetArn,
        Filters: { FailedEvents: true },
        NextToken,
      });
      return {
        items: (page.OperationEvents ?? []).filter(({ EventType }) => EventType === 'VALIDATION_ERROR'),
        next: page.NextToken,
      };
    });
  }

  /** Names of the change sets that a stack has, executed ones left aside. */
  async changeSetNames(stack: string): Promise<string[]> {
    const found = await this.#pages('cloudformation:ListChangeSets', async (client, NextToken) => {
      const page = await client.listChangeSets({ StackName: stack, NextToken });
      return { items: page.Summaries ?? [], next: page.NextToken };
    });
    return found.map(({ ChangeSetName }) => ChangeSetName!);
  }

  async executeChangeSet(stack: string, name: string, options: { disableRollback?: boolean; token?: string } = {}) {
    await this.#call('cloudformation:ExecuteChangeSet', (client) =>
      client.executeChangeSet({
        StackName: stack,
        ChangeSetName: name,
        DisableRollback: options.disableRollback,
        ClientRequestToken: options.token ?? randomUUID(),
      }),
    );
  }

  /** Without a change set; false where there is nothing to do. A stack that failed takes the same values once more. */
  updateStack(input: UpdateStackCommandInput): Promise<boolean> {
    return this.#call('cloudformation:UpdateStack', (client) =>
      unlessUnchanged(() => client.updateStack({ ClientRequestToken: randomUUID(), ...input })),
    );
  }

  /** One that is gone already counts as deleted. */
  async deleteChangeSet(stack: string, name: string): Promise<void> {
    await this.#find('cloudformation:DeleteChangeSet', (client) =>
      client.deleteChangeSet({ StackName: stack, ChangeSetName: name }),
    );
  }

  /*
   * The SDK sends a request again whose answer was lost. By its token CloudFormation knows that it is the same one, and not
   * a second that its first has made impossible:
   * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ContinueUpdateRollback.html
   */

  /** Only valid in UPDATE_IN_PROGRESS. */
  async cancelUpdate(name: string): Promise<void> {
    const ClientRequestToken = randomUUID();
    await this.#call('cloudformation:CancelUpdateStack', (client) =>
      client.cancelUpdateStack({ StackName: name, ClientRequestToken }),
    );
  }

  /** Only valid in UPDATE_ROLLBACK_FAILED. `skip` takes only what failed in the rollback. */
  async continueRollback(name: string, options: { skip?: readonly string[] } = {}): Promise<void> {
    const ClientRequestToken = randomUUID();
    await this.#call('cloudformation:ContinueUpdateRollback', (client) =>
      client.continueUpdateRollback({
        StackName: name,
        ClientRequestToken,
        ...(options.skip?.length ? { ResourcesToSkip: [...options.skip] } : {}),
      }),
    );
  }

  /** Only valid in CREATE_FAILED and UPDATE_FAILED: what was told not to roll back goes back now. */
  async rollBack(name: string): Promise<void> {
    const ClientRequestToken = randomUUID();
    await this.#call('cloudformation:RollbackStack', (client) =>
      client.rollbackStack({ StackName: name, ClientRequestToken }),
    );
  }

  /** Has a stack compared with what is really there; answers with the id to ask for the end of it. */
  async detectDrift(name: string): Promise<string> {
    const { StackDriftDetectionId } = await this.#call('cloudformation:DetectStackDrift', (client) =>
      client.detectStackDrift({ StackName: name }),
    );
    return StackDriftDetectionId!;
  }

  /** Undefined while it goes on; then whether all of it could be compared. */
  async driftDetected(id: string): Promise<{ failed?: string } | undefined> {
    const answer = await this.#call('cloudformation:DescribeStackDriftDetectionStatus', (client) =>
      client.describeStackDriftDetectionStatus({ StackDriftDetectionId: id }),
    );
    if (answer.DetectionStatus === 'DETECTION_IN_PROGRESS') return undefined;
    return answer.DetectionStatus === 'DETECTION_FAILED' ? { failed: answer.DetectionStatusReason ?? 'no reason' } : {};
  }

  /** Whether one resource is there and as its stack believes: `IN_SYNC`, `MODIFIED`, `DELETED`; undefined when AWS cannot compare it. */
  async resourceDrift(name: string, logicalId: string): Promise<string | undefined> {
    return this.#call('cloudformation:DetectStackResourceDrift', async (client) => {
      try {
        const answer = await client.detectStackResourceDrift({ StackName: name, LogicalResourceId: logicalId });
        return answer.StackResourceDrift?.StackResourceDriftStatus;
      } catch (error) {
        // Types without drift detection are refused with this code.
        if (error instanceof Error && error.name === 'ValidationError') return undefined;
        throw error;
      }
    });
  }

  /** What the newest comparison found, resource by resource. */
  drifts(name: string): Promise<StackResourceDrift[]> {
    return this.#pages('cloudformation:DescribeStackResourceDrifts', async (client, NextToken) => {
      const page = await client.describeStackResourceDrifts({ StackName: name, NextToken });
      return { items: page.StackResourceDrifts ?? [], next: page.NextToken };
    });
  }

  /** Returns when the deletion has begun. `retain` takes logical ids, in DELETE_FAILED only. */
  async deleteStack(name: string, options: { retain?: readonly string[] } = {}): Promise<void> {
    const ClientRequestToken = randomUUID();
    await this.#call('cloudformation:DeleteStack', (client) =>
      client.deleteStack({
        StackName: name,
        ClientRequestToken,
        ...(options.retain?.length ? { RetainResources: [...options.retain] } : {}),
      }),
    );
  }

  async protect(name: string, on: boolean): Promise<void> {
    await this.#call('cloudformation:UpdateTerminationProtection', (client) =>
      client.updateTerminationProtection({ StackName: name, EnableTerminationProtection: on }),
    );
  }

  #call<T>(action: string, send: (client: Client) => Promise<T>): Promise<T> {
    return call(action, async () => send(await this.#cloudFormation()));
  }

  #find<T>(action: string, send: (client: Client) => Promise<T>): Promise<T | undefined> {
    return this.#call(action, async (client) => {
      try {
        return await send(client);
      } catch (error) {
        if (saysNoSuchStack(error)) return undefined;
        throw error;
      }
    });
  }

  async #pages<T>(
    action: string,
    page: (client: Client, token?: string) => Promise<{ items: T[]; next: string | undefined }>,
  ): Promise<T[]> {
    const all: T[] = [];
    let token: string | undefined;
    do {
      const { items, next } = (await this.#find(action, (client) => page(client, token))) ?? {
        items: [],
        next: undefined,
      };
      all.push(...items);
      token = next;
    } while (token !== undefined);
    return all;
  }
}
