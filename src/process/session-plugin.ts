import { execa } from 'execa';

type Variables = Readonly<Record<string, string | undefined>>;

export const PLUGIN_PAGE =
  'https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-working-with-install-plugin.html';
export const PLUGIN = 'session-manager-plugin';
const LAST_WITHOUT_VARIABLE = [1, 2, 497, 0];
const VARIABLE = 'AWS_SSM_START_SESSION_RESPONSE';

/** The version of the Session Manager plugin on PATH; undefined when there is none. */
export async function pluginVersion(variables: Variables): Promise<string | undefined> {
  try {
    const { stdout } = await execa(PLUGIN, ['--version'], { env: { ...variables }, extendEnv: false, timeout: 5_000 });
    return stdout.trim();
  } catch {
    return undefined;
  }
}

export interface PluginStart {
  /** What ExecuteCommand or StartSession answered; its token opens the session to whoever has it. */
  session: object;
  region: string;
  /** What the session is asked for; its target is `ecs:<cluster>_<task id>_<runtime id>`. */
  request: { Target: string; DocumentName?: string; Parameters?: Record<string, string[]> };
  endpoint: string;
}

/**
 * Arguments and variables as the AWS CLI gives them: session, region, operation, profile, target, endpoint. What a plugin
 * that knows no variable would want among its arguments, everybody on this machine could read: see `hidesTokens`.
 */
export function pluginArgs({ session, region, request, endpoint }: PluginStart): {
  args: string[];
  variables: Record<string, string>;
} {
  return {
    args: [VARIABLE, region, 'StartSession', '', JSON.stringify(request), endpoint],
    variables: { [VARIABLE]: JSON.stringify(session) },
  };
}

/** Whether the plugin takes the token of a session from a variable, so that it stands in nobody's list of processes. */
export function hidesTokens(version: string): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, last] of LAST_WITHOUT_VARIABLE.entries()) {
    const part = parts[index] ?? 0;
    if (part !== last) return part > last;
  }
  return false;
}

/** Gives the terminal to the plugin until the session ends; answers with its exit code. `quiet`: stdout stays free. */
export async function startPlugin(
  start: PluginStart,
  { variables, quiet }: { variables: Variables; quiet: boolean },
): Promise<number> {
  const { args, variables: own } = pluginArgs(start);
  const { exitCode } = await execa(PLUGIN, args, {
    env: { ...variables, ...own },
    extendEnv: false,
    stdin: 'inherit',
    stdout: quiet ? 'ignore' : 'inherit',
    stderr: 'inherit',
    reject: false,
  });
  return exitCode ?? 1;
}
