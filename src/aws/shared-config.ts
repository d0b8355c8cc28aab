import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

type Variables = Readonly<Record<string, string | undefined>>;

/** Names of the profiles in the shared configuration files, for offering a choice; the SDK reads the files itself. */
export const profileNames = (variables: Variables): string[] => [...sections(variables).keys()].sort();

export interface AwsProfile {
  name: string;
  /**
   * How it gets its keys: `sso` (IAM Identity Center), `login` (`aws login`), `role` (another profile takes it on),
   * `process`, `session` (keys that end), `keys` (keys that last until somebody deletes them), `none`.
   */
  keys: 'sso' | 'login' | 'role' | 'process' | 'session' | 'keys' | 'none';
}

/** In the order in which they are to be preferred: https://docs.aws.amazon.com/sdkref/latest/guide/access.html */
const KINDS: readonly [AwsProfile['keys'], RegExp][] = [
  ['sso', /^sso_(session|start_url)\s*=/],
  ['login', /^login_session\s*=/],
  ['role', /^role_arn\s*=/],
  ['process', /^credential_process\s*=/],
  ['session', /^aws_session_token\s*=/],
  ['keys', /^aws_access_key_id\s*=/],
];
const ORDER = [...KINDS.map(([kind]) => kind), 'none'];

/** Profiles of the shared configuration files, those whose keys end by themselves first. */
export function sharedProfiles(variables: Variables): AwsProfile[] {
  const found = [...sections(variables)].map(([name, lines]): AwsProfile => {
    const kind = KINDS.find(([, pattern]) => lines.some((line) => pattern.test(line)));
    return { name, keys: kind?.[0] ?? 'none' };
  });
  return found.toSorted((a, b) => ORDER.indexOf(a.keys) - ORDER.indexOf(b.keys) || (a.name < b.name ? -1 : 1));
}

/** Profiles that say they belong to the account: by their SSO account, or the role they assume. */
export function profilesOf(account: string, variables: Variables): string[] {
  return [...sections(variables)]
    .filter(
      ([, lines]) =>
        lines.some((line) => new RegExp(`^sso_account_id\\s*=\\s*${account}\\b`).test(line)) ||
        lines.some((line) => new RegExp(`^role_arn\\s*=\\s*arn:[^:]*:iam::${account}:`).test(line)),
    )
    .map(([name]) => name)
    .sort();
}

/**
 * The bundle of authorities that the profile names; AWS_CA_BUNDLE goes first, as for the AWS CLI. The SDK does not read
 * it: https://docs.aws.amazon.com/sdkref/latest/guide/feature-gen-config.html
 */
export function caBundle(profile: string | undefined, variables: Variables): string | undefined {
  if (variables.AWS_CA_BUNDLE) return variables.AWS_CA_BUNDLE;
  const lines = sections(variables).get(profile ?? variables.AWS_PROFILE ?? 'default') ?? [];
  return lines.map((line) => /^ca_bundle\s*=\s*(\S.*)$/.exec(line)?.[1]).find((file) => file !== undefined);
}

function sections(variables: Variables): Map<string, string[]> {
  const home = variables.HOME ?? homedir();
  const files = [
    variables.AWS_CONFIG_FILE ?? join(home, '.aws', 'config'),
    variables.AWS_SHARED_CREDENTIALS_FILE ?? join(home, '.aws', 'credentials'),
  ];
  const found = new Map<string, string[]>();
  for (const file of files) {
    let current: string[] | undefined;
    for (const line of readLines(file)) {
      const header = /^\[\s*(?:profile\s+)?([^\]\s]+)\s*\]/.exec(line)?.[1];
      if (header !== undefined) {
        current = found.get(header) ?? [];
        found.set(header, current);
      } else if (/^\[/.test(line)) current = undefined;
      else current?.push(line.trim());
    }
  }
  return found;
}

/** A file that is not there or cannot be read offers no profiles; whoever needs one is told so by the SDK. */
function readLines(file: string): string[] {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return [];
  }
}
