import { Aws } from '../aws/aws.ts';
import type { RunningSandbox } from './start-sandbox.ts';
import { startSandbox } from './start-sandbox.ts';

/** The gateways, on a sandbox of the test's own. */
export async function sandboxAws(region = 'us-east-1'): Promise<{ aws: Aws; sandbox: RunningSandbox }> {
  const sandbox = await startSandbox({ account: '111111111111' });
  const { endpoint, credentials } = sandbox;
  const aws = new Aws({
    account: '111111111111',
    region,
    endpoint,
    fenced: true,
    credentials: async () => credentials,
    variables: {},
  });
  return { aws, sandbox };
}
