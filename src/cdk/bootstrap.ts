import { BootstrapEnvironments, BootstrapStackParameters } from '@aws-cdk/toolkit-lib';
import type { Connection } from '../aws/connection.ts';
import type { BootstrapAnswer, BootstrapInput } from './cdk.ts';
import { toolkitFor } from './toolkit.ts';
import { ToolkitHost } from './toolkit-host.ts';

/**
 * Makes or updates the bootstrap stack of one account and region. Its parameters are set over those that are there:
 * others may have chosen a key or trusted accounts for it.
 */
export async function bootstrap(
  connection: Connection,
  debug: (text: string) => void,
  { account, region, stackName, qualifier, permissionsBoundary, onProgress }: BootstrapInput,
): Promise<BootstrapAnswer> {
  const host = new ToolkitHost({ approve: async () => true, onProgress, debug });
  const toolkit = toolkitFor({ ...connection, region }, host, stackName);
  try {
    const { environments } = await toolkit.bootstrap(BootstrapEnvironments.fromList([`aws://${account}/${region}`]), {
      parameters: BootstrapStackParameters.withExisting({
        qualifier,
        ...(permissionsBoundary ? { customPermissionsBoundary: permissionsBoundary } : {}),
      }),
    });
    return { ok: true, changed: environments[0]?.status !== 'no-op' };
  } catch (error) {
    let root = error instanceof Error ? error : new Error(String(error));
    while (root.cause instanceof Error) root = root.cause;
    return { ok: false, error: root };
  }
}
