import { execa } from 'execa';

type Variables = Readonly<Record<string, string | undefined>>;

/** What ExecuteCommand answers; its token opens the session to whoever has it. */
export interface PluginSession {
  sessionId?: string | undefined;
  streamUrl?: string | undefined;
  tokenValue?: string | undefined;
}

const PROGRAM = 'session-manager-plugin';
/** Later versions take the session from a variable, and its token stays out of the list of processes. */
const LAST_WITHOUT_VARIABLE = [1, 2, 497, 0];
const VARIABLE = 'AWS_SSM_START_SESSION_RESPONSE';

/** The version of the Session Manager plugin on PATH; undefined when there is none. */
export async function pluginVersion(variables: Variables): Promise<string | undefined> {
  try {
    const { stdout } = await execa(PROGRAM, ['--version'], { env: { ...variables }, extendEnv: false, timeout: 5_000 });
    return stdout.trim();
  } catch {
    return undefined;
  }
}

export interface PluginStart {
  session: PluginSession;
  region: string;
  /** `ecs:<cluster>_<task id>_<runtime id>`. */
  target: string;
  endpoint: string;
  version: string;
}

/** Arguments and variables as the AWS CLI gives them: session, region, operation, profile, target, endpoint. */
export function pluginArgs({ session, region, target, endpoint, version }: PluginStart): {
  args: string[];
  variables: Record<string, string>;
} {
  const text = JSON.stringify(session);
  const rest = [region, 'StartSession', '', JSON.stringify({ Target: target }), endpoint];
  return isLater(version)
    ? { args: [VARIABLE, ...rest], variables: { [VARIABLE]: text } }
    : { args: [text, ...rest], variables: {} };
}

function isLater(version: string): boolean {
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
  const { exitCode } = await execa(PROGRAM, args, {
    env: { ...variables, ...own },
    extendEnv: false,
    stdin: 'inherit',
    stdout: quiet ? 'ignore' : 'inherit',
    stderr: 'inherit',
    reject: false,
  });
  return exitCode ?? 1;
}
