import {
  BaseCredentials,
  type DeploymentMethod,
  type IIoHost,
  StackParameters,
  StackSelectionStrategy,
  Toolkit,
  type ToolkitOptions,
} from '@aws-cdk/toolkit-lib';
import { toldApart } from '../../infra/component-outputs.ts';
import { sharedAgent } from '../aws/client-settings.ts';
import type { Connection } from '../aws/connection.ts';
import { explain } from '../aws/explain.ts';
import { ENDS_EVERYTHING, PlatformError } from '../errors/platform-error.ts';
import type { DeployAnswer, DeployStackInput } from './cdk.ts';
import { ToolkitHost } from './toolkit-host.ts';

/**
 * Deploys one stack through toolkit-lib: a change set, a look at it, its execution. A toolkit of its own per stack
 * keeps the messages of stacks that are deployed side by side apart.
 * The method is always explicit: without it a no-op asks, and the change set is made only after the question.
 */
export async function deployStack(
  connection: Connection,
  debug: (text: string) => void,
  input: DeployStackInput,
): Promise<DeployAnswer> {
  let declined = false;
  const host = new ToolkitHost({
    approve: async () => {
      const approved = await input.approve();
      declined = !approved;
      return approved;
    },
    onProgress: input.onProgress,
    debug,
  });
  const toolkit = toolkitFor(connection, host, input.toolkitStackName);
  try {
    const assembly = await toolkit.fromAssemblyDirectory(input.directory);
    const { stacks } = await toolkit.deploy(assembly, {
      stacks: { strategy: StackSelectionStrategy.PATTERN_MUST_MATCH_SINGLE, patterns: [input.stackId] },
      deploymentMethod: methodOf(input),
      parameters: StackParameters.exactly(input.parameters),
      stackEventPollingInterval: input.pollMs,
    });
    return { ok: true, stack: { noOp: host.noOp, outputs: toldApart(stacks[0]?.outputs ?? {}) } };
  } catch (error) {
    return { ok: false, declined, error: told(rootOf(error, host.assetErrors)) };
  }
}

function methodOf({ changeSetName, importExisting = false, step }: DeployStackInput): DeploymentMethod {
  if (step === 'execute') return { method: 'execute-change-set', changeSetName };
  const execute = step !== 'make';
  return { method: 'change-set', changeSetName, importExistingResources: importExisting, execute };
}

export function toolkitFor(connection: Connection, ioHost: IIoHost, toolkitStackName?: string): Toolkit {
  const { credentials, region } = connection;
  const agent = sharedAgent(connection);
  const provider = typeof credentials === 'function' ? credentials : async () => credentials;
  return new Toolkit({
    ioHost,
    color: false,
    emojis: false,
    sdkConfig: {
      baseCredentials: BaseCredentials.custom({ provider, region }),
      ...(agent === undefined ? {} : { httpOptions: { agent } }),
    } satisfies ToolkitOptions['sdkConfig'],
    ...(toolkitStackName ? { toolkitStackName } : {}),
  });
}

/** When nobody answers, or nobody answers us, that is what happened, and in our own words; else it is the stack's story. */
function told(error: Error): Error {
  const known = explain('cloudformation:ExecuteChangeSet', error);
  return known instanceof PlatformError && ENDS_EVERYTHING.includes(known.id) ? known : error;
}

/** toolkit-lib wraps what happened, and leaves the reasons of asset failures to its messages. */
function rootOf(error: unknown, assetErrors: string[]): Error {
  let root = error instanceof Error ? error : new Error(String(error));
  while (root.cause instanceof Error) root = root.cause;
  return assetErrors.length > 0 ? new Error(assetErrors.join('\n'), { cause: root }) : root;
}
