/**
 * toolkit-lib takes its endpoint from the process's environment only, and would listen to every other variable there
 * too. On the sandbox nothing of the outside may reach it: no profile, no shared files, no endpoint of another service.
 * Its caches map access keys to accounts, so the sandbox has a `CDK_HOME` of its own.
 */
export function prepareEnvironment(
  environment: NodeJS.ProcessEnv,
  { endpoint, fenced, cdkHome }: { endpoint?: string; fenced: boolean; cdkHome: string },
): void {
  environment.JSII_DEPRECATED = 'quiet';
  if (endpoint) environment.AWS_ENDPOINT_URL = endpoint;
  if (!fenced) return;
  for (const name of Object.keys(environment)) {
    if (name.startsWith('AWS_') && name !== 'AWS_ENDPOINT_URL') delete environment[name];
  }
  environment.AWS_EC2_METADATA_DISABLED = 'true';
  environment.AWS_CONFIG_FILE = '/dev/null';
  environment.AWS_SHARED_CREDENTIALS_FILE = '/dev/null';
  environment.CDK_HOME = cdkHome;
}
