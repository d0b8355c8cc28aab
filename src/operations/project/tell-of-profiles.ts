import type { AwsProfile } from '../../aws/shared-config.ts';
import type { Context } from '../../context.ts';

const KEYS: Readonly<Record<AwsProfile['keys'], string>> = {
  sso: 'IAM Identity Center',
  login: 'aws login',
  role: 'takes a role on',
  process: 'a program gives its keys',
  session: 'keys that end',
  keys: 'keys that last',
  none: 'no keys of its own',
};

/** Whom the machine can act as, what is to be preferred first; keys that nobody has to renew are warned of (S1-11). */
export function tellOfProfiles(reporter: Context['reporter'], profiles: readonly AwsProfile[]): void {
  if (profiles.length === 0) return;
  const listed = profiles.map(({ name, keys }) => `${name} (${KEYS[keys]})`);
  reporter.note(`AWS profiles, for --profile: ${listed.join(', ')}`);
  const lasting = profiles.filter(({ keys }) => keys === 'keys').map(({ name }) => name);
  if (lasting.length > 0)
    reporter.warn(
      `${lasting.join(', ')}: access keys that work until somebody deletes them, and whoever copies them may act. aws configure sso makes a profile whose keys end; platform doctor --account says how old keys are`,
    );
}
